// frames/bake_ground.cpp: what the ground is made of, as textures that tile.
#include "engines/storyboard/frames/bakes.hpp"

namespace kinora::engines::storyboard {
namespace {

constexpr int kSide = 512;

// A place on the texture, with noise that tiles because its frequencies are whole numbers.
struct Spot {
    float u, v;
    const Noise* noise;
    float fine(int times, float shift = 0) const {
        return noise->fine.at(u * float(times) + shift, v * float(times) + shift * 0.7F);
    }
    float wide(int times, float shift = 0) const {
        return noise->wide.at(u * float(times) + shift, v * float(times) + shift * 0.7F);
    }
    float ridge(int times, float shift = 0) const {
        return noise->ridged.at(u * float(times) + shift, v * float(times) + shift * 0.7F);
    }
};

Vec3 grass(const Spot& s) {
    const float n = s.fine(1), blades = s.noise->fine.at(s.u * 4.0F, s.v * 2.0F + 0.3F);
    const Vec3 c = mix(srgb(0x4f8429), srgb(0x98c552), clamp01(0.5F + n * 0.35F + blades * 0.5F));
    return c * (0.78F + 0.26F * clamp01(0.5F + s.fine(8) * 0.9F));
}

Vec3 soil(const Spot& s, int dark, int light, float contrast) {
    const float n = s.fine(1) * 0.7F + s.fine(4) * 0.4F;
    const float stones = smooth(0.45F, 0.7F, s.fine(7, 0.3F));
    return mix(mix(srgb(dark), srgb(light), clamp01(0.5F + n * contrast)), srgb(light) * 1.15F,
               stones * 0.4F);
}

Vec3 sand(const Spot& s, int dark, int light) {
    const float ripple = std::sin((s.v * 26.0F + s.wide(1) * 3.0F + s.fine(1) * 1.2F) * 2.0F * kPi);
    return mix(srgb(dark), srgb(light), clamp01(0.55F + ripple * 0.16F + s.fine(3) * 0.25F));
}

Vec3 snow(const Spot& s) {
    const float n = s.wide(2) * 0.5F + s.fine(2) * 0.3F;
    const float glint = chance(std::uint32_t(s.u * 512.0F), std::uint32_t(s.v * 512.0F) + 77U);
    return mix(srgb(0xb9cbe6), srgb(0xf7fbff), clamp01(0.62F + n * 0.6F)) *
           (glint > 0.993F ? 1.15F : 1.0F);
}

Vec3 rock(const Spot& s, int dark, int light) {
    const float n = s.ridge(1) * 0.9F + s.fine(2) * 0.5F;
    return mix(srgb(dark), srgb(light), clamp01(0.35F + n * 0.6F)) *
           (0.85F + 0.3F * clamp01(s.fine(6)));
}

// Boards along the depth, or bricks and slabs: `across` by `along` pieces with dark joints.
Vec3 pieces(const Spot& s, int across, int along, float shift, int dark, int light, float joint,
            float grain) {
    const float u = s.u * float(across);
    const int column = int(u);
    const float v = s.v * float(along) + shift * float(column % 2) +
                    (shift > 0.9F ? chance(std::uint32_t(column)) * float(along) : 0.0F);
    const int row = int(std::floor(v)) % along;
    const float tone = chance(std::uint32_t(column * 37 + row * 101));
    const float du = 0.5F - std::abs(fraction(u) - 0.5F), dv = 0.5F - std::abs(fraction(v) - 0.5F);
    const float gap =
        smooth(joint * 0.5F, joint, du) * smooth(joint * 0.5F * float(along) / float(across),
                                                 joint * float(along) / float(across), dv);
    const float streak = s.noise->fine.at(s.u * 9.0F, s.v) * grain;
    const Vec3 c = mix(srgb(dark), srgb(light), clamp01(0.25F + tone * 0.5F + streak));
    return c * (0.45F + 0.55F * gap);
}

// Two rails along `u` in the middle of the texture, on sleepers and ballast.
Vec3 railway(const Spot& s) {
    const float off = std::abs(s.v - 0.5F), grain = s.fine(9), rail = std::abs(off - 0.20F);
    Vec3 c = mix(srgb(0x4c463f), srgb(0xa0978a), clamp01(0.5F + grain * 0.8F));
    const float sleeper = std::abs(fraction(s.u * 7.0F) - 0.5F);
    if (off < 0.34F && sleeper < 0.22F)
        c = mix(srgb(0x4a3422), srgb(0x8a6644), clamp01(0.5F + s.fine(5) * 0.7F)) *
            (0.75F + 0.25F * smooth(0.22F, 0.17F, sleeper));
    if (rail < 0.042F) c = c * 0.45F;  // The rail's own shade.
    if (rail < 0.026F) c = mix(srgb(0x6a6e74), srgb(0xf2f4f6), smooth(0.026F, 0.008F, rail));
    return c;
}

Vec3 moon(const Spot& s) {
    float shade = 0.62F + s.fine(1) * 0.16F + s.fine(5) * 0.1F;
    for (std::uint32_t i = 0; i < 26; ++i) {
        const float r = 0.012F + 0.06F * chance(i, 3) * chance(i, 5);
        float dx = s.u - chance(i, 1), dy = s.v - chance(i, 2);
        dx -= std::round(dx), dy -= std::round(dy);
        const float d = std::sqrt(dx * dx + dy * dy) / r;
        if (d > 1.4F) continue;
        shade += (smooth(0.75F, 1.0F, d) - smooth(1.0F, 1.4F, d)) * 0.20F -
                 smooth(0.95F, 0.5F, d) * 0.16F + (d < 1.0F ? dy / r * 0.10F : 0.0F);
    }
    return srgb(0xc9c6c2) * std::clamp(shade, 0.1F, 1.1F);
}

Vec3 shade_of(GroundKind kind, const Spot& s) {
    switch (kind) {
        case GroundKind::none:
        case GroundKind::grass:
            return grass(s);
        case GroundKind::meadow: {
            const Vec3 c = mix(grass(s), srgb(0xc7b45c), clamp01(s.wide(2) * 0.5F));
            const float spot = s.fine(16, 0.2F);
            return mix(c, srgb(s.wide(1) > 0 ? 0xf3e6a0 : 0xe9c9e4),
                       smooth(0.62F, 0.75F, spot) * 0.6F);
        }
        case GroundKind::sand:
            return sand(s, 0xcfa469, 0xf4dcaa);
        case GroundKind::seabed:
            return sand(s, 0xa39a78, 0xe6dcb4);
        case GroundKind::snow:
            return snow(s);
        case GroundKind::rock:
            return rock(s, 0x5a544f, 0xa9a097);
        case GroundKind::lava:
            return rock(s, 0x2a2222, 0x6b4d45);
        case GroundKind::dirt:
            return soil(s, 0x8a6a45, 0xd8b98a, 0.8F);
        case GroundKind::forest_floor: {
            const Vec3 c = mix(soil(s, 0x4a3a22, 0x7d6238, 0.9F), srgb(0x4c7a2a),
                               smooth(-0.1F, 0.4F, s.fine(2, 0.4F)));
            return mix(c, srgb(0xa8702c), smooth(0.5F, 0.65F, s.fine(10)) * 0.5F);
        }
        case GroundKind::asphalt:
            return srgb(0x55565c) * (0.85F + 0.25F * s.fine(8) + 0.16F * s.fine(1));
        case GroundKind::paving:
            return pieces(s, 6, 6, 0.5F, 0x9a948c, 0xc9c2b6, 0.04F, 0.1F);
        case GroundKind::planks:
            return pieces(s, 8, 2, 1.0F, 0x8a5a30, 0xc99a5e, 0.03F, 0.25F);
        case GroundKind::stage:
            return pieces(s, 10, 2, 1.0F, 0x6b3d22, 0x9a6238, 0.03F, 0.2F);
        case GroundKind::tiles: {
            const bool odd = (int(s.u * 8.0F) + int(s.v * 8.0F)) % 2 != 0;
            const float du = 0.5F - std::abs(fraction(s.u * 8.0F) - 0.5F),
                        dv = 0.5F - std::abs(fraction(s.v * 8.0F) - 0.5F);
            return srgb(odd ? 0xe9e2d4 : 0xa9bcc4) *
                   (0.7F + 0.3F * smooth(0.01F, 0.04F, std::min(du, dv)));
        }
        case GroundKind::carpet:
            return mix(srgb(0x8c5a4a), srgb(0xb98468), clamp01(0.5F + s.fine(10) * 0.6F));
        case GroundKind::moon:
            return moon(s);
        case GroundKind::field: {
            const float row = std::sin(s.u * 16.0F * kPi);
            return mix(soil(s, 0x5d4326, 0x8a683f, 0.7F),
                       mix(srgb(0x5f8f2c), srgb(0xb4cc58), clamp01(0.5F + s.fine(4))),
                       smooth(-0.25F, 0.35F, row + s.fine(6) * 0.5F));
        }
        case GroundKind::ice:
            return mix(srgb(0x9cc7e0), srgb(0xe6f6ff),
                       clamp01(0.5F + s.wide(2) * 0.5F + smooth(0.55F, 0.8F, s.ridge(2)) * 0.5F));
        case GroundKind::railway:
            return railway(s);
        case GroundKind::court: {
            const bool band = int(s.u * 4.0F) % 2 != 0;
            return grass(s) * (band ? 0.82F : 1.08F);
        }
    }
    return grass(s);
}

}  // namespace

Sprite bake_ground(GroundKind kind, const Noise& noise, Team& team) {
    Painting p(kSide, kSide);
    team.run(kSide / 16, [&](int block, int) {
        for (int y = block * 16; y < block * 16 + 16; ++y) {
            for (int x = 0; x < kSide; ++x) {
                const Spot spot{float(x) / float(kSide), float(y) / float(kSide), &noise};
                p.set(p.index(x, y), shade_of(kind, spot), 1.0F);
            }
        }
    });
    return make_texture(p, 1.0F);
}

}  // namespace kinora::engines::storyboard
