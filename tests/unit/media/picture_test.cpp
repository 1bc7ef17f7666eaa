// tests/unit/media/picture_test.cpp: planes, padding, copies.
#include "media/picture.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>

namespace kinora::media {
namespace {

TEST(Picture, StartsBlack) {
    const Picture picture(34, 18);
    EXPECT_EQ(picture.width(), 34);
    EXPECT_EQ(picture.height(), 18);
    EXPECT_FALSE(picture.empty());
    EXPECT_EQ(picture.plane(0).data[33], 16);
    EXPECT_EQ(picture.plane(1).data[0], 128);
    EXPECT_EQ(picture.plane(2).data[8 * picture.plane(2).stride + 16], 128);
}

TEST(Picture, HasPlanesOfTheRightSize) {
    Picture picture(34, 18);
    EXPECT_EQ(picture.plane(0).width, 34);
    EXPECT_EQ(picture.plane(0).height, 18);
    EXPECT_EQ(picture.plane(2).width, 17);
    EXPECT_EQ(picture.plane(2).height, 9);
}

TEST(Picture, AlignsRowsAndSparesAVectorAfterEachPlane) {
    for (const int width : {16, 62, 64, 66, 1360, 4096}) {
        Picture picture(width, 20);
        for (int i = 0; i < 3; ++i) {
            const auto plane = picture.plane(i);
            EXPECT_EQ(reinterpret_cast<std::uintptr_t>(plane.data) % 64, 0U);
            EXPECT_EQ(plane.stride % 64, 0);
            EXPECT_GE(plane.stride, plane.width);
            // The sanitizer watches this write; the next plane must not feel it.
            std::memset(plane.data + plane.stride * plane.height, 7, 64);
        }
        EXPECT_EQ(picture.plane(1).data[0], 128);
        EXPECT_EQ(picture.plane(2).data[0], 128);
    }
}

TEST(Picture, ClonesItsPixels) {
    Picture picture(32, 32);
    picture.plane(2).data[5] = 77;
    const auto copy = picture.clone();
    picture.plane(2).data[5] = 1;
    EXPECT_EQ(copy.plane(2).data[5], 77);
    EXPECT_EQ(copy.width(), 32);
}

TEST(Picture, IsEmptyWithoutASizeAndAfterAMove) {
    Picture none;
    EXPECT_TRUE(none.empty());
    EXPECT_TRUE(none.clone().empty());
    Picture picture(32, 32);
    const auto moved = std::move(picture);
    EXPECT_TRUE(picture.empty());
    EXPECT_FALSE(moved.empty());
}

TEST(PictureDeathTest, StopsAtImpossibleSizesAndPlanes) {
    EXPECT_DEATH(Picture(15, 16), "impossible size");
    EXPECT_DEATH(Picture(16, 17), "impossible size");
    EXPECT_DEATH(Picture(4098, 16), "impossible size");
    EXPECT_DEATH(Picture(16, 16).plane(3), "no such plane");
    EXPECT_DEATH(Picture().plane(0), "no such plane");
}

}  // namespace
}  // namespace kinora::media
