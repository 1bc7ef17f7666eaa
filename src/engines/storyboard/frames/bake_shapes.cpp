// frames/bake_shapes.cpp: tufts, puffs, house fronts, moons, planets and motes.
#include "engines/storyboard/frames/bakes.hpp"

namespace kinora::engines::storyboard {

Painting paint_tuft(Vec3 base, Vec3 tip, std::uint32_t seed) {
    constexpr int side = 128;
    Painting p(side, side);
    for (std::uint32_t blade = 0; blade < 15; ++blade) {
        const float r1 = chance(seed, blade), r2 = chance(seed + 1, blade),
                    r3 = chance(seed + 2, blade);
        const float x0 = 64.0F + (r1 - 0.5F) * 52.0F, length = 50.0F + 62.0F * r2,
                    lean = (r3 - 0.5F) * 60.0F;
        for (int y = 0; y < side; ++y) {
            const float a = (float(side - 1 - y)) / length;
            if (a > 1.0F) continue;
            const float x = x0 + lean * a * a, half = 3.0F * (1.0F - a * 0.92F);
            const Vec3 c = mix(mix(base, tip, 0.25F * r2), tip, a * (0.7F + 0.3F * r1));
            for (int px = std::max(0, int(x - half - 1));
                 px <= std::min(side - 1, int(x + half + 1)); ++px) {
                const float off = float(px) + 0.5F - x;
                const float cover = clamp01(half + 0.5F - std::abs(off));
                if (cover > 0)
                    p.over(p.index(px, y), c * (1.0F - 0.25F * off / std::max(half, 0.5F)), cover);
            }
        }
    }
    return p;
}

Painting paint_puff(const NoiseTile& noise, Vec3 lit, Vec3 shade, Vec3 light, std::uint32_t seed) {
    constexpr int side = 160;
    Painting p(side, side);
    const float ou = chance(seed, 1), ov = chance(seed, 2);
    const Vec3 l = unit(light);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const float u = (float(x) + 0.5F) / float(side) * 2.0F - 1.0F;
            const float v = (float(y) + 0.5F) / float(side) * 2.0F - 1.0F;
            const float n = noise.at(u * 0.24F + ou, v * 0.24F + ov), d = std::sqrt(u * u + v * v);
            const float alpha = smooth(1.0F, 0.35F, d - n * 0.42F) * smooth(1.0F, 0.85F, d);
            const float nx = u - n * 0.5F, ny = -v + n * 0.6F;
            const float bright = clamp01(0.5F + 0.5F * (nx * l.x + ny * l.y) + n * 0.4F);
            p.set(p.index(x, y), mix(shade, lit, bright), alpha);
        }
    }
    return p;
}

namespace {

// One bay of a front: wall, frame, glass; the lamp's share is returned as light of its own.
Vec3 front_color(const FrontPlan& f, float u, float v, bool& lamp) {
    lamp = false;
    const float floor_f = (1.0F - v) * float(f.floors);
    const int floor = int(floor_f), bay = int(u * float(f.bays));
    const float fy = floor_f - float(floor), fx = fraction(u * float(f.bays));
    const float wear = 0.94F + 0.10F * chance(std::uint32_t(bay), std::uint32_t(floor) + f.seed);
    const bool lit = chance(f.seed + 7 + std::uint32_t(bay * 31), std::uint32_t(floor)) < f.lit;
    const Vec3 tone = mix(f.lamp, f.lamp * Vec3{1.0F, 0.85F, 0.6F},
                          chance(f.seed, std::uint32_t(bay * 13 + floor)));
    if (f.shop && floor == 0) {
        if (fy > 0.78F)
            return (bay + int(fx * 8.0F)) % 2 != 0 ? srgb(0xf2ead8) : f.trim;  // Awning.
        if (fx < 0.08F || fx > 0.92F || fy < 0.14F) return f.trim * 0.7F;
        lamp = f.lit > 0.05F;
        const float goods = chance(std::uint32_t(fx * 9.0F) + f.seed, std::uint32_t(fy * 5.0F));
        return lamp ? tone * (0.55F + 0.5F * goods) : mix(f.glass, srgb(0x334455), goods * 0.6F);
    }
    if (f.tower) {
        const bool band = fy < 0.2F || fx < 0.1F;
        if (band) return f.wall * wear;
        lamp = lit;
        return lit ? tone : mix(f.glass, srgb(0xdff0ff), clamp01((fx - fy) * 0.8F));
    }
    const bool frame = fx > 0.2F && fx < 0.8F && fy > 0.18F && fy < 0.86F;
    const bool pane = fx > 0.25F && fx < 0.75F && fy > 0.23F && fy < 0.81F &&
                      std::abs(fx - 0.5F) > 0.02F && std::abs(fy - 0.55F) > 0.02F;
    if (pane) {
        lamp = lit;
        return lit ? tone : mix(f.glass, srgb(0xcfe6f5), clamp01((fx - fy) + 0.35F));
    }
    if (frame) return f.trim;
    if (fy < 0.05F) return f.wall * 0.78F;  // A ledge between floors.
    return f.wall * wear;
}

}  // namespace

Painting paint_front(const FrontPlan& f) {
    const int width = f.bays * 40, height = f.floors * 44;
    Painting p(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            bool lamp = false;
            const float u = (float(x) + 0.5F) / float(width), v = (float(y) + 0.5F) / float(height);
            Vec3 c = front_color(f, u, v, lamp);
            if (y < 8) c = f.trim * 0.85F;  // Cornice.
            // A little shade towards the edges makes the block look solid.
            if (!lamp) c = c * (0.80F + 0.20F * smooth(0.0F, 0.12F, std::min(u, 1.0F - u)));
            p.set(p.index(x, y), c, 1.0F);
        }
    }
    return p;
}

Painting paint_moon(const NoiseTile& noise) {
    constexpr int side = 160;
    Painting p(side, side);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const float u = (float(x) + 0.5F) / 80.0F - 1.0F, v = (float(y) + 0.5F) / 80.0F - 1.0F;
            const float d = std::sqrt(u * u + v * v);
            const float seas = smooth(0.0F, 0.5F, noise.at(u * 0.2F + 0.3F, v * 0.2F + 0.1F));
            p.set(p.index(x, y), mix(srgb(0xfdf6e0), srgb(0xc3bfb6), seas) * (1.7F - 0.35F * d * d),
                  smooth(1.0F, 0.97F, d));
        }
    }
    return p;
}

Painting paint_planet(const Noise& noise, PlanetKind kind, const Light& light, int size) {
    Painting p(size, size);
    const Vec3 l = unit(light.direction);
    const float radius = float(size) * 0.5F;
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            const float u = (float(x) + 0.5F) / radius - 1.0F,
                        v = (float(y) + 0.5F) / radius - 1.0F;
            const float d2 = u * u + v * v;
            if (d2 > 1.0F) continue;
            const Vec3 n{u, -v, std::sqrt(1.0F - d2)};
            const float lon = std::atan2(n.x, n.z) / (2.0F * kPi),
                        lat = std::asin(std::clamp(n.y, -1.0F, 1.0F)) / kPi;
            Vec3 c;
            if (kind == PlanetKind::earth) {
                const float land = noise.clouds.at(lon * 0.9F + 0.35F, lat * 0.9F + 0.2F) +
                                   noise.fine.at(lon, lat) * 0.25F;
                c = mix(srgb(0x1d5fae), srgb(0x2a86c8), clamp01(0.5F + land));
                c = mix(c,
                        mix(srgb(0x4f9440), srgb(0xb59a5c),
                            clamp01(noise.wide.at(lon * 2, lat * 2) + 0.3F)),
                        smooth(0.06F, 0.12F, land));
                c = mix(c, srgb(0xf4f8fb), smooth(0.40F, 0.46F, std::abs(lat) + land * 0.04F));
                const float cloud = noise.clouds.at(lon * 1.7F + 0.6F + lat * 0.5F, lat * 2.6F);
                c = mix(c, srgb(0xffffff), smooth(0.12F, 0.5F, cloud) * 0.85F);
            } else if (kind == PlanetKind::banded) {
                const float band = lat * 2.6F + noise.fine.at(lon * 1.0F, lat * 3.0F) * 0.06F;
                c = mix(srgb(0xd9a066), srgb(0xf3e2c0), 0.5F + 0.5F * std::sin(band * 14.0F));
                c = mix(c, srgb(0xb5603a), smooth(0.6F, 1.0F, std::sin(band * 9.0F + 1.0F)) * 0.7F);
            } else {
                c = mix(srgb(0x8c3b22), srgb(0xd98850),
                        clamp01(0.5F + noise.fine.at(lon * 1.4F, lat * 1.4F)));
            }
            const float lit = std::max(0.0F, dot(n, l) * 1.15F + 0.05F), edge = 1.0F - n.z;
            const Vec3 air = kind == PlanetKind::earth ? srgb(0x6fb4ff) : srgb(0xffc9a0);
            const Vec3 shaded = c * (light.key * (lit * 1.1F) + Vec3{0.015F, 0.018F, 0.03F}) +
                                air * (edge * edge * edge * lit * 0.9F);
            p.set(p.index(x, y), shaded, smooth(1.0F, 1.0F - 3.0F / radius, std::sqrt(d2)));
        }
    }
    return p;
}

Painting paint_mote(MoteKind kind, const NoiseTile& noise) {
    const int width = kind == MoteKind::streak ? 8 : 64, height = kind == MoteKind::ray ? 256 : 64;
    Painting p(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const float u = (float(x) + 0.5F) / float(width) * 2.0F - 1.0F;
            const float v = (float(y) + 0.5F) / float(height) * 2.0F - 1.0F;
            const float d = std::sqrt(u * u + v * v);
            Vec3 c{1, 1, 1};
            float a = 0;
            switch (kind) {
                case MoteKind::streak:
                    a = smooth(1.0F, 0.1F, std::abs(u)) * smooth(1.0F, 0.5F, std::abs(v)) * 0.8F;
                    break;
                case MoteKind::flake:
                    a = smooth(1.0F, 0.4F, d);
                    break;
                case MoteKind::petal: {
                    const float e =
                        std::sqrt(u * u * 1.9F + (v + u * u * 0.3F) * (v + u * u * 0.3F));
                    a = smooth(0.95F, 0.88F, e),
                    c = mix(srgb(0xffe3ec), srgb(0xff9fbc), clamp01(v * 0.5F + 0.5F));
                    break;
                }
                case MoteKind::leaf: {
                    const float e = std::abs(u) * 2.0F / std::max(0.02F, 1.0F - v * v);
                    a = smooth(1.0F, 0.9F, e) * (std::abs(v) < 0.95F ? 1.0F : 0.0F);
                    c = mix(srgb(0xc9541c), srgb(0xf0b030), clamp01(0.5F + v * 0.4F)) *
                        (std::abs(u) < 0.05F ? 0.7F : 1.0F);
                    break;
                }
                case MoteKind::bubble: {
                    const float shine =
                        smooth(0.28F, 0.1F,
                               std::sqrt((u + 0.35F) * (u + 0.35F) + (v + 0.4F) * (v + 0.4F)));
                    a = clamp01(smooth(0.99F, 0.93F, d) *
                                (0.10F + 0.55F * smooth(0.6F, 0.97F, d) + shine));
                    c = mix(srgb(0xbfe9ff), srgb(0xffffff), shine) * 1.2F;
                    break;
                }
                case MoteKind::flame: {
                    const float sway = noise.at(0.2F, v * 0.1F) * 0.3F * (1.0F - v);
                    const float e = std::abs(u + sway) /
                                    std::max(0.05F, 0.75F * std::sqrt(clamp01(0.5F + v * 0.5F)) *
                                                        (1.15F - 0.5F * (v + 1.0F) * 0.5F));
                    a = smooth(1.0F, 0.5F, e) * smooth(1.0F, 0.7F, v);
                    c = mix(srgb(0xff5a10) * 1.6F, srgb(0xffe48a) * 2.2F,
                            clamp01((1.0F - e) * 0.8F + v * 0.4F));
                    break;
                }
                case MoteKind::ray:
                    a = smooth(1.0F, 0.0F, std::abs(u)) * smooth(1.0F, -0.6F, v) *
                        smooth(-1.0F, -0.7F, v);
                    break;
                case MoteKind::confetti:
                    a = std::abs(u) < 0.6F && std::abs(v) < 0.9F ? 1.0F : 0.0F;
                    break;
                case MoteKind::star:
                    a = clamp01(smooth(0.25F, 0.0F, d) +
                                smooth(0.12F, 0.0F, std::min(std::abs(u), std::abs(v))) *
                                    smooth(1.0F, 0.0F, d) * 0.6F);
                    break;
            }
            p.set(p.index(x, y), c, a);
        }
    }
    return p;
}

}  // namespace kinora::engines::storyboard
