// frames/effects.cpp: fire and smoke, falling water, light in the air, and all that floats and
// glows.
#include "engines/storyboard/frames/atmosphere.hpp"

namespace kinora::engines::storyboard {

void Atmosphere::plume(DrawList& list, const AirView& a, const Clock& c) const {
    const float scale = a.view.focal / 900.0F, x0 = a.summit_x, y0 = a.summit_y;
    for (int i = 34; i >= 0; --i) {
        const auto n = std::uint32_t(i);
        const float k = fraction(float(i) / 35.0F + c.cycles(0.10F));
        Placement p;
        p.z = 2e4F + 100.0F * (1 - k), p.anchor_y = 0.5F;
        p.y = y0 - k * 300.0F * scale,
        p.x = x0 - k * k * 190.0F * scale + (chance(n, 9) - 0.5F) * (20.0F + k * 110.0F) * scale;
        p.height = (60.0F + k * 230.0F) * scale * (0.8F + 0.5F * chance(n, 3));
        p.rotation = 0.5F * chance(n, 4) + k, p.flip = i % 2 != 0;
        p.opacity = 0.62F * smooth(1.0F, 0.75F, k) * smooth(0.0F, 0.06F, k);
        const float hot = smooth(0.35F, 0.0F, k);
        p.tint = mix(Vec3{1, 1, 1}, Vec3{1.7F, 0.9F, 0.5F}, hot);
        list.sprite(smoke_[n % 3], p);
    }
    list.disc(
        2e4F,
        {x0, y0, 130 * scale, 110 * scale, {1.2F, 0.42F, 0.10F}, 0.7F + 0.1F * c.wave(1.3F), 0, 1});
    for (int i = 0; i < 170; ++i) {
        const auto n = std::uint32_t(i);
        const float t = fraction(chance(n, 1) + c.cycles(0.5F));
        const float vx = (chance(n, 5) - 0.5F) * 280.0F * scale,
                    vy = (210.0F + 190.0F * chance(n, 7)) * scale;
        const float x = x0 + vx * t * 1.2F, y = y0 - vy * t * 1.5F + 330.0F * scale * t * t * 1.4F;
        const float r = (1.6F + 3.0F * chance(n, 11)) * scale * (1.0F - 0.4F * t) * 1.5F;
        list.disc(1.9e4F, {x, y, r, r, {1.9F, 1.0F - 0.4F * t, 0.3F}, 1.0F - 0.6F * t, 0.8F, 3});
    }
}

// White water down the gap of the cliff, and mist where it lands.
void Atmosphere::waterfall(DrawList& list, const AirView& a, const Clock& c) const {
    const float f = a.view.focal, x0 = a.summit_x, top = a.view.horizon_y - 0.31F * f,
                foot = a.view.horizon_y + 0.012F * f;
    const Vec3 tone = root(mood_.light.ambient_top * 0.95F + mood_.light.key * 0.75F);
    list.disc(2.45e4F, {x0, 0.5F * (top + foot), 0.075F * f, 0.56F * (foot - top), tone.color(),
                        0.75F, 0.75F, 2.5F});
    for (int i = 0; i < 90; ++i) {
        const auto n = std::uint32_t(i);
        const float k = fraction(chance(n, 1) + c.cycles(0.7F + 0.3F * chance(n, 2)));
        const float side = chance(n, 3) - 0.5F, y = mix(top, foot, k * k * 0.4F + k * 0.6F);
        const Vec3 shade = tone * (0.86F + 0.22F * chance(n, 4));
        list.disc(2.4e4F, {x0 + side * 0.105F * f * (1.0F + 0.3F * k), y, 0.006F * f, 0.035F * f,
                           shade.color(), 0.55F, 0.55F, 2.0F});
    }
    for (int i = 0; i < 26; ++i) {
        const auto n = std::uint32_t(i);
        const float k = fraction(chance(n, 7) + c.cycles(0.3F)), r = (0.02F + 0.05F * k) * f;
        list.disc(2.3e4F,
                  {x0 + (chance(n, 8) - 0.5F) * 0.22F * f * (0.6F + k), foot - 0.06F * f * k, r,
                   r * 0.7F, tone.color(), 0.30F * (1 - k), 0.28F * (1 - k), 1.2F});
    }
}

void Atmosphere::floating(DrawList& list, const AirView& a, const Clock& c, Effect effect) const {
    const float size = a.height / 752.0F;
    const int count = effect == Effect::dust        ? 90
                      : effect == Effect::sparks    ? 90
                      : effect == Effect::bubbles   ? 46
                      : effect == Effect::fireflies ? 44
                      : effect == Effect::confetti  ? 110
                                                    : 46;
    const Vec3 light = root(mood_.light.ambient_top * 0.8F + mood_.light.key * 0.7F);
    static constexpr int papers[] = {0xff4a5a, 0xffc830, 0x3ac878, 0x3a9aff, 0xc05aff};
    for (int i = 0; i < count; ++i) {
        const auto n = std::uint32_t(i) + std::uint32_t(effect) * 1000U;
        const float near = chance(seed_ + 2, n), r0 = chance(seed_, n), r1 = chance(seed_ + 1, n);
        const float z = 1.3F + 5.0F * (1 - near), follow = -a.view.x * 0.16F * (0.4F + near);
        Placement p;
        p.z = z, p.anchor_y = 0.5F, p.tint = light;
        switch (effect) {
            case Effect::petals:
            case Effect::leaves: {
                const bool windy = shot_.weather == Weather::wind;
                const float t = fraction(r0 + c.cycles(windy ? 0.22F : 0.11F + 0.06F * r1));
                p.x = fraction(r1 + follow + (windy ? c.cycles(0.5F) : 0.0F) +
                               0.05F * c.wave(0.4F, float(i))) *
                          a.width * 1.1F -
                      0.05F * a.width,
                p.y = (t * 1.1F - 0.05F) * a.height;
                p.height = (11.0F + 15.0F * near) * size,
                p.rotation = 2 * kPi * (r0 + c.cycles(0.3F)),
                p.stretch_x = 0.35F + 0.65F * std::abs(c.wave(0.5F + near, float(i)));
                list.sprite(effect == Effect::petals ? petal_ : leaf_, p);
                break;
            }
            case Effect::bubbles: {
                const float t = fraction(r0 + c.cycles(0.12F + 0.12F * near));
                p.x = fraction(r1 + follow) * a.width + 9 * size * c.wave(0.9F, float(i)),
                p.y = (1.05F - t * 1.1F) * a.height, p.height = (8.0F + 22.0F * near * near) * size,
                p.tint = {1, 1, 1};
                list.sprite(bubble_, p);
                break;
            }
            case Effect::confetti: {
                const float t = fraction(r0 + c.cycles(0.2F + 0.1F * near)),
                            w = std::abs(c.wave(1.3F, float(i)));
                const Vec3 paper = root(srgb(papers[n % 5])) * 1.1F;
                const float s = (3.0F + 5.0F * near) * size;
                list.disc(z, {fraction(r1 + follow + 0.02F * c.wave(0.6F, float(i))) * a.width,
                              (t * 1.1F - 0.05F) * a.height, s, s * (0.3F + 0.7F * w),
                              paper.color(), 1, 1, 8});
                break;
            }
            case Effect::fireflies: {
                const float blink = smooth(0.1F, 0.9F, 0.5F + 0.5F * c.wave(0.4F, float(i) * 1.9F)),
                            s = (3.0F + 5.0F * near) * size;
                const float x = fraction(r1 + follow + 0.03F * c.wave(0.22F, float(i))) * a.width,
                            y = a.view.horizon_y + (r0 - 0.45F) * 0.8F * a.height +
                                12 * size * c.wave(0.5F, float(i) * 2);
                list.disc(z, {x, y, s * 3, s * 3, {0.7F, 0.9F, 0.2F}, 0.35F * blink, 0, 1});
                list.disc(z, {x, y, s * 0.6F, s * 0.6F, {1.5F, 1.7F, 0.7F}, blink, blink, 3});
                break;
            }
            case Effect::sparks: {
                const float t = fraction(r0 + c.cycles(0.16F + 0.2F * r1)),
                            s = (1.2F + 2.2F * near) * size;
                list.disc(z, {fraction(r1 + follow + 0.03F * c.wave(0.5F, float(i))) * a.width,
                              (1.05F - 1.1F * t) * a.height,
                              s,
                              s,
                              {1.9F, 0.9F, 0.3F},
                              1.0F - 0.6F * t,
                              0.4F,
                              2.5F});
                break;
            }
            default: {  // Dust in the light.
                const float s = (1.0F + 2.6F * near) * size;
                const float x = fraction(
                                r1 + follow +
                                (c.loop() ? 0.02F * c.wave(0.2F, float(i)) : 0.01F * c.seconds())),
                            y = fraction(r0 + 0.03F * c.wave(0.2F, float(i) * 1.3F));
                list.disc(z, {x * a.width, y * a.height, s, s, light.color(), 0.30F, 0, 1.2F});
                break;
            }
        }
    }
}

void Atmosphere::fire(DrawList& list, const AirView& a, const Clock& c, bool only_smoke) const {
    // Beside the main subject and a little behind it, so that it is lit and not hidden.
    const float size = a.main_px, x0 = a.main_x + (only_smoke ? 0.0F : 0.78F * size),
                y0 = only_smoke ? a.main_y : a.ground_y, z = a.main_z + 0.12F;
    for (int i = 0; i < 12 && !smoke_.empty(); ++i) {
        const auto n = std::uint32_t(i);
        const float k = fraction(float(i) / 12.0F + c.cycles(0.22F));
        Placement p;
        p.z = z + 0.3F, p.anchor_y = 0.5F,
        p.x = x0 + size * (0.10F * std::sin(float(i) * 2.4F) + 0.35F * k),
        p.y = y0 - size * (0.35F + 1.1F * k);
        p.height = size * (0.25F + 0.55F * k), p.rotation = k + float(i),
        p.opacity = 0.34F * smooth(0, 0.15F, k) * (1 - k);
        list.sprite(smoke_[n % 3], p);
    }
    if (only_smoke) return;
    list.disc(z + 0.05F, {x0,
                          y0 - size * 0.2F,
                          size * 0.8F,
                          size * 0.7F,
                          {1.0F, 0.42F, 0.10F},
                          0.35F + 0.06F * c.wave(3.0F),
                          0,
                          1});
    for (int i = 0; i < 16; ++i) {
        const float k = fraction(float(i) / 16.0F + c.cycles(1.1F)),
                    side = std::sin(float(i) * 2.7F);
        Placement p;
        p.z = z - 0.01F * float(i), p.anchor_y = 0.9F,
        p.x = x0 + side * size * 0.17F * (1 - 0.5F * k), p.y = y0 - size * 0.20F * k;
        p.height = size * (0.48F - 0.12F * std::abs(side)) * (0.75F + 0.35F * k),
        p.stretch_x = 0.75F - 0.25F * k, p.lean = 0.12F * c.wave(1.7F, float(i));
        p.opacity = 0.75F * smooth(0, 0.2F, k) * smooth(1, 0.6F, k);
        list.sprite(flame_, p);
    }
    for (int i = 0; i < 26; ++i) {
        const auto n = std::uint32_t(i);
        const float k = fraction(chance(n, 3) + c.cycles(0.6F)), s = 2.2F * size / 320.0F;
        list.disc(z,
                  {x0 + size * (0.3F * (chance(n, 4) - 0.5F) + 0.1F * std::sin(k * 9 + float(i))),
                   y0 - size * (0.2F + 1.0F * k),
                   s,
                   s,
                   {1.9F, 1.0F, 0.3F},
                   1 - k,
                   0.3F,
                   2.5F});
    }
}

// Nothing that has a name: lights out of focus that drift and pass each other.
void Atmosphere::orbs(DrawList& list, const AirView& a, const Clock& c) const {
    static constexpr int tones[] = {0xff6a8a, 0xffb84a, 0x58c8ff, 0x8a6aff, 0x4ae0b0, 0xff8adf};
    const float least = std::min(a.width, a.height);
    for (int i = 0; i < 54; ++i) {
        const auto n = std::uint32_t(i);
        const float near = chance(seed_ + 2, n), phase = 2 * kPi * chance(seed_ + 3, n);
        const float drift = (0.03F + 0.06F * near) * a.width;
        const float x = (chance(seed_, n) * 1.2F - 0.1F) * a.width + drift * c.wave(0.2F, phase) -
                        a.view.x * 40.0F * (0.3F + near),
                    y = (chance(seed_ + 1, n) * 1.2F - 0.1F) * a.height +
                        0.8F * drift * c.wave(0.2F, phase + 1.7F);
        const float r =
            least * (0.03F + 0.15F * near * near) * (1.0F + 0.12F * c.wave(0.4F, phase));
        const Vec3 tone = root(srgb(tones[std::size_t(chance(seed_ + 4, n) * 6) % 6])) * 1.1F;
        const float light = (0.26F + 0.24F * (1.0F - near)) * (0.8F + 0.2F * c.wave(0.6F, phase));
        list.disc(6e4F + float(i), {x, y, r, r, tone.color(), light, 0.45F * light, 4.0F});
        list.disc(6e4F + float(i), {x, y, r * 2.2F, r * 2.2F, tone.color(), 0.22F * light, 0, 1});
    }
}

void Atmosphere::fireworks(DrawList& list, const AirView& a, const Clock& c) const {
    static constexpr int tones[] = {0xff5a6a, 0xffd060, 0x6ae0ff, 0x9aff8a, 0xd08aff};
    const float size = a.height / 752.0F;
    for (int b = 0; b < 6; ++b) {
        const float now = c.cycles(0.42F) + float(b) / 6.0F, t = fraction(now);
        const auto n =
            std::uint32_t(
                int(std::floor(now)) %
                    (c.loop() ? std::max(1, int(c.rate(0.42F) * c.length() + 0.5F)) : 1000) +
                2000) *
                17U +
            std::uint32_t(b);
        const float x = a.width * (0.12F + 0.76F * chance(n, 1)),
                    y = a.height * (0.10F + 0.28F * chance(n, 2));
        const Vec3 tone = root(srgb(tones[std::size_t(chance(n, 3) * 5) % 5])) * 1.6F;
        if (t < 0.18F) {
            const float k = t / 0.18F;
            list.disc(4e4F, {x,
                             mix(a.view.horizon_y, y, k),
                             2.4F * size,
                             5 * size,
                             {1.6F, 1.3F, 0.8F},
                             1 - 0.5F * k,
                             0.3F,
                             2});
            continue;
        }
        const float k = (t - 0.18F) / 0.82F,
                    reach = 190.0F * size * (1.0F - (1 - k) * (1 - k) * (1 - k)),
                    fade = smooth(1.0F, 0.45F, k);
        for (int i = 0; i < 120; ++i) {
            const auto m = std::uint32_t(i);
            const float turn = float(i) * 2.399963F,
                        r = reach * std::sqrt(float(i) / 120.0F) * (0.85F + 0.25F * chance(m, n));
            const float px = x + std::cos(turn) * r,
                        py = y + std::sin(turn) * r + 60.0F * size * k * k,
                        s = (4.6F - 2.0F * k) * size;
            list.disc(4e4F,
                      {px, py, s, s, tone.color(),
                       fade * (0.7F + 0.3F * std::sin(float(i) + k * 40.0F)), 0.6F * fade, 3});
        }
        list.disc(4e4F,
                  {x, y, reach * 1.2F + 5, reach * 1.2F + 5, tone.color(), 0.30F * fade, 0, 1});
    }
}

void Atmosphere::rays(DrawList& list, const AirView& a, const Clock& c) const {
    const bool water = shot_.setting == Setting::underwater,
               stage = shot_.setting == Setting::stage;
    const int count = stage ? 5 : 9;
    static constexpr int lamps[] = {0xff5a8a, 0xffe08a, 0x6ad0ff, 0xb08aff, 0x8affb0};
    for (int i = 0; i < count; ++i) {
        const auto n = std::uint32_t(i);
        Placement p;
        p.z = 1.6F + 0.2F * float(i) + (stage ? 3.0F : 0.0F), p.anchor_y = 0.02F, p.light = true;
        p.x = (float(i) + 0.2F + 0.6F * chance(seed_, n)) / float(count) * a.width * 1.2F -
              0.1F * a.width - a.view.x * 30.0F,
        p.y = -0.04F * a.height;
        p.height = a.height * (stage ? 0.95F : 0.75F + 0.35F * chance(seed_ + 1, n));
        p.stretch_x = stage ? 1.6F : 0.7F + 0.9F * chance(seed_ + 2, n);
        p.rotation = stage
                         ? 0.28F * c.wave(0.3F, float(i) * 1.7F) - 0.22F * (float(i) - 2.0F) * -0.5F
                         : (water ? -0.18F + 0.06F * c.wave(0.2F, float(i)) : 0.42F);
        p.opacity = (stage   ? 0.20F
                     : water ? 0.11F + 0.06F * c.wave(0.35F, float(i) * 2.1F)
                             : 0.07F + 0.02F * c.wave(0.3F, float(i)));
        p.tint = stage ? root(srgb(lamps[n % 5])) : root(mood_.light.key * 1.2F);
        list.sprite(ray_, p);
    }
    if (stage) {
        for (const float side : {-0.5F, 0.0F, 0.5F}) {
            list.disc(5.5F, {a.main_x + side * a.width * 0.4F,
                             a.ground_y,
                             a.main_px * 0.75F,
                             a.main_px * 0.16F,
                             {0.8F, 0.72F, 0.5F},
                             side == 0 ? 0.35F : 0.15F,
                             0,
                             1.3F});
        }
    }
}

}  // namespace kinora::engines::storyboard
