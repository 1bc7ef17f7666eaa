// frames/interior.cpp: paints walls and finds which wall each column of the frame sees.
#include "engines/storyboard/frames/interior.hpp"

#include "engines/storyboard/frames/fronts.hpp"

namespace kinora::engines::storyboard {
namespace {

struct Paint {
    Vec3 color;
    bool glows = false;
};

bool in(float v, float a, float b) {
    return v > a && v < b;
}

// A window with panes; night is dark, day is bright.
bool window_at(float u, float v, float cu, float cv, float wu, float hv, bool night, Paint& out) {
    const float x = (u - cu) / wu, y = (v - cv) / hv;
    if (std::abs(x) > 1.12F || std::abs(y) > 1.12F) return false;
    if (std::abs(x) > 1 || std::abs(y) > 1 || std::abs(x) < 0.05F || std::abs(y - 0.1F) < 0.04F) {
        out = {srgb(0xf4f0e8)};
        return true;
    }
    const Vec3 top = night ? srgb(0x14224e) : srgb(0x7ab8ec),
               low = night ? srgb(0x2c3f7a) : srgb(0xdff0fa);
    Vec3 c = mix(low, top, y * 0.5F + 0.5F);
    const float hill = -0.45F + 0.2F * std::sin(x * 3.0F + cu * 9.0F);
    if (y < hill) c = night ? srgb(0x16283a) : srgb(0x78b054);
    out = {c, true};
    return true;
}

// `u` runs along the wall in 0..1, `v` upwards in 0..1.
Paint room_wall(float u, float v, bool back, bool night) {
    Paint p{mix(srgb(0xe8d2b0), srgb(0xdfc49c), std::sin(u * 120.0F) > 0.6F ? 1.0F : 0.0F)};
    if (v < 0.32F)
        p.color = std::abs(std::sin(u * 60.0F)) < 0.08F ? srgb(0xcabfae) : srgb(0xf0e8da);
    if (in(v, 0.31F, 0.335F) || v < 0.05F) p.color = srgb(0xfaf4ea);
    if (!back) return p;
    Paint w;
    if (window_at(u, v, 0.30F, 0.60F, 0.085F, 0.19F, night, w)) return w;
    // Curtains and a picture.
    for (const float c : {0.19F, 0.41F}) {
        if (std::abs(u - c) < 0.035F && in(v, 0.30F, 0.86F))
            return {srgb(0xc85a4a) * (0.8F + 0.25F * std::sin(u * 420.0F))};
    }
    if (in(u, 0.62F, 0.80F) && in(v, 0.50F, 0.78F)) {
        const bool frame = !in(u, 0.632F, 0.788F) || !in(v, 0.525F, 0.755F);
        const float x = (u - 0.71F) / 0.078F, y = (v - 0.64F) / 0.115F;
        if (frame) return {srgb(0x8a5a2a)};
        const Vec3 sky = mix(srgb(0xf6c88a), srgb(0x8ac0e0), clamp01(y * 0.5F + 0.5F));
        return {y < -0.2F + 0.5F * std::abs(std::sin(x * 2.2F + 0.6F)) - 0.3F ? srgb(0x5a8a5a)
                                                                              : sky};
    }
    return p;
}

Paint kitchen_wall(float u, float v, bool back, bool night) {
    const bool joint = fraction(u * 40.0F) < 0.06F || fraction(v * 15.0F) < 0.07F;
    Paint p{joint ? srgb(0xc8d4d4) : srgb(0xeef4f2)};
    if (!back) return {v < 0.36F ? srgb(0xd8b890) : srgb(0xf2e6d0)};
    if (in(u, 0.80F, 0.93F) && v < 0.72F) {  // Fridge.
        const bool gap = std::abs(v - 0.44F) < 0.006F || !in(u, 0.803F, 0.927F);
        const bool handle =
            std::abs(u - 0.815F) < 0.004F && (in(v, 0.30F, 0.41F) || in(v, 0.47F, 0.58F));
        return {gap      ? srgb(0x8a98a0)
                : handle ? srgb(0x6a7680)
                         : srgb(0xdce6ea) * (1.0F - 0.9F * std::abs(u - 0.85F))};
    }
    if (in(u, 0.42F, 0.56F) && v < 0.37F) {  // Stove: oven door and knobs.
        if (in(v, 0.31F, 0.355F))
            return {std::abs(fraction((u - 0.42F) * 36.0F) - 0.5F) < 0.2F ? srgb(0xd8d8d8)
                                                                          : srgb(0x40444c)};
        if (in(u, 0.435F, 0.545F) && in(v, 0.07F, 0.26F))
            return {mix(srgb(0x201a1a), srgb(0xd87a2a), 0.35F * (1 - v * 3)), true};
        return {in(v, 0.27F, 0.285F) ? srgb(0xe0e0e0) : srgb(0x5a6068)};
    }
    if (in(v, 0.36F, 0.40F)) return {srgb(0x8a6a4a)};  // Counter.
    if (in(v, 0.40F, 0.50F)) {                         // Pots and jars.
        const float cell = fraction(u * 16.0F);
        const int n = int(u * 16.0F);
        if (n % 3 == 1 && cell < 0.55F && v < 0.44F + 0.04F * chance(std::uint32_t(n)))
            return {mix(srgb(0xc0483a), srgb(0x4a8a9a), chance(std::uint32_t(n) + 9))};
        if (in(u, 0.44F, 0.54F) && v < 0.445F) return {srgb(0x70787e)};
    }
    if (v < 0.36F) {  // Lower cupboards.
        const float d = fraction(u * 13.0F);
        const bool knob = std::abs(d - 0.85F) < 0.05F && std::abs(v - 0.28F) < 0.015F;
        return {knob                                         ? srgb(0xf0e0b0)
                : d < 0.04F || v < 0.03F                     ? srgb(0x2f6a70)
                : in(d, 0.12F, 0.92F) && in(v, 0.07F, 0.32F) ? srgb(0x4a9098)
                                                             : srgb(0x3f8088)};
    }
    Paint w;
    if (window_at(u, v, 0.68F, 0.66F, 0.06F, 0.15F, night, w)) return w;
    if (in(v, 0.62F, 0.90F) && (in(u, 0.04F, 0.36F) || in(u, 0.95F, 1.0F))) {  // Upper cupboards.
        const float d = fraction(u * 13.0F);
        return {d < 0.04F || v < 0.63F                       ? srgb(0x2f6a70)
                : in(d, 0.12F, 0.92F) && in(v, 0.66F, 0.87F) ? srgb(0x4a9098)
                                                             : srgb(0x3f8088)};
    }
    if (in(u, 0.43F, 0.55F) && in(v, 0.68F, 0.95F))
        return {srgb(0xb0b8c0) * (0.8F + 0.3F * std::abs(u - 0.49F) * 8)};  // Hood.
    return p;
}

Paint books_wall(float u, float v, float shelves) {
    const float shelf = fraction(v * shelves), column = fraction(u * 5.0F);
    if (shelf < 0.09F || column < 0.03F) return {srgb(0x6a4024)};
    const int row = int(v * shelves), n = int(u * 95.0F);
    const float height = 0.60F + 0.33F * chance(std::uint32_t(n), std::uint32_t(row));
    if (shelf > height) return {srgb(0x2a1a10)};
    static constexpr int spines[] = {0xa83a30, 0x2f6a4a, 0x30508a, 0xc08a30,
                                     0x6a3a70, 0xd8c8a0, 0x3a7a88, 0x8a4a2a};
    const Vec3 c =
        srgb(spines[std::size_t(chance(std::uint32_t(n) + 77U, std::uint32_t(row)) * 8) % 8]);
    const float edge = fraction(u * 95.0F);
    const bool band = std::abs(shelf - height * 0.8F) < 0.025F;
    return {band ? srgb(0xe8cc80) : c * (0.65F + 0.5F * std::sin(edge * kPi))};
}

Paint office_wall(float u, float v, bool back, bool night) {
    Paint p{srgb(0xdde2e6)};
    if (v < 0.05F) p.color = srgb(0x8a949c);
    if (!back) return p;
    Paint w;
    if (in(u, 0.08F, 0.60F) && in(v, 0.30F, 0.88F)) {  // Glass with a skyline.
        const float x = (u - 0.08F) * 26.0F, cell = fraction(x);
        if (fraction((u - 0.08F) / 0.13F) < 0.04F || v > 0.865F || v < 0.315F)
            return {srgb(0x6a747c)};
        const float top = 0.34F + 0.34F * chance(std::uint32_t(x) + 5U);
        const Vec3 sky =
            night ? mix(srgb(0x2c3f7a), srgb(0x14224e), v) : mix(srgb(0xe4f2fa), srgb(0x7ab8ec), v);
        if (v > top) return {sky, true};
        const bool lit =
            chance(std::uint32_t(x * 4), std::uint32_t(v * 60.0F)) < (night ? 0.4F : 0.0F);
        return {lit ? Vec3{1.2F, 0.95F, 0.5F}
                    : mix(srgb(0x5a6a80), srgb(0x8a9ab0), cell) * (night ? 0.35F : 1.0F),
                true};
    }
    if (in(u, 0.68F, 0.92F) && in(v, 0.42F, 0.80F)) {  // A board with a chart.
        if (!in(u, 0.685F, 0.915F) || !in(v, 0.435F, 0.785F)) return {srgb(0x9aa4ac)};
        const float x = (u - 0.69F) / 0.22F;
        const float bar = 0.47F + 0.26F * chance(std::uint32_t(x * 7.0F) + 3U);
        return {fraction(x * 7.0F) < 0.6F && v < bar && v > 0.46F ? srgb(0x3a80c8)
                                                                  : srgb(0xfafcfc)};
    }
    // A desk with a screen.
    return p;
}

Paint class_wall(float u, float v, bool back) {
    Paint p{v < 0.36F ? srgb(0xb8d0b0) : srgb(0xf2ecd8)};
    if (!back) return p;
    if (in(u, 0.24F, 0.76F) && in(v, 0.36F, 0.82F)) {
        if (!in(u, 0.248F, 0.752F) || !in(v, 0.375F, 0.805F)) return {srgb(0xa8703a)};
        // Chalk: lines of writing and a triangle.
        const float line = fraction(v * 13.0F),
                    letter = std::sin(u * 260.0F + std::sin(u * 91.0F) * 4.0F);
        const bool text = in(u, 0.29F, 0.50F) && in(v, 0.46F, 0.76F) &&
                          std::abs(line - 0.5F - 0.15F * letter) < 0.10F &&
                          std::sin(u * 130.0F) > -0.6F;
        const float x = std::abs(u - 0.63F) * 5.2F, y = v - 0.44F;
        const bool triangle = y > 0 && std::abs(x * 0.55F + y - 0.27F) < 0.012F;
        const bool base = std::abs(y) < 0.008F && x < 0.5F;
        return {text || triangle || base ? srgb(0xe8f0e8) : srgb(0x2a5a44)};
    }
    if (in(u, 0.24F, 0.76F) && in(v, 0.34F, 0.36F)) return {srgb(0xa8703a)};
    if (in(u, 0.06F, 0.18F) && in(v, 0.48F, 0.78F)) {
        const int n = int((u - 0.06F) * 26.0F) + 4 * int(v * 14.0F);
        return {mix(srgb(0xf0c040), srgb(0x4aa0d0), chance(std::uint32_t(n)))};
    }
    const float clock = std::sqrt((u - 0.84F) * (u - 0.84F) * 6.5F + (v - 0.70F) * (v - 0.70F));
    if (clock < 0.075F) return {clock > 0.064F ? srgb(0x404040) : srgb(0xffffff)};
    return p;
}

Paint curtain(float u, float v, bool back) {
    const float folds =
        std::sin(u * (back ? 150.0F : 70.0F) + std::sin(v * 5.0F) * 0.5F) * 0.5F + 0.5F;
    Vec3 c = mix(srgb(0x5a0c18), srgb(0xc8242e), folds * folds);
    // The swag above, with a golden hem.
    const float swag = 0.84F - 0.08F * std::abs(std::sin(u * (back ? 22.0F : 12.0F)));
    if (v > swag) c = mix(srgb(0x7a1420), srgb(0xd83038), std::abs(std::sin(u * 22.0F)));
    if (std::abs(v - swag) < 0.014F || v < 0.02F) c = srgb(0xe8b840);
    return {c};
}

Paint stands(float u, float v, bool night) {
    if (v < 0.13F) {
        static constexpr int boards[] = {0x2a6ac8, 0xd83a30, 0xf0f0f0, 0x2a9a5a, 0xf0b020};
        return {srgb(boards[std::size_t(u * 24.0F) % 5]) *
                (in(v, 0.04F, 0.09F) && fraction(u * 96.0F) < 0.5F ? 1.5F : 1.0F)};
    }
    if (v > 0.93F) return {srgb(0xd8dee4)};
    const int row = int(v * 24.0F), seat = int(u * 330.0F) + row % 2 * 500;
    const float y = fraction(v * 24.0F);
    const auto id = std::uint32_t(seat * 57 + row * 1013);
    if (y < 0.2F) return {srgb(0x6a7078) * (night ? 0.6F : 1.0F)};
    static constexpr int shirts[] = {0xd84a40, 0x3a78c8, 0xf0e8d8, 0xf0b838, 0x58a868, 0x503a68};
    if (y > 0.68F) return {srgb(chance(id, 3) < 0.6F ? 0xe0b088 : 0x8a5a3a)};
    return {srgb(shirts[std::size_t(chance(id, 1) * 6) % 6])};
}

Paint cave_wall(const Noise& noise, float u, float v) {
    const float n = noise.ridged.at(u * 1.0F, v * 0.8F), d = noise.fine.at(u * 2.0F, v * 2.0F);
    Vec3 c = mix(srgb(0x2a2630), srgb(0x8a7866), clamp01(0.25F + n * 0.6F + d * 0.4F));
    const float vein = smooth(0.62F, 0.8F, noise.ridged.at(u * 2.0F + 0.3F, v * 1.7F));
    return {mix(c, srgb(0x58c8d8) * 0.9F, vein * 0.5F), vein > 0.5F};
}

Paint wall_paint(Interior kind, float u, float v, bool back, bool night, const Noise& noise) {
    switch (kind) {
        case Interior::kitchen:
            return kitchen_wall(u, v, back, night);
        case Interior::office:
            return office_wall(u, v, back, night);
        case Interior::library:
            return books_wall(back ? u : u * 0.6F, v, 6.0F);
        case Interior::classroom:
            return class_wall(u, v, back);
        case Interior::stage:
            return curtain(u, v, back);
        case Interior::hall:
            return stands(u, v, night);
        case Interior::cave:
            return cave_wall(noise, u, v);
        default:
            return room_wall(u, v, back, night);
    }
}

}  // namespace

InteriorSet bake_interior(Interior kind, float back, float room, float travel, const Mood& mood,
                          const Noise& noise, std::uint32_t seed, Team& team) {
    InteriorSet set;
    set.back = back;
    if (kind == Interior::street) {
        set.half_width = 3.0F, set.height = 5.6F, set.side_tile = 14.0F, set.back = 60.0F;
        set.walls.resize(2);
        team.run(2, [&](int i, int) {
            auto side = bake_street_side(set.height, mood, seed + std::uint32_t(i) * 977U);
            set.walls[std::size_t(i)] = std::move(side.texture);
            set.tops[i] = std::move(side.tops);
        });
        return set;
    }
    if (room > 1.0F) {
        set.half_width *= 1.25F * room, set.height *= room, set.side_tile *= room;
        set.back = back + 1.4F * room, set.drop = 0.45F * room, set.soft = 1;
    }
    if (kind == Interior::hall)
        set.half_width = 9.0F, set.back = back + 9.0F, set.height = 4.2F, set.side_tile = 9.0F;
    if (kind == Interior::stage) set.half_width = 3.8F, set.height = 3.6F;
    if (kind == Interior::cave)
        set.half_width = 3.6F, set.height = 6.0F, set.back = back + 4.0F, set.side_tile = 6.0F;
    set.back_tile = 2.0F * set.half_width;
    set.half_width += travel;
    const bool night = mood.night > 0.5F && kind != Interior::stage;
    const Vec3 light = mood.light.ambient_top * 0.75F + mood.light.key * 0.62F;
    set.walls.resize(2);
    for (int w = 0; w < 2; ++w) {
        Painting p(w == 0 ? 1024 : 512, 384);
        team.run(p.height / 16, [&](int block, int) {
            for (int y = block * 16; y < block * 16 + 16; ++y) {
                for (int x = 0; x < p.width; ++x) {
                    const float u = (float(x) + 0.5F) / float(p.width),
                                v = 1.0F - (float(y) + 0.5F) / float(p.height);
                    const Paint paint = wall_paint(kind, u, v, w == 0, night, noise);
                    // Corners and the upper edge lie in shade; the stage is lit from the middle.
                    float shade = 0.74F + 0.26F * smooth(0.0F, 0.16F, std::min(u, 1.0F - u)) -
                                  0.14F * smooth(0.6F, 1.0F, v);
                    if (kind == Interior::stage)
                        shade *= 0.30F + 0.75F * std::exp(-(u - 0.5F) * (u - 0.5F) * 9.0F);
                    if (kind == Interior::cave)
                        shade *=
                            0.35F + 0.9F * std::exp(-(u - 0.5F) * (u - 0.5F) * 10.0F - v * 1.2F);
                    if (w == 1) shade *= 0.82F;
                    const Vec3 c = paint.glows ? paint.color * (night ? 0.8F : 1.15F)
                                               : paint.color * light * shade;
                    p.set(p.index(x, y), c, 1.0F);
                }
            }
        });
        set.walls[std::size_t(w)] = make_texture(p, 1.6F);
    }
    set.ceiling = kind == Interior::stage || kind == Interior::cave ? Vec3{0.01F, 0.008F, 0.015F}
                                                                    : srgb(0xf4eee4) * light * 0.8F;
    return set;
}

void WallColumns::fill(const InteriorSet& set, const View& view, int width) {
    const auto n = std::size_t(width);
    z.resize(n), u.resize(n), height.resize(n), base.resize(n), kind.resize(n);
    const float hw = set.half_width, back = set.back - view.z;
    for (std::size_t x = 0; x < n; ++x) {
        const float rx = (float(x) + 0.5F - view.centre_x) / view.focal;
        const float wall = rx > 0 ? hw - view.x : -hw - view.x;
        const float side = std::abs(rx) > 1e-5F ? wall / rx : 1e9F;
        height[x] = set.height, base[x] = 0;
        if (!set.tops[0].empty()) {  // A street: houses at both sides, the open air at its end.
            const int which = rx > 0 ? 1 : 0;
            kind[x] = side > 0.25F && side < back ? std::uint8_t(which) : std::uint8_t(255);
            z[x] = std::max(0.25F, side),
            u[x] = (view.z + side) / set.side_tile + 0.37F * float(which);
            const auto& tops = set.tops[which];
            height[x] = tops[std::size_t(fraction(u[x]) * float(tops.size())) % tops.size()];
            continue;
        }
        if (side > 0 && side < back) {
            z[x] = side, kind[x] = 1,
            u[x] = (view.z + side) / set.side_tile + (rx > 0 ? 0.37F : 0.0F);
        } else {
            z[x] = back, kind[x] = 0, u[x] = (view.x + rx * back) / set.back_tile + 0.5F;
        }
    }
}

}  // namespace kinora::engines::storyboard
