// frames/fronts.cpp: house fronts and towers, chosen by a seed and lit for a shot.
#include "engines/storyboard/frames/fronts.hpp"

namespace kinora::engines::storyboard {

bool has_neon(const Mood& mood) {
    return luminance(mood.light.ambient_bottom) > 0.15F && mood.night > 0.5F;
}

FrontPlan front_plan(bool tower, std::uint32_t seed, const Mood& mood) {
    static constexpr int walls[] = {0xc9846a, 0xd9b48a, 0xa8b4bc, 0xc8a878, 0x9a6a5a, 0xe0d2b8};
    static constexpr int glass[] = {0x6a9cc8, 0x5a86a8, 0x7ab0c0, 0x6a8098};
    FrontPlan f;
    f.seed = seed, f.tower = tower, f.shop = !tower;
    f.floors = tower ? 14 + int(8 * chance(seed, 1)) : 4 + int(3 * chance(seed, 1)),
    f.bays = tower ? 6 : 4 + int(2 * chance(seed, 2));
    f.wall = tower ? srgb(0x8a94a0) : srgb(walls[std::size_t(chance(seed, 3) * 6) % 6]);
    f.trim = mix(srgb(0xf2ead8),
                 srgb(std::array{0xb8443a, 0x3a7a5a, 0x3a5a9a,
                                 0xc08a30}[std::size_t(chance(seed, 4) * 4) % 4]),
                 f.shop ? 0.65F : 0.2F);
    f.glass = srgb(glass[std::size_t(chance(seed, 5) * 4) % 4]) * 0.8F;
    f.lamp = Vec3{1.9F, 1.35F, 0.62F};
    f.lit = mood.night > 0.3F ? 0.12F + 0.22F * mood.night : 0.0F;
    return f;
}

// Painted fronts carry their own light; walls are lit, lamps are not.
Painting lit_front(const FrontPlan& plan, const Mood& mood) {
    Painting p = paint_front(plan);
    const Vec3 light = mood.light.ambient_top * 0.8F + mood.light.key * 0.55F;
    const bool neon = has_neon(mood);
    for (int y = 0; y < p.height; ++y) {
        for (int x = 0; x < p.width; ++x) {
            const auto i = p.index(x, y);
            const Vec3 c = p.color(i);
            if (plan.lit > 0 && c.x > 0.45F && c.z < c.x * 0.62F) continue;  // A lamp.
            const float low = neon ? smooth(0.5F, 1.0F, float(y) / float(p.height)) : 0.0F;
            p.set(i, c * (light + mood.light.ambient_bottom * (0.15F + low)), 1);
        }
    }
    return p;
}

namespace {

constexpr int kHouses = 6, kSideWidth = 2048, kSideHeight = 512;

// A sign of coloured light: a board with a bright rim and strokes that could be letters.
void hang_sign(Painting& p, int x0, int y0, int w, int h, Vec3 color, std::uint32_t seed) {
    for (int y = std::max(0, y0); y < std::min(p.height, y0 + h); ++y) {
        for (int x = std::max(0, x0); x < std::min(p.width, x0 + w); ++x) {
            const int edge = std::min({x - x0, y - y0, x0 + w - 1 - x, y0 + h - 1 - y});
            const int cell = std::max(1, w - 10), row = (y - y0 - 5) / cell;
            const float u = float(x - x0 - 5) / float(cell),
                        v = fraction(float(y - y0 - 5) / float(cell));
            const auto letter = seed + std::uint32_t(row) * 17U;
            bool stroke = false;
            for (std::uint32_t k = 0; k < 4; ++k) {
                const float at = 0.18F + 0.64F * chance(letter, k);
                const bool level = chance(letter, k + 9) < 0.5F;
                stroke = stroke || std::abs((level ? v : u) - at) < 0.07F;
            }
            const bool inside = edge > 4 && u > 0.08F && u < 0.92F && v > 0.1F && v < 0.9F;
            const bool rim = edge < 3;
            p.set(p.index(x, y), rim || (inside && stroke) ? color : color * 0.12F, 1);
        }
    }
}

}  // namespace

StreetSide bake_street_side(float height, const Mood& mood, std::uint32_t seed) {
    static constexpr int kNeon[] = {0xff3fb4, 0x35e0ff, 0xffc62e, 0x7a5cff, 0x52ff9a, 0xff5a3c};
    StreetSide side;
    Painting strip(kSideWidth, kSideHeight);
    const int wide = kSideWidth / kHouses;
    const float px = float(kSideHeight) / height;  // Texels of one scene unit, upwards.
    const bool neon = has_neon(mood);
    for (int house = 0; house < kHouses; ++house) {
        const auto own = seed + std::uint32_t(house) * 131U;
        FrontPlan plan = front_plan(false, own, mood);
        plan.bays = 5, plan.floors = 4 + int(4 * chance(own, 77));
        if (mood.night > 0.3F) plan.lit += 0.12F;
        const Painting front = lit_front(plan, mood);
        const float top = std::min(height * 0.98F, 0.62F * float(plan.floors));
        const int x0 = house * kSideWidth / kHouses, rows = int(top * px);
        for (int y = kSideHeight - rows; y < kSideHeight; ++y) {
            for (int x = 0; x < wide + 1 && x0 + x < kSideWidth; ++x) {
                const int sx = std::min(front.width - 1, x * front.width / wide),
                          sy = std::min(front.height - 1,
                                        (y - (kSideHeight - rows)) * front.height / rows);
                strip.set(strip.index(x0 + x, y), front.color(front.index(sx, sy)), 1);
            }
        }
        for (std::uint32_t k = 0; neon && k < 3; ++k) {
            const bool tall = chance(own, k + 31) < 0.6F;
            const int w = tall ? wide / 8 : wide / 3, h = tall ? int(1.1F * px) : int(0.34F * px);
            const int x = x0 + 8 + int(chance(own, k + 41) * float(wide - w - 16)),
                      y = kSideHeight - int((0.95F + 1.2F * chance(own, k + 51)) * px) - h / 2;
            hang_sign(strip, x, y, w, h,
                      srgb(kNeon[std::size_t(chance(own, k + 61) * 6) % 6]) * 1.9F, own + k);
        }
        side.tops.push_back(top);
    }
    side.texture = make_texture(strip, 1.6F);
    return side;
}

}  // namespace kinora::engines::storyboard
