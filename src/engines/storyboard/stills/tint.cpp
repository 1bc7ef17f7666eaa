// stills/tint.cpp: gentle, for the picture stays what the caller gave.
#include "engines/storyboard/stills/tint.hpp"

#include "engines/storyboard/frames/style.hpp"

namespace kinora::engines::storyboard {

Tint Tint::eased(float s) const {
    Tint out;
    out.gain = mix(out.gain, gain, s), out.saturation = mix(1.0F, saturation, s),
    out.contrast = mix(1.0F, contrast, s), out.dark = mix(out.dark, dark, s),
    out.light = mix(out.light, light, s);
    return out;
}

Tint tint_for(const Shot& mood, Style style, float brightness) {
    Tint t;
    const float bright = smooth(0.15F, 0.45F, brightness);
    auto lay = [&](Vec3 gain, float saturation, float strength) {
        t.gain = t.gain * mix(Vec3{1, 1, 1}, gain, strength),
        t.saturation *= mix(1.0F, saturation, strength);
    };
    switch (mood.time) {
        case TimeOfDay::day:
            break;
        case TimeOfDay::golden_hour:
            lay({1.05F, 0.97F, 0.83F}, 1.06F, 1);
            break;
        case TimeOfDay::dusk:
            lay({0.90F, 0.80F, 0.90F}, 0.96F, bright);
            break;
        case TimeOfDay::night:
            lay({0.52F, 0.60F, 0.84F}, 0.82F, bright);
            break;
        case TimeOfDay::storm:
            lay({0.76F, 0.81F, 0.88F}, 0.84F, bright);
            break;
    }
    switch (mood.weather) {
        case Weather::clear:
        case Weather::wind:
        case Weather::aurora:
            break;
        case Weather::cloudy:
            lay({0.95F, 0.96F, 0.98F}, 0.94F, 1);
            break;
        case Weather::rain:
        case Weather::lightning:
            lay({0.88F, 0.91F, 0.96F}, 0.88F, bright);
            break;
        case Weather::snow:
            lay({0.97F, 0.99F, 1.03F}, 0.92F, 1);
            break;
        case Weather::fog:
            lay({0.97F, 0.97F, 0.97F}, 0.86F, 1), t.contrast *= 0.86F;
            break;
    }
    switch (mood.palette) {
        case Palette::natural:
            break;
        case Palette::warm:
            lay({1.04F, 0.99F, 0.92F}, 1.03F, 1);
            break;
        case Palette::cool:
            lay({0.94F, 0.99F, 1.05F}, 1.0F, 1);
            break;
        case Palette::neon:
        case Palette::vivid:
            lay({1, 1, 1}, 1.18F, 1);
            break;
        case Palette::pastel:
            lay({1.02F, 1.02F, 1.02F}, 0.84F, 1), t.contrast *= 0.93F;
            break;
        case Palette::muted:
            lay({1, 1, 1}, 0.78F, 1);
            break;
        case Palette::gloomy:
            lay({0.86F, 0.88F, 0.92F}, 0.80F, bright);
            break;
    }
    Lens lens;
    StyleFilter(style, 16, 16).bend(lens);
    t.gain = t.gain * lens.grade * std::min(1.0F, lens.exposure);
    t.saturation *= lens.saturation, t.contrast *= lens.contrast;
    t.dark = lens.tone_dark, t.light = lens.tone_light;
    return t;
}

}  // namespace kinora::engines::storyboard
