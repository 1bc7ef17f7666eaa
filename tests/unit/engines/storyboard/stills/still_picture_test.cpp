// tests/unit/engines/storyboard/stills/still_picture_test.cpp
#include "engines/storyboard/stills/still_picture.hpp"

#include "given.hpp"

namespace kinora::engines::storyboard {
namespace {

PixelView view(const std::vector<std::uint8_t>& bytes, int width, int channels) {
    return {bytes.data(), width, int(bytes.size()) / width / channels, channels,
            std::ptrdiff_t(width) * channels};
}

TEST(StillPicture, KeepsWhatHasItsSizeAlready) {
    const auto still = landscape();
    EXPECT_EQ(cover_and_crop(view(still.rgb, kWidth, 3), kWidth, kHeight).rgb, still.rgb);
}

TEST(StillPicture, CutsBothSidesAlike) {
    // Red, green and blue thirds: the outer ones are cut to half of theirs.
    const auto wide = painted(
        [](float x, float) {
            return Vec3{x < -60 ? 1.0F : 0.0F, std::abs(x) <= 60 ? 1.0F : 0.0F,
                        x > 60 ? 1.0F : 0.0F};
        },
        360, 120);
    const auto out = cover_and_crop(view(wide.rgb, 360, 3), 120, 60);
    const auto* row = out.row(30);
    EXPECT_GT(row[3 * 10], 250);
    EXPECT_GT(row[3 * 60 + 1], 250);
    EXPECT_GT(row[3 * 109 + 2], 250);
    EXPECT_EQ(row[3 * 60], 0);
    EXPECT_NEAR(row[0], row[3 * 119 + 2], 1);
}

TEST(StillPicture, ShrinksFineDetailToItsMean) {
    const auto fine = painted(
        [](float x, float y) {
            const float v = (int(x + 999) + int(y + 999)) % 2 == 0 ? 1.0F : 0.0F;
            return Vec3{v, v, v};
        },
        640, 320);
    const auto out = cover_and_crop(view(fine.rgb, 640, 3), 128, 64);
    for (int x = 4; x < 124; ++x) EXPECT_NEAR(out.row(32)[3 * x], 128, 3);
}

TEST(StillPicture, GrowsWithoutABorder) {
    const std::vector<std::uint8_t> bytes(std::size_t(20 * 10 * 3), 200);
    const auto out = cover_and_crop(view(bytes, 20, 3), 64, 48);
    EXPECT_EQ(out.rgb, std::vector<std::uint8_t>(std::size_t(64 * 48 * 3), 200));
}

TEST(StillPicture, LaysAlphaOverBlack) {
    std::vector<std::uint8_t> bytes;
    for (int i = 0; i < 32 * 32; ++i)
        for (const int v : {200, 100, 40, 128}) bytes.push_back(std::uint8_t(v));
    const auto out = cover_and_crop(view(bytes, 32, 4), 16, 16);
    EXPECT_EQ(out.row(8)[0], 100);
    EXPECT_EQ(out.row(8)[1], 50);
    EXPECT_EQ(out.row(8)[2], 20);
}

TEST(StillPicture, GoesToVideoAndBack) {
    const auto still = landscape();
    const auto picture = to_video(still);
    const auto back = from_video(picture);
    double off = 0;
    for (std::size_t i = 0; i < still.rgb.size(); ++i)
        off += std::abs(int(still.rgb[i]) - int(back.rgb[i]));
    EXPECT_LT(off / double(still.rgb.size()), 2.5);
    EXPECT_LT(test::step_between(to_video(back), picture), 0.5);
}

}  // namespace
}  // namespace kinora::engines::storyboard
