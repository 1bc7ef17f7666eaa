// tests/unit/engines/storyboard/frames/kernels_test.cpp: every kernel of the table draws the same
// on every processor, whatever the numbers, the width and the place in memory.
//
// The baseline is compared with the best that this processor can run, on random arguments: within
// one step of 8 bits, since sums are reordered and AVX2 rounds a product and a sum once; `store` to
// the bit. Nothing may be written outside a band.
#include "kernel_pair.hpp"

namespace kinora::engines::storyboard {
namespace {

TEST(Kernels, AreTheBestThatThereAre) {
    EXPECT_STREQ(baseline_kernels().name, "baseline");
#ifdef __x86_64__
    const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    EXPECT_STREQ(kernels().name, wide ? "avx2" : "baseline");
#endif
}

TEST(Kernels, DrawTheSameSky) {
    for (std::uint32_t seed = 0; seed < 8; ++seed) {
        Dice dice(seed);
        std::vector<float> gradient;
        for (int c = 0; c < 3; ++c) {
            const auto part = dice.curve(257);
            gradient.insert(gradient.end(), part.begin(), part.end());
        }
        const auto glow = dice.curve(257);
        SkyArgs a{};
        a.view = view(dice), a.view.horizon_y = dice.in(10, 60);
        a.y_end = dice.whole(20, 100), a.gradient = gradient.data(), a.glow = glow.data();
        const Vec3 sun = unit({dice.in(-1, 1), dice.in(0, 1), dice.in(0.1F, 1)});
        a.sun_x = sun.x, a.sun_y = sun.y, a.sun_z = sun.z, a.sun = dice.color();
        a.noise = fixture().noise.clouds.view();
        a.cloud_u = dice.in(0, 1), a.cloud_u2 = dice.in(0, 1);
        a.cloud_cover = dice.in(-0.3F, 0.4F), a.cloud_density = dice.in(0, 1),
        a.cloud_scale = dice.in(0.05F, 0.2F);
        a.cloud_lit = dice.color(), a.cloud_shade = dice.color();
        a.aurora = seed % 2 == 0 ? 0.0F : dice.in(0, 1), a.aurora_phase = dice.in(0, 6);
        // A sky is drawn in pairs of columns; a picture's width is even.
        for (const int width : {2, 8, 34, 118, 130}) {
            expect_alike(width, 16, 32, [&](const Kernels& k, const Band& b) { k.sky(a, b); });
            expect_alike(width, 0, 6, [&](const Kernels& k, const Band& b) { k.sky(a, b); });
        }
    }
}

TEST(Kernels, DrawTheSameGround) {
    for (std::uint32_t seed = 0; seed < 9; ++seed) {
        Dice dice(seed);
        const Pictures texture(dice, 64, 64, true), path(dice, 32, 32, true);
        GroundArgs a{};
        a.view = view(dice);
        a.y_begin = dice.whole(0, 20);
        a.texture = texture.levels.data(), a.texture_levels = int(texture.levels.size());
        a.path = path.levels.data(), a.path_levels = int(path.levels.size());
        a.tile = dice.in(1, 4), a.path_tile = dice.in(1, 4);
        a.path_kind = int(seed % 3);
        a.path_at = a.path_kind == 2 ? a.view.z + dice.in(1, 6) : dice.in(-1, 1);
        a.path_half = dice.in(0.3F, 1), a.path_bend = dice.in(0, 1), a.edge = dice.in(0.05F, 0.2F);
        a.dash = seed < 3 ? 0.0F : dice.in(0.5F, 2);
        a.light = dice.color(), a.macro = fixture().noise.wide.view();
        a.macro_strength = dice.in(0, 0.4F), a.cloud_shift = dice.in(0, 1);
        a.cloud_shadow = dice.in(0, 0.4F), a.caustics = seed < 6 ? 0.0F : dice.in(0, 0.4F);
        a.fog = fixture().fog.data(), a.fog_stride = kStride, a.fog_density = dice.in(0, 0.1F);
        a.fog_most = dice.in(0.5F, 1), a.time = dice.in(0, 1);
        if (seed % 2 == 1) a.z_begin = 0.5F, a.z_end = 60;
        for (const int width : kWidths)
            expect_alike(width, 32, 48, [&](const Kernels& k, const Band& b) { k.ground(a, b); });
    }
}

// The tables of waves, as the engine makes them: height, slope, a sine.
std::vector<float> crests() {
    std::vector<float> crest(3 * 257);
    for (std::size_t i = 0; i < 257; ++i) {
        const float p = float(i) / 256.0F * 2 * kPi;
        crest[i] = std::exp(2.1F * (std::cos(p) - 1)), crest[257 + i] = -std::sin(p),
        crest[514 + i] = std::sin(p);
    }
    return crest;
}

// What a test of water needs for as long as it draws.
struct Sea {
    std::vector<float> sky, crest = crests(),
                            depth = std::vector<float>(std::size_t(80 * 64), kFarWater);
    WaterArgs args{};

    explicit Sea(std::uint32_t seed) {
        Dice dice(seed);
        for (int i = 0; i < 3 * 4096; ++i)
            sky.push_back(0.4F +
                          0.3F * std::sin(float(i / 64 % 64) * 0.04F + float(i % 64) * 0.03F));
        auto& a = args;
        a.view = view(dice), a.view.y = dice.in(1, 3);
        a.time_wave = dice.in(0, 6), a.drift_a = dice.in(0, 1), a.drift_b = dice.in(0, 1);
        a.amplitude = dice.in(0.1F, 1), a.ripple = dice.in(0.2F, 1.5F);
        a.breaker = seed % 2 == 0 ? 1.0F : 0.0F, a.shore_z = seed % 2 == 0 ? 9.2F : -1.0F;
        a.z_end = 1e6F, a.x_begin = -1e6F, a.x_end = 1e6F;
        a.fine = fixture().noise.fine.view(), a.wide = fixture().noise.wide.view();
        a.sky = sky.data(), a.crest = crest.data();
        const Vec3 sun = unit({dice.in(-1, 1), dice.in(0.1F, 1), dice.in(0.1F, 1)});
        a.sun_x = sun.x, a.sun_y = sun.y, a.sun_z = sun.z, a.sun = dice.color(0.3F);
        a.deep = dice.color(0.2F), a.crest_color = dice.color(0.3F), a.sand = dice.color(),
        a.foam = dice.color(), a.light = dice.in(0.3F, 1), a.fog_density = dice.in(0, 0.03F);
        a.depth_stride = 80;
        baseline_kernels().water_depth(a, depth.data(), 64, 80, 0, 80);
        a.depth = depth.data();
    }
};

TEST(Kernels, FindTheSameWaves) {
    for (std::uint32_t seed = 0; seed < 8; ++seed) {
        const Sea sea(seed);
        for (const auto& [x0, x1] : {std::pair{0, 1}, {0, 80}, {3, 20}, {7, 8}, {71, 80}}) {
            std::vector<float> one(sea.depth.size(), -1.0F), other(one);
            baseline_kernels().water_depth(sea.args, one.data(), 64, 80, x0, x1);
            kernels().water_depth(sea.args, other.data(), 64, 80, x0, x1);
            for (int i = 0; i < 64 * 80; ++i) {
                const auto at = std::size_t(i);
                if (i % 80 < x0 || i % 80 >= x1) {
                    ASSERT_EQ(one[at], -1.0F);
                    ASSERT_EQ(other[at], -1.0F);
                } else {
                    // A crest that ends a hair above or below a row hides another crest or not, so
                    // a few columns may differ there; all others agree on the distance.
                    if (std::abs(one[at] - other[at]) > 0.002F * one[at])
                        ADD_FAILURE() << seed << ": " << one[at] << " " << other[at] << " at " << i;
                }
            }
        }
    }
}

TEST(Kernels, DrawTheSameWater) {
    for (std::uint32_t seed = 0; seed < 8; ++seed) {
        Sea sea(seed);
        sea.args.coarse = seed >= 4;
        for (const int width : kWidths)
            expect_alike(width, 32, 48,
                         [&](const Kernels& k, const Band& b) { k.water(sea.args, b); },
                         // A neighbouring entry of a table, read by a hair, shows in four columns.
                         {true, 0.03F, 5 * kStep});
    }
}

TEST(Kernels, LayTheSamePicturesOver) {
    for (std::uint32_t seed = 0; seed < 24; ++seed) {
        Dice dice(seed);
        const Pictures picture(dice, dice.whole(5, 90), dice.whole(5, 60), false);
        const auto texels = picture.levels[0];
        const float turn = dice.in(-3, 3), scale = dice.in(0.3F, 2.5F);
        QuadArgs a{};
        a.texels = texels;
        a.ux = std::cos(turn) * scale, a.uy = std::sin(turn) * scale;
        a.vx = -a.uy, a.vy = a.ux;
        // The middle of the picture lies somewhere in the band.
        const float x = dice.in(0, 20), y = dice.in(18, 30);
        a.u0 = float(texels.width) / 2 - a.ux * x - a.uy * y;
        a.v0 = float(texels.height) / 2 - a.vx * x - a.vy * y;
        a.y0 = dice.whole(0, 18), a.y1 = dice.whole(30, 40);
        a.opacity = dice.in(0.2F, 1), a.cover = seed % 3 == 0 ? 0.0F : a.opacity;
        a.tint = dice.color(), a.fog = dice.in(0, 1), a.fog_color = dice.color();
        if (seed % 4 == 0) a.wobble = 3, a.wobble_rate = 0.5F, a.fade = 0.02F;
        for (const int width : kWidths) {
            expect_alike(width, 16, 32, [&](const Kernels& k, const Band& b) { k.quad(a, b); },
                         {width > 61});
        }
    }
}

TEST(Kernels, DrawTheSameDiscs) {
    for (std::uint32_t seed = 0; seed < 8; ++seed) {
        Dice dice(seed);
        std::vector<Disc> discs(40);
        for (auto& disc : discs)
            disc = {dice.in(-10, 160), dice.in(10, 40), dice.in(0.4F, 20),       dice.in(0.4F, 20),
                    dice.color(),      dice.in(0, 1),   float(dice.whole(0, 1)), dice.in(1, 8)};
        for (const int width : kWidths) {
            expect_alike(width, 16, 32,
                         [&](const Kernels& k, const Band& b) {
                             k.discs(discs.data(), int(discs.size()), b);
                         },
                         {width > 7});
        }
    }
}

TEST(Kernels, DrawTheSameWalls) {
    for (std::uint32_t seed = 0; seed < 8; ++seed) {
        Dice dice(seed);
        const Pictures back(dice, 64, 32, true), side(dice, 128, 64, true);
        const Texels* textures[] = {back.levels.data(), side.levels.data()};
        std::vector<float> z, u, height, base;
        std::vector<std::uint8_t> kind;
        // A back wall with a gap between two side walls, as a room has them.
        for (int x = 0; x < kStride; ++x) {
            const float away = std::abs(float(x) - 70.0F) / 70.0F;
            const bool far = away < 0.5F;
            kind.push_back(far ? (x % 50 == 3 ? 255 : 0) : 1);
            z.push_back(far ? 6.0F : 3.0F / away);
            u.push_back(far ? float(x) * 0.013F : z.back() * dice.in(0.399F, 0.401F));
            height.push_back(2.1F + 0.3F * std::sin(float(x) * 0.2F));
            base.push_back(x % 40 < 20 ? 0.0F : 0.4F);
        }
        WallArgs a{};
        a.view = view(dice), a.view.horizon_y = dice.in(15, 35);
        a.z = z.data(), a.u = u.data(), a.kind = kind.data(), a.height = height.data(),
        a.base = base.data();
        a.textures = textures, a.levels = int(back.levels.size()), a.texture_height = 2.1F;
        for (auto& light : a.light) light = dice.color();
        a.fog = fixture().fog.data(), a.fog_stride = kStride, a.fog_density = dice.in(0, 0.1F);
        for (const int width : kWidths)
            expect_alike(width, 16, 32, [&](const Kernels& k, const Band& b) { k.walls(a, b); });
    }
}

TEST(Kernels, DrawTheSamePuppet) {
    for (std::uint32_t seed = 0; seed < 8; ++seed) {
        for (const int width : {2, 14, 62, 130}) {
            Dice dice(seed);
            std::vector<Capsule> capsules(6);
            for (auto& c : capsules) {
                c = {dice.in(-5, float(width)),
                     dice.in(-5, 45),
                     dice.in(-9, 9),
                     dice.in(1, 12),
                     dice.in(0, 130),
                     dice.in(-5, 45),
                     dice.in(-9, 9),
                     dice.in(1, 12),
                     dice.color(),
                     dice.color(),
                     dice.in(0, 1),
                     float(dice.whole(0, 12)),
                     dice.in(0, 0.6F),
                     dice.in(0, 0.3F)};
            }
            const Vec3 light = unit({dice.in(-1, 1), dice.in(0, 1), dice.in(0.1F, 1)});
            const Color key = dice.color(1.5F), top = dice.color(0.5F), bottom = dice.color(0.3F);
            std::vector<float> depth[2], shown[2];
            std::vector<std::uint32_t> texels[2];
            for (int n = 0; n < 2; ++n) {
                const auto& k = n == 0 ? baseline_kernels() : kernels();
                depth[n].assign(std::size_t(width * 40), -1e9F);
                shown[n].assign(depth[n].size() * 3, 0.0F);
                CelArgs a{};
                a.z = depth[n].data(), a.rgb = shown[n].data(), a.width = width, a.height = 40;
                a.capsules = capsules.data(), a.count = int(capsules.size());
                a.light_x = light.x, a.light_y = light.y, a.light_z = light.z;
                a.key = key, a.ambient_top = top, a.ambient_bottom = bottom, a.rim = 0.5F;
                k.cel(a, 0, 20), k.cel(a, 20, 40);
                // Of one and the same cel, so that only this step is compared.
                a.z = depth[0].data(), a.rgb = shown[0].data();
                texels[n].resize(std::size_t(width / 2 * 20));
                k.resolve(a, texels[n].data(), 0, 11), k.resolve(a, texels[n].data(), 11, 20);
            }
            // At the rim of a capsule, and where two of them touch, a hair decides; elsewhere all
            // agree.
            std::size_t apart = 0;
            for (std::size_t i = 0; i < depth[0].size(); ++i) {
                const bool same = std::abs(depth[0][i] - depth[1][i]) < 0.05F;
                apart += same ? 0U : 1U;
                for (std::size_t c = 0; c < 3 && same; ++c) {
                    const auto at = c * depth[0].size() + i;
                    ASSERT_NEAR(shown[0][at], shown[1][at], kStep) << seed << " at " << i;
                }
            }
            EXPECT_LE(apart, depth[0].size() / 200) << seed << ", width " << width;
            for (std::size_t i = 0; i < texels[0].size(); ++i) {
                for (int c = 0; c < 32; c += 8)
                    ASSERT_NEAR(double(texels[0][i] >> c & 255), double(texels[1][i] >> c & 255),
                                1);
                ASSERT_LE(texels[1][i] & 255, (texels[1][i] >> 24) + 1) << "not premultiplied";
            }
        }
    }
}

TEST(Kernels, KeepTheSameLight) {
    for (const int width : {8, 9, 31, 38, 130}) {
        const int rows = 24, cells = (width + 7) / 8;
        std::vector<std::uint16_t> kept[2];
        std::vector<float> bloom[2];
        for (int n = 0; n < 2; ++n) {
            kept[n].assign(std::size_t(3 * rows * kStride), 7);
            bloom[n].assign(std::size_t(3 * 3 * cells), 0.0F);
            StoreArgs a{};
            a.r = kept[n].data(), a.g = a.r + rows * kStride, a.b = a.g + rows * kStride;
            a.stride = kStride, a.bloom = bloom[n].data(), a.bloom_width = cells,
            a.bloom_height = 3, a.threshold = 0.6F;
            for (const auto& [y0, y1] : {std::pair{0, 16}, {16, 24}}) {
                Rows band(width, 3, std::uint32_t(y1));
                band.data[5] = -1, band.data[6] = 100;  // Below and above what can be kept.
                const auto& k = n == 0 ? baseline_kernels() : kernels();
                k.store(a, band.band(width, y0, y1));
            }
        }
        EXPECT_EQ(kept[0], kept[1]) << width;  // Exact: each value is clamped and scaled alone.
        for (std::size_t i = 0; i < bloom[0].size(); ++i)
            ASSERT_NEAR(bloom[0][i], bloom[1][i], kStep) << width;
        for (int i = 0; i < 3 * rows; ++i) ASSERT_EQ(kept[1][std::size_t(i * kStride + width)], 7);
    }
}

TEST(Kernels, ToneTheSamePicture) {
    for (std::uint32_t seed = 0; seed < 6; ++seed) {
        for (const auto& [width, height] : {std::pair{16, 16}, {18, 34}, {62, 26}, {130, 50}}) {
            Dice dice(seed);
            LightPlanes planes(width, height);
            for (auto* plane : {&planes.r, &planes.g, &planes.b})
                for (auto& value : *plane) value = std::uint16_t(dice.whole(0, 32686));
            for (auto& cell : planes.bloom) cell = dice.in(0, 1);
            PostArgs a{};
            a.r = planes.r.data(), a.g = planes.g.data(), a.b = planes.b.data(),
            a.stride = planes.stride;
            a.width = width, a.height = height, a.bloom = planes.bloom.data(),
            a.bloom_width = planes.bloom_width, a.bloom_height = planes.bloom_height;
            a.bloom_gain = dice.in(0, 0.5F), a.exposure = dice.in(0.5F, 1.5F),
            a.grade = {dice.in(0.8F, 1.2F), 1, dice.in(0.8F, 1.2F)};
            a.saturation = dice.in(0, 1.4F), a.contrast = dice.in(0.8F, 1.3F),
            a.tone_light = {1, dice.in(0.9F, 1), dice.in(0.8F, 1)}, a.tone_dark = dice.color(0.1F);
            a.grain = dice.in(0, 0.05F), a.vignette = dice.in(0, 0.5F), a.frame = dice.bits();
            media::Picture pictures[] = {{width, height}, {width, height}};
            for (int n = 0; n < 2; ++n) {
                const auto y = pictures[n].plane(0), u = pictures[n].plane(1),
                           v = pictures[n].plane(2);
                a.luma = y.data, a.cb = u.data, a.cr = v.data, a.luma_stride = y.stride,
                a.chroma_stride = u.stride;
                (n == 0 ? baseline_kernels() : kernels()).post(a, 0, height);
            }
            for (int i = 0; i < 3; ++i) {
                const auto p = pictures[0].plane(i), q = pictures[1].plane(i);
                for (int y = 0; y < p.height; ++y) {
                    for (int x = 0; x < p.width; ++x) {
                        const int one = p.data[y * p.stride + x], other = q.data[y * q.stride + x];
                        ASSERT_NEAR(one, other, 1) << seed << ": plane " << i;
                        ASSERT_GE(other, 16);
                        ASSERT_LE(other, i == 0 ? 235 : 240);
                    }
                }
            }
        }
    }
}

// To the bit: strokes are chosen by whole numbers. Every colour of the outcome lies between those
// around it, but for the paper's grain.
TEST(Kernels, PaintTheSameStrokes) {
    for (const int width : kWidths) {
        Dice dice(std::uint32_t(width) * 7U);
        const int height = dice.whole(1, 40), y0 = dice.whole(0, height - 1),
                  y1 = dice.whole(y0 + 1, height);
        StrokeArgs a{};
        a.width = width, a.height = height, a.stride = kStride;
        a.radius = dice.whole(1, kStrokeRadiusMax);
        std::vector<std::uint16_t> in(std::size_t(3 * kStride * height));
        for (auto& value : in) value = std::uint16_t(dice.whole(1000, 30000));
        std::vector<std::uint16_t> out[2] = {in, in};
        for (int n = 0; n < 2; ++n) {
            std::vector<int> scratch(std::size_t(stroke_scratch(width, a.radius)));
            a.scratch = scratch.data();
            for (int c = 0; c < 3; ++c) {
                a.in[c] = in.data() + std::ptrdiff_t(c) * kStride * height;
                a.out[c] = out[n].data() + std::ptrdiff_t(c) * kStride * height;
            }
            (n == 0 ? baseline_kernels() : kernels()).strokes(a, y0, y1);
        }
        ASSERT_EQ(out[0], out[1]) << width;
        for (int c = 0; c < 3; ++c) {
            for (int y = 0; y < height; ++y) {
                for (int x = 0; x < kStride; ++x) {
                    const auto k = std::size_t((c * height + y) * kStride + x);
                    const bool painted = y >= y0 && y < y1 && x < width;
                    if (!painted) {
                        ASSERT_EQ(out[0][k], in[k]) << "outside, at " << x << ", " << y;
                        continue;
                    }
                    int low = 65535, high = 0;
                    for (int j = -a.radius; j <= a.radius; ++j) {
                        for (int i = -a.radius; i <= a.radius; ++i) {
                            const int yy = std::clamp(y + j, 0, height - 1),
                                      xx = std::clamp(x + i, 0, width - 1);
                            const int near = in[std::size_t((c * height + yy) * kStride + xx)];
                            low = std::min(low, near), high = std::max(high, near);
                        }
                    }
                    ASSERT_GE(out[0][k], low * 0.96);
                    ASSERT_LE(out[0][k], high * 1.04);
                }
            }
        }
    }
}

}  // namespace
}  // namespace kinora::engines::storyboard
