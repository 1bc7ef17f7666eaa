// tests/unit/engines/storyboard/frames/bitmap_test.cpp: encoding, half sizes, blur.
#include "engines/storyboard/frames/bitmap.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace kinora::engines::storyboard {
namespace {

TEST(Bitmap, SurroundsEveryLevelWithNothing) {
    Painting p(50, 70);
    for (std::size_t i = 0; i < p.alpha.size(); ++i) p.set(i, {1, 1, 1}, 1);
    const auto sprite = make_sprite(p);
    ASSERT_GT(sprite.levels.size(), 2U);
    for (const auto& level : sprite.levels) {
        for (int x = 0; x < level.width; ++x) {
            EXPECT_EQ(level.at(x, 0), 0U);
            EXPECT_EQ(level.at(x, level.height - 1), 0U);
        }
        EXPECT_GT(level.at(level.width / 2, level.height / 2) >> 24, 200U);
    }
}

TEST(Bitmap, PremultipliesWithoutOverflow) {
    Painting p(4, 4);
    for (std::size_t i = 0; i < p.alpha.size(); ++i) p.set(i, {9, 1, 0}, 0.5F);
    const auto texel = make_sprite(p).levels[0].at(18, 18), alpha = texel >> 24;
    EXPECT_EQ(alpha, 128U);
    EXPECT_LE(texel & 255, alpha);
    EXPECT_LE(texel >> 8 & 255, alpha);
}

TEST(Bitmap, CutsToWhatIsVisible) {
    std::vector<std::uint8_t> rgba(20 * 20 * 4, 0);
    for (int y = 5; y < 9; ++y) {
        for (int x = 3; x < 13; ++x) rgba[std::size_t((y * 20 + x) * 4 + 3)] = 255;
    }
    const auto p = from_rgba(rgba, 20, 20);
    EXPECT_EQ(p.width, 10);
    EXPECT_EQ(p.height, 4);
    const std::vector<std::uint8_t> empty(4 * 4 * 4, 0);
    EXPECT_EQ(from_rgba(empty, 4, 4).width, 1);
}

TEST(Bitmap, BlursWithoutLosingLight) {
    std::vector<float> plane(33 * 21, 0.0F);
    plane[10 * 33 + 16] = 100;
    blur(plane, 33, 21, 3, 2);
    EXPECT_NEAR(std::accumulate(plane.begin(), plane.end(), 0.0F), 100, 0.5);
    EXPECT_LT(*std::max_element(plane.begin(), plane.end()), 10);
    std::vector<float> tiny(2, 1.0F);
    blur(tiny, 2, 1, 5, 2);
    EXPECT_EQ(tiny[0], 1.0F);
}

}  // namespace
}  // namespace kinora::engines::storyboard
