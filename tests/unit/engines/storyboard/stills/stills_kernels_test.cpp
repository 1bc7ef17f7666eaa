// tests/unit/engines/storyboard/stills/stills_kernels_test.cpp: both instruction sets look pictures
// up alike.
#include "engines/storyboard/stills/kernels/stills_kernels.hpp"

#include "engines/storyboard/stills/texture.hpp"
#include "engines/storyboard/stills/view_fields.hpp"
#include "given.hpp"

#include <random>

namespace kinora::engines::storyboard {
namespace {

struct Rows {
    std::vector<float> memory;
    Band band{};
    explicit Rows(int width, int y0, int y1) {
        const std::ptrdiff_t stride = width + 17;
        memory.assign(std::size_t(stride * (3 * (y1 - y0) + kScratchRows)), 0.0F);
        band.r = memory.data(), band.g = band.r + stride * (y1 - y0);
        band.b = band.g + stride * (y1 - y0), band.scratch = band.b + stride * (y1 - y0);
        band.stride = stride, band.width = width, band.y0 = y0, band.y1 = y1;
    }
};

TEST(StillsKernels, LookUpAlikeAtAnyShift) {
    Team team(1);
    std::mt19937 random(3);
    for (const int width : {16, 38, 62, 130}) {
        const int height = 24;
        const Texture one(painted([](float x, float y) { return ground(x, y); }, width, height),
                          team),
            two(painted([](float x, float y) { return ground(x, y, 50); }, width, height), team);
        for (int shift = 0; shift <= 3; ++shift) {
            ViewFields fields;
            const Mesh mesh(width, height, shift);
            fields.resize(mesh, true), fields.light.resize(mesh.size());
            // Far outside as well: borders mirror, whatever is asked for.
            std::uniform_real_distribution<float> place(-3.0F * float(width), 4.0F * float(width)),
                share(-0.2F, 1.2F);
            for (std::size_t i = 0; i < mesh.size(); ++i) {
                fields.from_x[i] = place(random), fields.from_y[i] = place(random);
                fields.to_x[i] = place(random), fields.to_y[i] = place(random);
                fields.share[i] = clamp01(share(random)), fields.light[i] = 0.1F * share(random);
            }
            const auto args = fields.args(one.source(), two.source());
            Rows a(width, 8, 24), b(width, 8, 24);
            stills_baseline_kernels().warp(args, a.band);
            stills_kernels().warp(args, b.band);
            for (int y = 0; y < 16; ++y) {
                for (int x = 0; x < width; ++x) {
                    const auto at = y * a.band.stride + x;
                    ASSERT_NEAR(a.band.r[at], b.band.r[at], 0.004F) << x << " " << y;
                    ASSERT_NEAR(a.band.b[at], b.band.b[at], 0.004F) << x << " " << y;
                    ASSERT_TRUE(a.band.g[at] > -0.1F && a.band.g[at] < 1.2F);
                }
            }
        }
    }
}

TEST(StillsKernels, GiveThePictureItselfWhereNothingMoves) {
    Team team(1);
    const auto still = landscape();
    const Texture texture(still, team);
    ViewFields fields;
    const Mesh mesh(kWidth, kHeight, 2);
    fields.resize(mesh, false);
    for (int j = 0; j < mesh.rows; ++j)
        for (int i = 0; i < mesh.columns; ++i)
            fields.from_x[mesh.index(i, j)] = float(i << 2),
                                        fields.from_y[mesh.index(i, j)] = float(j << 2);
    Rows rows(kWidth, 0, kHeight);
    stills_kernels().warp(fields.args(texture.source(), {}), rows.band);
    for (int y = 0; y < kHeight; ++y)
        for (int x = 0; x < kWidth; ++x)
            ASSERT_NEAR(rows.band.g[y * rows.band.stride + x],
                        float(still.row(y)[3 * x + 1]) / 255.0F, 0.0005F);
}

}  // namespace
}  // namespace kinora::engines::storyboard
