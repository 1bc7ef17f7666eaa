// tests/unit/engines/storyboard/frames/kernel_pair.hpp: random arguments, and the same kernel of
// two tables on them.
#pragma once

#include "engines/storyboard/frames/bakes.hpp"
#include "engines/storyboard/frames/frame_buffer.hpp"
#include "engines/storyboard/frames/noise.hpp"

#include <gtest/gtest.h>

#include <random>

namespace kinora::engines::storyboard {
namespace {

inline constexpr int kStride = 160;
inline constexpr int kRows = 16;
inline constexpr float kStep = 1.0F / 255.0F;
inline constexpr float kUntouched = -7.0F;
// Ends of every vector, and what is left over after one.
inline constexpr int kWidths[] = {1, 2, 7, 8, 9, 31, 38, 61, 130, 155};

// A seed for each row of numbers that a test draws with.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : random_(seed) {}
    float in(float low, float high) {
        return std::uniform_real_distribution<float>(low, high)(random_);
    }
    int whole(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
    Color color(float most = 1) { return {in(0, most), in(0, most), in(0, most)}; }
    std::uint32_t bits() { return static_cast<std::uint32_t>(random_()); }
    // A smooth curve from 0 to about 1, as the tables of the engine are.
    std::vector<float> curve(std::size_t count) {
        const float a = in(0.5F, 3), b = in(0, 6);
        std::vector<float> values(count);
        for (std::size_t i = 0; i < count; ++i)
            values[i] = 0.5F + 0.5F * std::sin(a * float(i) / float(count) + b);
        return values;
    }

private:
    std::mt19937 random_;
};

// The rows of a band, three planes of them, a few floats behind what the processor would like.
struct Rows {
    std::vector<float> data = std::vector<float>(kStride * kRows * 3 + 16, kUntouched),
                       scratch = std::vector<float>(kStride * kScratchRows + 16);
    int offset;

    Rows(int width, int place, std::uint32_t seed) : offset(place) {
        Dice dice(seed);
        for (int row = 0; row < 3 * kRows; ++row) {
            for (int x = 0; x < width; ++x)
                data[std::size_t(row * kStride + x + offset)] = dice.in(0, 1.5F);
        }
    }
    Band band(int width, int y0, int y1) {
        auto* start = data.data() + offset;
        return {start, start + kStride * kRows, start + 2 * kStride * kRows, kStride, width, y0,
                y1,    scratch.data() + offset};
    }
};

using Draw = std::function<void(const Kernels&, const Band&)>;

struct Alike {
    bool must_change = true;  // Something has to be drawn.
    // Where a table is read at its nearest place, a hair may choose the next one: that share of the
    // values may be this far apart.
    float share_apart = 0, most_apart = kStep;
};

// Draws twice over the same rows.
inline void expect_alike(int width, int y0, int y1, const Draw& draw, const Alike& wanted = {}) {
    for (const int offset : {0, 3}) {
        Rows before(width, offset, std::uint32_t(width * 16 + offset)), one(before), other(before);
        draw(baseline_kernels(), one.band(width, y0, y1));
        draw(kernels(), other.band(width, y0, y1));
        if (wanted.must_change) {
            EXPECT_NE(one.data, before.data) << "nothing was drawn, width " << width;
        }
        int apart = 0;
        for (std::size_t i = 0; i < one.data.size(); ++i) {
            const int at = int(i) - offset, x = at % kStride, y = at / kStride % kRows;
            if (at < 0 || at >= kStride * kRows * 3 || x >= width || y >= y1 - y0) {
                ASSERT_EQ(one.data[i], before.data[i]) << "outside, at " << x << " " << y;
                ASSERT_EQ(other.data[i], before.data[i]) << "outside, at " << x << " " << y;
            } else {
                ASSERT_NEAR(one.data[i], other.data[i], wanted.most_apart)
                    << "width " << width << " at " << x << " " << y;
                apart += std::abs(one.data[i] - other.data[i]) > kStep ? 1 : 0;
            }
        }
        EXPECT_LE(float(apart), wanted.share_apart * float(width * (y1 - y0) * 3));
    }
}

struct Fixture {
    Team team{2};
    Noise noise{team};
    std::vector<float> fog = std::vector<float>(3 * kStride);
    Fixture() {
        for (std::size_t i = 0; i < fog.size(); ++i)
            fog[i] = 0.5F + 0.4F * std::sin(float(i) * 0.1F);
    }
};

inline Fixture& fixture() {
    static Fixture f;
    return f;
}

inline View view(Dice& dice) {
    return {dice.in(-3, 3),   dice.in(0.5F, 2),     dice.in(0, 5),
            dice.in(90, 160), dice.in(-10.0F, 150), dice.in(5, 25)};
}

// A picture of random texels, premultiplied, with its half sizes.
struct Pictures {
    std::vector<Bitmap> bitmaps;
    std::vector<Texels> levels;
    Pictures(Dice& dice, int width, int height, bool solid) {
        for (; width >= 4 && height >= 4; width /= 2, height /= 2) {
            Bitmap bitmap(width, height);
            for (auto& texel : bitmap.texels) {
                const auto alpha = solid ? 255U : dice.bits() & 255U;
                texel = alpha << 24;
                for (int c = 0; c < 24; c += 8) texel |= (dice.bits() % (alpha + 1)) << c;
            }
            bitmaps.push_back(std::move(bitmap));
        }
        for (const auto& bitmap : bitmaps) levels.push_back(bitmap.view());
    }
};

}  // namespace
}  // namespace kinora::engines::storyboard
