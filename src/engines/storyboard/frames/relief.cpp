// frames/relief.cpp: a height field marched column by column from the eye outwards, then shaded.
//
// Lengths are metres of its own: the eye stands 4 above the plain, peaks lie 100 to 330 away.
#include "engines/storyboard/frames/relief.hpp"

namespace kinora::engines::storyboard {
namespace {

constexpr float kEye = 4.0F, kNear = 34.0F, kFar = 330.0F, kConeZ = 150.0F,
                kConeShare = 0.74F;  // So that the summit and its smoke stay in the frame.

struct Land {
    ReliefKind kind;
    float strength;
    float shift;  // By seed, in tiles.
    const Noise& noise;

    float height(float x, float z) const;
    Vec3 color(float x, float z, float h, Vec3 n) const;
    float lava(float x, float z) const;
};

float cone(float x, float z) {
    const float dx = x, dz = z - kConeZ, r = std::sqrt(dx * dx + dz * dz), a = std::atan2(dz, dx);
    const float rr = r * (1.0F + 0.10F * std::sin(3.0F * a + 1.0F) + 0.07F * std::sin(7.0F * a));
    const float h = 88.0F * std::exp(-rr / 42.0F) + 6.0F * std::exp(-rr / 120.0F);
    return h > 62.0F ? 62.0F - (h - 62.0F) * 1.3F : h;
}

float Land::height(float x, float z) const {
    const float rise = smooth(kNear, 95.0F, z);
    switch (kind) {
        case ReliefKind::none:
            return 0;
        case ReliefKind::hills: {
            const float n = noise.wide.at(x * 0.0042F + shift, z * 0.0042F) * 0.8F +
                            noise.clouds.at(x * 0.006F, z * 0.006F + shift) * 0.5F;
            return rise * (10.0F + 17.0F * n) * strength;
        }
        case ReliefKind::woods: {
            const float n = noise.wide.at(x * 0.006F + shift, z * 0.006F);
            const float crown = std::abs(std::sin(x * 0.55F + 3.0F * n)) * 2.5F +
                                noise.fine.at(x * 0.03F, z * 0.03F) * 4.0F;
            return rise * (17.0F + 7.0F * n + crown) * strength;
        }
        case ReliefKind::dunes: {
            const float n = noise.wide.at(x * 0.004F + shift, z * 0.006F);
            const float ridge =
                1.0F - std::abs(noise.wide.at(x * 0.0055F + 0.4F, z * 0.009F + shift));
            return rise * (ridge * ridge * 15.0F + n * 7.0F - 3.0F) * strength;
        }
        case ReliefKind::mountains:
        case ReliefKind::lunar:
        case ReliefKind::snow_mountains: {
            const float big = noise.wide.at(x * 0.0030F + shift, z * 0.0030F) * 0.5F + 0.55F;
            const float r = noise.ridged.at(x * 0.0019F + shift, z * 0.0019F + 0.2F);
            const float d = noise.wide.at(x * 0.020F, z * 0.020F + shift);
            return smooth(70.0F, 210.0F, z) *
                       std::max(0.0F, big * 38.0F + r * 50.0F + d * 5.0F - 6.0F) * strength +
                   rise * 3.0F;
        }
        case ReliefKind::volcano: {
            const float r = noise.ridged.at(x * 0.006F + 0.2F, z * 0.006F), c = cone(x, z);
            const float around = std::atan2(z - kConeZ, x),
                        out = std::sqrt(x * x + (z - kConeZ) * (z - kConeZ));
            const float gully = noise.ridged.at(around * 0.28F + 0.05F, out * 0.0035F);
            const float far = smooth(170.0F, 230.0F, std::abs(x) + std::max(0.0F, z - 150.0F));
            return (c + r * (3.5F + c * 0.05F) + (gully - 0.35F) * c * 0.16F + far * r * 16.0F) *
                   mix(0.3F, 1.0F, rise) * kConeShare;
        }
        case ReliefKind::canyon: {
            const float n = noise.wide.at(x * 0.0052F + shift, z * 0.0050F) +
                            noise.clouds.at(x * 0.008F, z * 0.008F) * 0.45F +
                            std::abs(x) * 0.0022F - 0.12F;
            const float step1 = smooth(0.02F, 0.10F, n) * 24.0F,
                        step2 = smooth(0.22F, 0.28F, n) * 22.0F,
                        step3 = smooth(0.42F, 0.47F, n) * 14.0F;
            return rise * (step1 + step2 + step3 + noise.fine.at(x * 0.02F, z * 0.02F) * 2.2F) *
                   strength;
        }
        case ReliefKind::cliff:
        case ReliefKind::cave: {
            const float gap = std::exp(-x * x / 900.0F);
            const float wall =
                smooth(88.0F, 100.0F, z + noise.fine.at(x * 0.012F, 0.3F) * 14.0F + gap * 6.0F);
            return wall * (38.0F + noise.wide.at(x * 0.006F + shift, 0.2F) * 16.0F - gap * 9.0F) +
                   rise * 2.0F + noise.ridged.at(x * 0.01F, z * 0.02F) * 4.0F * wall;
        }
    }
    return 0;
}

float Land::lava(float x, float z) const {
    const float dx = x, dz = z - kConeZ, r = std::sqrt(dx * dx + dz * dz), a = std::atan2(dz, dx);
    const float wander =
        0.10F * noise.fine.at(r * 0.012F, 0.3F) + 0.05F * noise.fine.at(r * 0.05F, 0.8F);
    struct Stream {
        float angle, length;
    };
    float sum = 0;
    for (const Stream s :
         {Stream{-1.45F, 95}, {-1.05F, 62}, {-1.85F, 72}, {-2.35F, 50}, {-0.62F, 48}}) {
        const float w = (0.030F + 0.030F * smooth(40, 8, r)) *
                        (1.0F + 0.6F * noise.fine.at(r * 0.03F, s.angle * 0.3F + 1.0F));
        const float off = std::abs(a + wander * 1.6F - s.angle);
        sum = std::max(sum, smooth(w, w * 0.25F, off * (r / (r + 14.0F))) *
                                smooth(s.length, s.length * 0.7F, r) * smooth(3, 8, r));
    }
    return std::max(sum * (0.75F + 0.5F * noise.fine.at(x * 0.12F, z * 0.12F)), smooth(13, 6, r));
}

Vec3 Land::color(float x, float z, float h, Vec3 n) const {
    const float q = noise.fine.at(x * 0.012F, z * 0.012F), d = noise.fine.at(x * 0.05F, z * 0.05F);
    switch (kind) {
        case ReliefKind::none:
        case ReliefKind::hills:
            return mix(srgb(0x55883a), srgb(0x9cc25c), clamp01(0.5F + q * 0.7F + d * 0.3F)) *
                   mix(0.75F, 1.0F, n.y);
        case ReliefKind::woods:
            return mix(srgb(0x23472a), srgb(0x4f8a3c), clamp01(0.4F + q * 0.6F + d * 0.6F));
        case ReliefKind::dunes:
            return mix(srgb(0xd9a765), srgb(0xf4d9a4),
                       clamp01(0.6F + q * 0.3F + 0.1F * std::sin(h * 3.0F + x * 0.2F)));
        case ReliefKind::lunar:
            return srgb(0xb4b1ad) * (0.75F + 0.35F * clamp01(0.5F + q + d * 0.4F));
        case ReliefKind::mountains:
        case ReliefKind::snow_mountains: {
            const Vec3 rock =
                mix(srgb(0x5b5a60), srgb(0x9a938c), clamp01(0.5F + q * 0.8F + d * 0.3F));
            const Vec3 green = mix(srgb(0x44703a), srgb(0x7aa050), clamp01(0.5F + q));
            Vec3 c = mix(green, rock, smooth(10.0F, 22.0F, h + q * 8.0F));
            const float line = kind == ReliefKind::snow_mountains ? 16.0F : 34.0F;
            const float snow = smooth(line, line + 9.0F, h + q * 9.0F) * smooth(0.32F, 0.62F, n.y);
            return mix(c, srgb(0xf6faff), snow);
        }
        case ReliefKind::volcano:
            return mix(mix(srgb(0x3b2b2b), srgb(0x76574c), clamp01(0.5F + q * 0.7F)),
                       srgb(0x5d4d50), smooth(0.6F, 0.9F, n.y)) *
                   (1.0F + d * 0.25F);
        case ReliefKind::canyon: {
            const float band = std::sin(h * 1.15F + q * 2.5F) * 0.5F + std::sin(h * 0.47F) * 0.5F;
            const Vec3 c = mix(srgb(0xa8502c), srgb(0xe0a06a), clamp01(0.5F + band * 0.5F));
            return mix(c, srgb(0xc98a54), smooth(0.75F, 0.95F, n.y));
        }
        case ReliefKind::cliff:
        case ReliefKind::cave: {
            // Layers of stone, broken by cracks.
            const float layer = noise.fine.at(x * 0.004F, h * 0.05F),
                        crack = noise.ridged.at(x * 0.009F, h * 0.012F);
            const Vec3 rock =
                mix(srgb(0x55504c), srgb(0xa89c8c), clamp01(0.5F + layer * 0.7F + d * 0.2F)) *
                (1.0F - 0.3F * smooth(0.4F, 0.8F, crack));
            return mix(rock, mix(srgb(0x3f7030), srgb(0x78a848), clamp01(0.5F + q)),
                       smooth(0.62F, 0.85F, n.y));
        }
    }
    return {0.5F, 0.5F, 0.5F};
}

// Of the land, 0..1: crowns of trees show through, rocks where they are steep.
float snow_cover(ReliefKind kind, Vec3 n, float x, float z) {
    const float patches = 0.12F * std::sin(x * 0.9F) * std::sin(z * 0.7F);
    return kind == ReliefKind::woods ? 0.72F * smooth(0.25F, 0.75F, n.y + patches)
                                     : 0.92F * smooth(0.45F, 0.75F, n.y + patches);
}

}  // namespace

Backdrop bake_relief(const ReliefOrder& order, float margin, int width, int height, float focal,
                     const Mood& mood, const Noise& noise, std::uint32_t seed, Team& team) {
    Backdrop out;
    const auto kind = order.kind;
    if (kind == ReliefKind::none) return out;
    out.haze = std::clamp(mood.fog_density * 22.0F, 0.25F, 0.9F);
    const Land land{kind, order.strength, chance(seed, 31), noise};
    // Far land is soft anyway; three fifths of the frame's resolution are enough and quick.
    constexpr float kShare = 0.6F;
    const int columns = int(float(width) * (1.0F + 2.0F * margin) * kShare);
    const int above = int(kShare * std::min(float(height) * 0.62F, 0.60F * focal)), below = 6,
              rows = above + below;
    // Relief seen across a tall picture is drawn for a focal length of its own, so that peaks keep
    // their share.
    const float f = focal * kShare;
    Painting paint(columns, rows),
        glow(kind == ReliefKind::volcano ? columns : 0, kind == ReliefKind::volcano ? rows : 0);
    const Vec3 sun = unit(Vec3{mood.light.direction.x, std::max(0.25F, mood.light.direction.y),
                               -std::abs(mood.light.direction.z)});
    const float fog_rate = mood.fog_density * 0.22F;
    team.run((columns + 31) / 32, [&](int block, int) {
        std::vector<float> depth(std::size_t(rows), 0.0F);
        for (int x = block * 32; x < std::min(columns, block * 32 + 32); ++x) {
            const float rx = (float(x) + 0.5F - float(columns) * 0.5F) / f;
            std::fill(depth.begin(), depth.end(), 0.0F);
            int top = rows;
            float z = kNear, last_z = z, last_y = float(rows);
            while (z < kFar && top > 0) {
                const float h = land.height(rx * z, z),
                            y = float(above) - (h - kEye * 0.0F) * f / z;
                const int y0 = std::max(0, int(std::ceil(y)));
                for (int row = top - 1; row >= y0; --row) {
                    const float t = clamp01((float(row) - last_y) / std::min(-1e-3F, y - last_y));
                    depth[std::size_t(row)] = 1.0F / mix(1.0F / last_z, 1.0F / z, t);
                }
                top = std::min(top, y0), last_y = y, last_z = z;
                z += std::max(0.5F, z * 0.007F);
            }
            for (int row = top; row < rows; ++row) {
                const float d = depth[std::size_t(row)];
                if (d <= 0) continue;
                const float wx = rx * d, e = std::max(0.35F, d * 0.004F);
                const float h = land.height(wx, d);
                const Vec3 n =
                    unit({(land.height(wx - e, d) - land.height(wx + e, d)) / (2 * e), 1.0F,
                          (land.height(wx, d - e) - land.height(wx, d + e)) / (2 * e)});
                const float lit = std::max(0.0F, dot(n, sun));
                Vec3 base = land.color(wx, d, h, n);
                if (order.snow) base = mix(base, srgb(0xf2f6ff), snow_cover(kind, n, wx, d));
                Vec3 c = base * (mood.light.key * (lit * 1.15F) +
                                 mood.light.ambient_top * (0.35F + 0.45F * n.y));
                const auto i = paint.index(x, row);
                if (kind == ReliefKind::volcano) {
                    const float hot = h > 1.5F ? clamp01(land.lava(wx, d)) : 0.0F,
                                r = std::sqrt(wx * wx + (d - kConeZ) * (d - kConeZ));
                    c = c + Vec3{1.0F, 0.25F, 0.05F} * (std::exp(-r * 0.05F) * 0.35F);
                    c = mix(c, Vec3{1.7F, 0.48F, 0.06F}, hot);
                    glow.set(i, Vec3{1.6F, 0.5F, 0.08F}, hot);
                }
                const float fog = 1.0F - std::exp(-d * fog_rate);
                // Over the foot lies as much air as over the far end of the plain, so they join.
                const float low = out.haze * smooth(9.0F, 0.0F, h) * smooth(110.0F, 40.0F, d);
                c = mix(c, mood.fog, std::max(low, std::min(0.85F, fog)));
                // The upper edge is softened by how much of the pixel lies below the skyline.
                const float edge = row == top ? clamp01(float(top) - last_y + 0.35F) : 1.0F;
                paint.set(i, c, std::max(0.4F, edge));
            }
        }
    });
    out.land = make_sprite(paint);
    out.land.levels.resize(1);
    if (kind == ReliefKind::volcano) {
        out.glow = make_sprite(glow);
        out.glow.levels.resize(1);
        out.summit_y = 58.0F * kConeShare * focal / kConeZ;
    }
    out.horizon = float(above + kSpritePad);
    out.distance = 45.0F, out.scale = 1.0F / kShare;
    return out;
}

}  // namespace kinora::engines::storyboard
