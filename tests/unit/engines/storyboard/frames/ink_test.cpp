// tests/unit/engines/storyboard/frames/ink_test.cpp: lines, levels and squares: the same by every
// instruction set, and what they are meant to be.
#include "kernel_pair.hpp"

#include "engines/storyboard/frames/kernels/kernels.hpp"

#include <set>

namespace kinora::engines::storyboard {
namespace {

using Ink = void (*Kernels::*)(const InkArgs&, int, int);

// Three planes of one size.
struct Light {
    int width, height;
    std::vector<std::uint16_t> data;
    Light(int w, int h, std::uint16_t value = 0)
        : width(w), height(h), data(std::size_t(3 * kStride * h), value) {}
    std::uint16_t& at(int c, int x, int y) {
        return data[std::size_t((c * height + y) * kStride + x)];
    }
    void set(int x, int y, std::uint16_t value) {
        for (int c = 0; c < 3; ++c) at(c, x, y) = value;
    }
};

struct Range {
    int y0, y1;
};

Light inked(const Kernels& table, Ink ink, const Light& in, Range rows, int reach, float levels) {
    Light out = in;
    Light source = in;
    std::vector<int> scratch(std::size_t(in.width));
    std::vector<float> hatching;
    for (int i = 0; i < in.width + in.height; ++i)
        hatching.push_back(0.5F + 0.5F * std::sin(float(i)));
    InkArgs a{};
    a.width = in.width, a.height = in.height, a.stride = kStride;
    a.reach = reach, a.levels = levels, a.strokes = hatching.data(), a.scratch = scratch.data();
    for (int c = 0; c < 3; ++c) a.in[c] = &source.at(c, 0, 0), a.out[c] = &out.at(c, 0, 0);
    (table.*ink)(a, rows.y0, rows.y1);
    return out;
}

Light drawn(const Light& in, Ink ink, int reach = 1, float levels = 4) {
    return inked(kernels(), ink, in, {0, in.height}, reach, levels);
}

TEST(Ink, IsTheSameByEveryInstructionSet) {
    const struct {
        Ink ink;
        float share_apart;  // Values that may land on another step, by a hair.
    } all[] = {{&Kernels::posterize, 0.001F},
               {&Kernels::outline, 0},
               {&Kernels::pencil, 0},
               {&Kernels::mosaic, 0.02F}};
    for (const auto& one : all) {
        for (const int width : kWidths) {
            Dice dice(std::uint32_t(width) * 11U);
            Light in(width, dice.whole(1, 24));
            for (auto& value : in.data) value = std::uint16_t(dice.whole(0, 32000));
            const int reach = dice.whole(1, 6);
            const Range rows{in.height / 2 / reach * reach, in.height};
            Light base = inked(baseline_kernels(), one.ink, in, rows, reach, 9);
            Light best = inked(kernels(), one.ink, in, rows, reach, 9);
            int apart = 0;
            for (int i = 0; i < 3 * in.height * kStride; ++i) {
                const int x = i % kStride, y = i / kStride % in.height, c = i / kStride / in.height;
                const int b = base.at(c, x, y), a = best.at(c, x, y);
                if (x >= width || y < rows.y0) {
                    ASSERT_EQ(a, in.at(c, x, y)) << "outside, at " << x << ", " << y;
                    ASSERT_EQ(b, in.at(c, x, y)) << "outside, at " << x << ", " << y;
                }
                apart += std::abs(a - b) > 16 ? 1 : 0;
            }
            EXPECT_NE(base.data, in.data);
            EXPECT_LE(float(apart), one.share_apart * float(3 * width * in.height)) << width;
        }
    }
}

TEST(Ink, DarkensEdgesAndNothingElse) {
    Light in(40, 12, 4000);
    for (int y = 0; y < 12; ++y) {
        for (int x = 20; x < 40; ++x) in.set(x, y, 16000);
    }
    Light out = drawn(in, &Kernels::outline);
    for (int x = 0; x < 40; ++x) {
        if (x == 19 || x == 20) {
            EXPECT_LT(out.at(1, x, 5), in.at(1, x, 5) / 3) << x;
        } else {
            EXPECT_EQ(out.at(1, x, 5), in.at(1, x, 5)) << x;
        }
    }
}

TEST(Ink, PencilsBrightPaperAndDarkLines) {
    Light in(40, 12, 8000);
    for (int y = 0; y < 12; ++y) in.set(20, y, 0);
    Light out = drawn(in, &Kernels::pencil);
    EXPECT_GT(out.at(0, 4, 6), 8000);
    EXPECT_LT(out.at(0, 21, 6), 5000);
    for (int x = 0; x < 40; ++x) EXPECT_EQ(out.at(0, x, 6), out.at(2, x, 6));
}

TEST(Ink, StepsBrightnessAndKeepsHues) {
    Light in(32, 1);
    for (int x = 0; x < 32; ++x) {
        in.at(0, x, 0) = std::uint16_t(x * 256), in.at(1, x, 0) = std::uint16_t(x * 128);
        in.at(2, x, 0) = 0;
    }
    Light out = drawn(in, &Kernels::posterize);
    EXPECT_EQ(out.at(0, 1, 0), 0);     // Below the first step.
    EXPECT_EQ(out.at(0, 8, 0), 2048);  // A quarter is the first of four.
    EXPECT_EQ(out.at(0, 9, 0), 2048);  // And stays so for a while.
    for (int x = 0; x < 32; ++x) EXPECT_NEAR(out.at(0, x, 0), 2 * out.at(1, x, 0), 3);
}

TEST(Ink, LaysSquaresOfOneColour) {
    Light in(20, 10);
    for (int y = 0; y < 10; ++y) {
        for (int x = 0; x < 20; ++x) in.set(x, y, std::uint16_t(400 * x + 97 * y));
    }
    Light out = drawn(in, &Kernels::mosaic, 4, 11);
    std::set<std::uint16_t> seen;
    for (int y = 0; y < 10; ++y) {
        for (int x = 0; x < 20; ++x) {
            ASSERT_EQ(out.at(0, x, y), out.at(0, x / 4 * 4, y / 4 * 4)) << x << ", " << y;
            seen.insert(out.at(0, x, y));
        }
    }
    EXPECT_GE(seen.size(), 6U);
    EXPECT_LE(seen.size(), 12U);
}

TEST(Ink, DissolvesByWeight) {
    std::vector<std::uint16_t> from(37, 30000);
    for (const auto* table : {&baseline_kernels(), &kernels()}) {
        std::vector<std::uint16_t> to(40, 10000);
        table->dissolve(to.data(), from.data(), 37, 64);
        for (int i = 0; i < 40; ++i) EXPECT_EQ(to[std::size_t(i)], i < 37 ? 15000 : 10000);
    }
}

}  // namespace
}  // namespace kinora::engines::storyboard
