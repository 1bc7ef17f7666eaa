// layers/mood.cpp: five times of day, bent by setting, weather and palette.
#include "engines/storyboard/layers/mood.hpp"

namespace kinora::engines::storyboard {
namespace {

Mood day() {
    Mood m;
    m.zenith = srgb(0x2f7fe0), m.horizon = srgb(0xcfe8f7);
    m.sun = {1.3F, 1.15F, 0.9F};
    m.cloud_lit = {1.25F, 1.22F, 1.18F}, m.cloud_shade = srgb(0xa9bfd6);
    m.light.key = Vec3{1.1F, 1.0F, 0.84F} * 0.95F;
    m.light.ambient_top = srgb(0xbfdcff) * 0.55F, m.light.ambient_bottom = srgb(0x8a9a5a) * 0.5F;
    m.light.rim = 0.9F, m.light.shine = 0.10F;
    m.fog = srgb(0xd3e8f5) * 0.92F, m.fog_density = 0.016F;
    m.grade = {1.03F, 1.0F, 0.96F};
    return m;
}

Mood golden() {
    Mood m;
    m.zenith = srgb(0x3f62a8) * 0.85F, m.horizon = srgb(0xffb066);
    m.sun_direction = {0.22F, 0.085F, 1.0F};
    m.sun = {1.9F, 0.95F, 0.42F}, m.sun_radius = 0.034F, m.glow = 0.55F, m.horizon_power = 0.55F;
    m.cloud_cover = 0.08F, m.cloud_density = 0.85F;
    m.cloud_lit = srgb(0xffb27a) * 1.15F, m.cloud_shade = srgb(0x7b5f80) * 0.9F;
    m.light = {{0.55F, 0.42F, 0.38F},
               {1.3F, 0.82F, 0.46F},
               srgb(0x9a8fb4) * 0.85F,
               srgb(0x7a5a50) * 0.75F,
               1.2F,
               0.14F};
    m.fog = srgb(0xffb877) * 0.75F, m.fog_density = 0.022F;
    m.exposure = 0.92F, m.bloom = 0.22F;
    m.grade = {1.03F, 0.99F, 0.97F};
    return m;
}

Mood dusk() {
    Mood m;
    m.zenith = srgb(0x1d2458), m.horizon = srgb(0xe8837a) * 0.9F;
    m.sun_direction = {-0.35F, 0.02F, 1.0F};
    m.sun = {1.2F, 0.5F, 0.42F}, m.glow = 0.45F, m.horizon_power = 0.45F;
    m.cloud_cover = 0.10F, m.cloud_density = 0.8F;
    m.cloud_lit = srgb(0xf08a78) * 0.9F, m.cloud_shade = srgb(0x43396a) * 0.8F;
    m.stars = 0.35F, m.night = 0.7F;
    m.light = {{-0.5F, 0.4F, 0.42F},
               {0.85F, 0.58F, 0.56F},
               srgb(0x8f86c8) * 0.75F,
               srgb(0x6a4a60) * 0.6F,
               1.3F,
               0.16F};
    m.fog = srgb(0xb9738a) * 0.7F, m.fog_density = 0.022F;
    m.exposure = 1.0F, m.bloom = 0.26F, m.vignette = 0.4F;
    return m;
}

Mood night() {
    Mood m;
    m.zenith = srgb(0x071030), m.horizon = srgb(0x2f4a86) * 0.8F;
    m.sun_direction = {-0.40F, 0.30F, 1.0F};
    m.sun = {0.75F, 0.85F, 1.1F}, m.sun_radius = 0.036F, m.moon = true, m.glow = 0.30F;
    m.cloud_cover = 0.0F, m.cloud_density = 0.55F;
    m.cloud_lit = srgb(0x5b73b0) * 0.7F, m.cloud_shade = srgb(0x141d40) * 0.7F;
    m.stars = 1.0F, m.night = 1.0F;
    m.light = {{-0.5F, 0.7F, 0.4F},
               srgb(0xb4c6ff) * 0.62F,
               srgb(0x6a86d0) * 0.60F,
               srgb(0x6a78b0) * 0.30F,
               1.4F,
               0.25F};
    m.fog = srgb(0x2c4478) * 0.7F, m.fog_density = 0.026F;
    m.exposure = 1.12F, m.bloom = 0.32F, m.threshold = 0.7F, m.vignette = 0.45F;
    m.grade = {0.97F, 1.0F, 1.07F};
    return m;
}

Mood storm() {
    Mood m;
    m.zenith = srgb(0x3a444e), m.horizon = srgb(0x8b979c) * 0.8F;
    m.sun = {0.5F, 0.52F, 0.55F}, m.glow = 0.2F;
    m.cloud_cover = 0.40F, m.cloud_density = 0.97F;
    m.cloud_lit = srgb(0x8e99a1) * 0.85F, m.cloud_shade = srgb(0x2c333c) * 0.8F;
    m.night = 0.4F;
    m.light = {{-0.4F, 0.8F, 0.45F},
               srgb(0xc2ccd2) * 0.55F,
               srgb(0xa6b2bc) * 0.62F,
               srgb(0x5a5f60) * 0.5F,
               0.7F,
               0.2F};
    m.fog = srgb(0x8b979c) * 0.62F, m.fog_density = 0.035F;
    m.exposure = 0.95F, m.bloom = 0.16F, m.vignette = 0.42F, m.saturation = 0.9F;
    return m;
}

void bend_by_setting(Mood& m, const Shot& shot) {
    switch (shot.setting) {
        case Setting::space:
        case Setting::moon:
            m.zenith = srgb(0x04050f), m.horizon = srgb(0x141636) * 0.7F;
            // Nebulae are clouds of another colour.
            m.cloud_cover = 0.02F, m.cloud_density = shot.setting == Setting::space ? 0.5F : 0.0F;
            m.cloud_lit = srgb(0x8a5ac8) * 0.55F, m.cloud_shade = srgb(0x2a3a8a) * 0.4F;
            m.stars = 1.6F, m.sun_radius = 0, m.glow = 0.1F;
            m.light = {{-0.65F, 0.45F, 0.5F},
                       {1.15F, 1.1F, 1.05F},
                       srgb(0x5a64a0) * 0.45F,
                       srgb(0x3a3560) * 0.4F,
                       1.3F,
                       0.3F};
            m.fog = srgb(0x10122a) * 0.5F, m.fog_density = 0.004F, m.night = 0.3F;
            m.exposure = 1.0F, m.bloom = 0.25F, m.threshold = 0.8F;
            break;
        case Setting::sky:
            if (shot.time == TimeOfDay::day)
                m.zenith = srgb(0x1f6ad8), m.horizon = srgb(0x8cc6f2), m.fog = srgb(0xa8d2f2);
            break;
        case Setting::abstract:
            // A deep backcloth, from which lights stand out; by day and by night.
            m.zenith = mix(m.zenith, srgb(0x1c1440), 0.8F);
            m.horizon = mix(m.horizon, srgb(0x5a3a9a), 0.75F);
            m.cloud_density = 0, m.sun_radius = 0, m.stars = 0, m.bloom += 0.10F;
            break;
        case Setting::underwater:
            m.zenith = srgb(0x2fb3d8) * 0.95F, m.horizon = srgb(0x0d5f8f) * 0.8F;
            m.cloud_density = 0, m.stars = 0, m.sun_radius = 0, m.glow = 0;
            m.light = {{-0.2F, 0.95F, 0.4F},
                       srgb(0xbff2ff) * 0.85F,
                       srgb(0x7fd8f0) * 0.65F,
                       srgb(0x24689a) * 0.55F,
                       1.0F,
                       0.12F};
            m.fog = srgb(0x0f6a9a) * 0.85F, m.fog_density = 0.10F, m.night = 0;
            m.exposure = 0.95F, m.bloom = 0.22F;
            break;
        case Setting::volcano:
            m.zenith = srgb(0x150a1c), m.horizon = srgb(0xe06a3c) * 0.85F;
            m.sun = {1.5F, 0.6F, 0.3F}, m.sun_radius = 0, m.sun_direction = {0.0F, 0.05F, 1.0F},
            m.glow = 0.5F;
            m.horizon_power = 0.36F;
            m.cloud_cover = -0.02F, m.cloud_density = 0.75F;
            m.cloud_lit = srgb(0xff8f5c) * 0.9F, m.cloud_shade = srgb(0x3a2548) * 0.8F,
            m.stars = 0.6F;
            m.light = {{0.15F, 0.45F, 0.45F},
                       {1.25F, 0.78F, 0.52F},
                       srgb(0x8d88c0) * 0.75F,
                       srgb(0x7b4a38) * 0.7F,
                       1.3F,
                       0.2F};
            m.fog = srgb(0xb0583c) * 0.6F, m.fog_density = 0.02F, m.night = 0.6F;
            m.exposure = 0.95F, m.bloom = 0.28F, m.threshold = 0.8F;
            break;
        case Setting::forest:
        case Setting::jungle:
            m.fog = mix(m.fog, m.fog * Vec3{0.72F, 1.0F, 0.66F}, 0.7F), m.fog_density *= 1.7F;
            break;
        case Setting::cave:
            m.light = {{0.2F, 0.6F, 0.5F},
                       srgb(0xffc98a) * 1.25F,
                       srgb(0x6a80c0) * 0.85F,
                       srgb(0x5a4a70) * 0.7F,
                       1.4F,
                       0.25F};
            m.fog = srgb(0x0c1020), m.fog_density = 0.05F, m.night = 0.8F, m.exposure = 1.35F,
            m.bloom = 0.28F;
            break;
        case Setting::stage:
            m.light = {{0.0F, 0.85F, 0.5F},
                       srgb(0xfff0d0) * 1.15F,
                       srgb(0x6a5a9a) * 0.45F,
                       srgb(0x5a3a30) * 0.5F,
                       1.5F,
                       0.25F};
            m.fog = srgb(0x140c1c), m.fog_density = 0.03F, m.night = 0.8F, m.exposure = 1.0F,
            m.bloom = 0.25F;
            break;
        default:
            break;
    }
}

bool indoors(Setting s) {
    return s == Setting::room || s == Setting::kitchen || s == Setting::office ||
           s == Setting::library || s == Setting::classroom;
}

void bend_indoors(Mood& m) {
    const bool dark = m.night > 0.5F;
    m.light = {{-0.5F, 0.65F, 0.55F},
               dark ? srgb(0xffcf94) * 0.85F : Vec3{1.0F, 0.95F, 0.86F},
               (dark ? srgb(0x9a86a0) : srgb(0xe6e6f0)) * 0.5F,
               srgb(0xb08a6a) * (dark ? 0.35F : 0.5F),
               0.8F,
               0.14F};
    m.fog = m.light.ambient_top, m.fog_density = 0.004F;
    m.exposure = dark ? 1.0F : 0.88F, m.bloom = 0.16F;
}

void bend_by_weather(Mood& m, Weather weather) {
    auto grey = [&](float how) {
        const Vec3 veil = mix(m.horizon, Vec3{1, 1, 1} * luminance(m.horizon), 0.7F);
        m.zenith = mix(m.zenith, mix(m.zenith, veil, 0.75F), how),
        m.horizon = mix(m.horizon, veil, how);
        m.fog = mix(m.fog, Vec3{1, 1, 1} * luminance(m.fog), 0.6F * how);
        m.light.key = m.light.key * (1.0F - 0.4F * how);
        m.light.ambient_top = m.light.ambient_top * (1.0F + 0.15F * how);
        m.sun_radius *= how > 0.6F ? 0.0F : 1.0F, m.stars *= 1.0F - how;
    };
    switch (weather) {
        case Weather::clear:
            m.cloud_density *= 0.85F;
            break;
        case Weather::cloudy:
            m.cloud_cover = std::max(m.cloud_cover, 0.25F), m.cloud_density = 0.96F, grey(0.35F);
            break;
        case Weather::rain:
            m.cloud_cover = std::max(m.cloud_cover, 0.40F), m.cloud_density = 0.97F, grey(0.75F),
            m.fog_density *= 1.6F;
            break;
        case Weather::snow:
            m.cloud_cover = std::max(m.cloud_cover, 0.22F), grey(0.5F), m.fog_density *= 1.4F;
            break;
        case Weather::fog:
            grey(0.8F), m.fog_density = m.fog_density * 2.0F + 0.085F, m.cloud_density *= 0.4F;
            break;
        case Weather::wind:
            m.cloud_cover = std::max(m.cloud_cover, 0.12F);
            break;
        case Weather::lightning:
            m.cloud_cover = std::max(m.cloud_cover, 0.45F), m.cloud_density = 0.97F, grey(0.6F);
            break;
        case Weather::aurora:
            m.aurora = 1.0F, m.stars = std::max(m.stars, 1.0F), m.cloud_density *= 0.2F;
            break;
    }
}

void bend_by_palette(Mood& m, Palette palette) {
    switch (palette) {
        case Palette::natural:
            break;
        case Palette::warm:
            m.grade = m.grade * Vec3{1.07F, 1.0F, 0.90F};
            break;
        case Palette::cool:
            m.grade = m.grade * Vec3{0.92F, 1.0F, 1.09F};
            break;
        case Palette::neon:
            m.saturation *= 1.35F, m.contrast *= 1.06F, m.bloom *= 1.8F;
            m.light.ambient_bottom = mix(m.light.ambient_bottom, srgb(0xff3fb4) * 0.7F, 0.6F);
            m.light.ambient_top = mix(m.light.ambient_top, srgb(0x40d0ff) * 0.6F, 0.45F);
            m.fog = mix(m.fog, srgb(0x8a3fd0) * 0.5F, 0.5F),
            m.horizon = mix(m.horizon, srgb(0x9a3fc0) * 0.6F, 0.5F);
            break;
        case Palette::pastel:
            m.saturation *= 0.82F, m.contrast *= 0.90F, m.exposure *= 1.10F;
            break;
        case Palette::muted:
            m.saturation *= 0.68F, m.contrast *= 0.95F;
            break;
        case Palette::vivid:
            m.saturation *= 1.28F, m.contrast *= 1.04F;
            break;
        case Palette::gloomy:
            m.saturation *= 0.66F, m.exposure *= 0.80F, m.vignette += 0.14F,
                m.grade = m.grade * Vec3{0.95F, 1.0F, 1.04F};
            break;
    }
}

}  // namespace

Mood make_mood(const Shot& shot) {
    Mood m;
    switch (shot.time) {
        case TimeOfDay::day:
            m = day();
            break;
        case TimeOfDay::golden_hour:
            m = golden();
            break;
        case TimeOfDay::dusk:
            m = dusk();
            break;
        case TimeOfDay::night:
            m = night();
            break;
        case TimeOfDay::storm:
            m = storm();
            break;
    }
    bend_by_setting(m, shot);
    if (indoors(shot.setting)) bend_indoors(m);
    bend_by_weather(m, shot.weather);
    bend_by_palette(m, shot.palette);
    m.sun_direction = unit(m.sun_direction);
    return m;
}

Vec3 ground_light(const Mood& m) {
    return m.light.ambient_top * 0.85F + m.light.key * std::max(0.25F, unit(m.light.direction).y);
}

}  // namespace kinora::engines::storyboard
