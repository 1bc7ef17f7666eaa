// tests/unit/engines/storyboard/frames/kernels_test.cpp: the vector and the baseline kernels agree,
// at odd sizes too, and nothing is written outside a band.
#include "engines/storyboard/frames/bakes.hpp"
#include "engines/storyboard/frames/frame_buffer.hpp"
#include "engines/storyboard/frames/noise.hpp"

#include <gtest/gtest.h>

namespace kinora::engines::storyboard {
namespace {

constexpr int kStride = 160;

struct Rows {
    std::vector<float> data = std::vector<float>(kStride * 16 * 3, -7.0F),
                       scratch = std::vector<float>(kStride * kScratchRows);
    Band band(int width, int y0, int y1) {
        return {data.data(),
                data.data() + kStride * 16,
                data.data() + kStride * 32,
                kStride,
                width,
                y0,
                y1,
                scratch.data()};
    }
};

void expect_alike(int width, int y0, int y1,
                  const std::function<void(const Kernels&, const Band&)>& draw) {
    Rows one, other;
    draw(baseline_kernels(), one.band(width, y0, y1));
    draw(kernels(), other.band(width, y0, y1));
    for (int c = 0; c < 3; ++c) {
        for (int y = 0; y < y1 - y0; ++y) {
            for (int x = 0; x < kStride; ++x) {
                const auto i = std::size_t((c * 16 + y) * kStride + x);
                if (x < width)
                    ASSERT_NEAR(one.data[i], other.data[i], 0.02F) << c << " " << x << " " << y;
                else
                    ASSERT_EQ(other.data[i], -7.0F) << "beyond the row";
            }
        }
    }
}

struct Fixture {
    Team team{2};
    Noise noise{team};
    std::vector<float> gradient = std::vector<float>(3 * 257, 0.4F),
                       glow = std::vector<float>(257, 0.1F),
                       fog = std::vector<float>(3 * kStride, 0.7F);
};

Fixture& fixture() {
    static Fixture f;
    return f;
}

View view() {
    return {0.3F, 1.0F, 0.2F, 120, 60, 20};
}

TEST(Kernels, DrawTheSameSky) {
    auto& f = fixture();
    SkyArgs a{};
    a.view = view(), a.view.horizon_y = 60;
    a.y_end = 100, a.gradient = f.gradient.data(), a.glow = f.glow.data();
    a.sun_z = 1, a.sun = {1, 0.8F, 0.5F}, a.noise = f.noise.clouds.view();
    a.cloud_cover = 0.1F, a.cloud_density = 0.8F, a.cloud_scale = 0.16F, a.cloud_lit = {1, 1, 1};
    a.aurora = 1;
    for (const int width : {2, 34, 118, 130}) {
        expect_alike(width, 16, 32, [&](const Kernels& k, const Band& b) { k.sky(a, b); });
        expect_alike(width, 0, 6, [&](const Kernels& k, const Band& b) { k.sky(a, b); });
    }
}

TEST(Kernels, DrawTheSameGround) {
    auto& f = fixture();
    const auto texture = bake_ground(GroundKind::paving, f.noise, f.team);
    std::vector<Texels> levels;
    for (const auto& level : texture.levels) levels.push_back(level.view());
    GroundArgs a{};
    a.view = view(), a.texture = a.path = levels.data(),
    a.texture_levels = a.path_levels = int(levels.size());
    a.tile = 3, a.path_tile = 2, a.path_half = 0.5F, a.path_bend = 1, a.edge = 0.1F, a.dash = 1;
    a.light = {1, 1, 1}, a.macro = f.noise.wide.view(), a.macro_strength = 0.2F,
    a.cloud_shadow = 0.2F, a.caustics = 0.3F;
    a.fog = f.fog.data(), a.fog_stride = kStride, a.fog_density = 0.02F, a.fog_most = 1;
    for (const int kind : {0, 1, 2}) {
        a.path_kind = kind, a.path_at = kind == 2 ? 4.0F : 0.2F;
        for (const int width : {2, 38, 130})
            expect_alike(width, 16, 32, [&](const Kernels& k, const Band& b) { k.ground(a, b); });
    }
}

TEST(Kernels, DrawTheSameWater) {
    auto& f = fixture();
    std::vector<float> sky(3 * 4096, 0.5F), crest(3 * 257);
    for (std::size_t i = 0; i < 257; ++i) {
        const float p = float(i) / 256.0F * 2 * kPi;
        crest[i] = std::exp(2.1F * (std::cos(p) - 1)), crest[257 + i] = -std::sin(p),
        crest[514 + i] = std::sin(p);
    }
    WaterArgs a{};
    a.view = view(), a.view.y = 2;
    a.amplitude = 0.8F, a.shore_z = 9.2F, a.breaker = 1, a.ripple = 1, a.z_end = 1e6F,
    a.x_begin = -1e6F, a.x_end = 1e6F;
    a.fine = f.noise.fine.view(), a.wide = f.noise.wide.view(), a.sky = sky.data(),
    a.crest = crest.data();
    a.sun_z = 1, a.sun = {0.1F, 0.1F, 0.1F}, a.deep = {0, 0.05F, 0.1F}, a.sand = {0.7F, 0.5F, 0.3F},
    a.foam = {1, 1, 1}, a.light = 1;
    std::vector<float> depth(std::size_t(80 * 64), kFarWater);
    a.depth = depth.data(), a.depth_stride = 80;
    baseline_kernels().water_depth(a, depth.data(), 64, 65, 0, 65);
    for (const int width : {2, 46, 130}) {
        Rows rows;
        std::fill(rows.data.begin(), rows.data.end(), 0.5F);
        const auto band = rows.band(width, 32, 48);
        kernels().water(a, band);
        for (const float v : rows.data) ASSERT_TRUE(v >= 0 && v < 4);
        for (int y = 0; y < 16; ++y) EXPECT_EQ(rows.data[std::size_t(y * kStride + width)], 0.5F);
    }
}

TEST(Kernels, DrawTheSamePuppet) {
    for (const int width : {2, 62, 130}) {
        std::vector<float> shown[2];
        std::vector<std::uint32_t> texels[2];
        int n = 0;
        for (const auto* k : {&baseline_kernels(), &kernels()}) {
            std::vector<float> z(std::size_t(width * 40), -1e9F), rgb(z.size() * 3);
            Capsule c{};
            c.ax = 10, c.ay = 8, c.ar = 7, c.bx = float(width), c.by = 30, c.br = 12,
            c.color = {0.8F, 0.4F, 0.2F}, c.stripes = 12, c.belly_amount = 0.5F, c.shine = 0.2F;
            CelArgs a{};
            a.z = z.data(), a.rgb = rgb.data(), a.width = width, a.height = 40, a.capsules = &c,
            a.count = 1;
            a.light_z = 1, a.key = {1, 1, 1}, a.ambient_top = {0.3F, 0.3F, 0.3F}, a.rim = 0.5F;
            k->cel(a, 0, 20), k->cel(a, 20, 40);
            texels[n].resize(std::size_t(width / 2 * 20));
            k->resolve(a, texels[n].data(), 0, 20);
            shown[n++] = rgb;
        }
        for (std::size_t i = 0; i < shown[0].size(); ++i)
            ASSERT_NEAR(shown[0][i], shown[1][i], 0.02F);
        for (std::size_t i = 0; i < texels[0].size(); ++i) {
            ASSERT_LE(texels[1][i] & 255, (texels[1][i] >> 24) + 1);
            ASSERT_NEAR(double(texels[0][i] >> 24), double(texels[1][i] >> 24), 64);
        }
    }
}

TEST(Kernels, ToneTheSamePicture) {
    for (const auto& [width, height] : {std::pair{16, 16}, {18, 34}, {130, 50}}) {
        LightPlanes planes(width, height);
        for (std::size_t i = 0; i < planes.r.size(); ++i) {
            planes.r[i] = std::uint16_t(i * 37 % 30000),
            planes.g[i] = std::uint16_t(i * 91 % 30000), planes.b[i] = std::uint16_t(i % 9000);
        }
        media::Picture one(width, height), other(width, height);
        for (auto* picture : {&one, &other}) {
            PostArgs a{};
            a.r = planes.r.data(), a.g = planes.g.data(), a.b = planes.b.data(),
            a.stride = planes.stride;
            a.width = width, a.height = height, a.bloom = planes.bloom.data(),
            a.bloom_width = planes.bloom_width, a.bloom_height = planes.bloom_height;
            a.exposure = 1, a.grade = {1, 1, 1}, a.saturation = a.contrast = 1,
            a.tone_light = {1, 1, 1}, a.grain = 0.02F, a.vignette = 0.3F;
            const auto y = picture->plane(0), u = picture->plane(1), v = picture->plane(2);
            a.luma = y.data, a.cb = u.data, a.cr = v.data, a.luma_stride = y.stride,
            a.chroma_stride = u.stride;
            (picture == &one ? baseline_kernels() : kernels()).post(a, 0, height);
        }
        for (int i = 0; i < 3; ++i) {
            const auto p = one.plane(i), q = other.plane(i);
            for (int y = 0; y < p.height; ++y) {
                for (int x = 0; x < p.width; ++x) {
                    const int a = p.data[y * p.stride + x], b = q.data[y * q.stride + x];
                    ASSERT_NEAR(a, b, 2);
                    ASSERT_GE(b, 16);
                    ASSERT_LE(b, i == 0 ? 235 : 240);
                }
            }
        }
    }
}

}  // namespace
}  // namespace kinora::engines::storyboard
