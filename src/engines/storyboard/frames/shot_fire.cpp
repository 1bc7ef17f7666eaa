// frames/shot_fire.cpp: the fire that actors bring along: exhaust, breath, and flames over what
// burns.
#include "engines/storyboard/frames/shot_painter.hpp"

namespace kinora::engines::storyboard {

// The rocket is drawn with its nose to the upper right; rising, it stands upright, with fire below.
void ShotPainter::add_exhaust(const Actor& a, const Art& art, Placement& p, const Clock& clock) {
    const float side = art.facing < 0 ? -1.0F : 1.0F;
    if (a.motion == Motion::rise) p.rotation -= side * 0.25F * kPi;
    const float turn = p.rotation + side * 0.25F * kPi, dx = std::sin(turn), dy = -std::cos(turn);
    const float x = p.x, y = p.y - (p.anchor_y - 0.5F) * p.height;
    for (int i = 0; i < 30; ++i) {
        const float k = fraction(float(i) / 30.0F + clock.cycles(0.9F)),
                    way = p.height * (0.40F + 0.95F * k);
        const float wide = p.height * (0.05F + 0.13F * k),
                    off = 0.03F * p.height * std::sin(float(i) * 2.1F + k * 7.0F);
        const Vec3 tone = mix(Vec3{1.6F, 1.0F, 0.4F},
                              root(mood_.light.ambient_top * 0.9F + Vec3{0.05F, 0.05F, 0.05F}),
                              smooth(0.1F, 0.6F, k));
        const float fade = 0.55F * (1.0F - k);
        list_.disc(p.z + 0.01F, {x - dx * way + off, y - dy * way + off, wide, wide, tone.color(),
                                 fade, fade * smooth(0.0F, 0.5F, k), 1.5F});
    }
}

// Fire from the mouth of what is alive and breathes it.
void ShotPainter::add_breath(const Actor& a, const Placement& p, const Clock& clock) {
    const float side = float(a.direction), wide = p.height * a.aspect;
    const float x0 = p.x + side * 0.43F * wide, y0 = p.y - (p.anchor_y - 0.28F) * p.height;
    // It comes in blasts.
    const float blast = smooth(-0.5F, 0.2F, clock.wave(0.4F, 1.2F));
    for (std::uint32_t i = 0; i < 110; ++i) {
        const float k = fraction(chance(i, 3) + clock.cycles(1.1F + 0.4F * chance(i, 5)));
        const float out = k * 1.05F * p.height, spread = (chance(i, 7) - 0.5F) * (0.08F + 0.5F * k);
        const float r = p.height * (0.02F + 0.10F * k) * (0.7F + 0.6F * chance(i, 11));
        const Vec3 tone = mix(Vec3{1.9F, 1.5F, 0.6F}, Vec3{1.6F, 0.35F, 0.05F}, k);
        const float fade = blast * (1.0F - k);
        list_.disc(p.z - 0.02F, {x0 + side * out, y0 + out * 0.30F + spread * out, r, r,
                                 tone.color(), 0.8F * fade, 0.4F * fade, 1.4F});
    }
    list_.disc(p.z - 0.01F, {x0 + side * 0.4F * p.height,
                             y0 + 0.12F * p.height,
                             0.9F * p.height,
                             0.7F * p.height,
                             {1.2F, 0.5F, 0.12F},
                             0.35F * blast,
                             0,
                             1});
}

// Tongues of fire over a thing that burns, and the smoke above.
void ShotPainter::add_flames(const Actor& a, const Placement& p, const Clock& clock) {
    const float wide = p.height * a.aspect;
    for (std::uint32_t i = 0; i < 130; ++i) {
        const float k = fraction(chance(i, 3) + clock.cycles(0.7F + 0.5F * chance(i, 5)));
        const float rise = (0.55F + 0.65F * chance(i, 9)) * p.height;
        const float x = p.x + (chance(i, 7) - 0.5F) * wide * (1.0F - 0.35F * k) +
                        0.03F * wide * clock.wave(1.1F, float(i)),
                    y = p.y - (p.anchor_y - 0.5F) * p.height + 0.35F * p.height - k * rise;
        const float r = p.height * (0.05F + 0.07F * chance(i, 11)) * (1.0F - 0.75F * k);
        const Vec3 tone = mix(Vec3{1.9F, 1.25F, 0.35F}, Vec3{1.5F, 0.35F, 0.06F}, k);
        list_.disc(p.z - 0.01F, {x, y, r * 0.75F, r * 1.5F, tone.color(), 0.75F * (1.0F - k * k),
                                 0.35F * (1.0F - k), 1.4F});
    }
    for (std::uint32_t i = 0; i < 24; ++i) {
        const float k = fraction(chance(i, 13) + clock.cycles(0.22F));
        const float r = p.height * (0.10F + 0.28F * k);
        list_.disc(p.z + 0.03F, {p.x + (chance(i, 17) - 0.5F) * wide * (0.5F + k),
                                 p.y - (0.7F + 1.1F * k) * p.height,
                                 r,
                                 r,
                                 {0.10F, 0.09F, 0.09F},
                                 0.30F * (1.0F - k),
                                 0.30F * (1.0F - k),
                                 1.2F});
    }
    list_.disc(p.z + 0.02F, {p.x,
                             p.y - 0.4F * p.height,
                             p.height * 1.3F,
                             p.height * 1.1F,
                             {1.2F, 0.55F, 0.15F},
                             0.35F + 0.08F * clock.wave(2.3F),
                             0,
                             1});
}

}  // namespace kinora::engines::storyboard
