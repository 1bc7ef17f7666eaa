// tests/unit/tasks/clip_size_test.cpp: the contract's seven ratios.
#include "tasks/clip_size.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace kinora::tasks {
namespace {

TEST(ClipSize, IsTheContracts) {
    struct Row {
        std::string_view ratio;
        ClipSize size;
    };
    const Row table[] = {{"16:9", {1360, 752}}, {"9:16", {752, 1360}}, {"1:1", {1008, 1008}},
                         {"4:3", {1168, 880}},  {"3:4", {880, 1168}},  {"21:9", {1552, 656}},
                         {"9:21", {656, 1552}}};
    for (const auto& row : table) EXPECT_EQ(clip_size(row.ratio), row.size) << row.ratio;
    EXPECT_EQ(kAspectRatios.size(), std::size(table));
    EXPECT_EQ(kAspectRatios.front().name, "16:9");
}

TEST(ClipSize, KeepsToItsRatioAndToTheCommonArea) {
    for (const auto& each : kAspectRatios) {
        const auto colon = each.name.find(':');
        const double wanted = std::stod(std::string(each.name.substr(0, colon))) /
                              std::stod(std::string(each.name.substr(colon + 1)));
        const double given = double(each.size.width) / each.size.height;
        EXPECT_NEAR(given / wanted, 1, 0.03) << each.name;
        EXPECT_NEAR(each.size.width * each.size.height / 1'022'720.0, 1, 0.03) << each.name;
        EXPECT_EQ(each.size.width % 16, 0);
        EXPECT_EQ(each.size.height % 16, 0);
    }
}

TEST(ClipSize, KnowsNoOther) {
    for (const auto* ratio : {"", "16/9", "16:9 ", " 16:9", "16x9", "2:1", "16:09", "1360:752"}) {
        EXPECT_FALSE(clip_size(ratio)) << ratio;
    }
}

TEST(ClipSize, NearestToAPicturesRatio) {
    struct Row {
        int width, height;
        ClipSize size;
    };
    const Row table[] = {
        {1000, 1000, {1008, 1008}}, {1, 1, {1008, 1008}},      {1920, 1080, {1360, 768}},
        {1080, 1920, {768, 1360}},  {4096, 256, {4096, 256}},  {100'000, 1, {4096, 256}},
        {1360, 752, {1360, 752}},   {3000, 2000, {1248, 832}},
    };
    for (const auto& row : table) {
        const auto size = nearest_size(row.width, row.height);
        EXPECT_EQ(size, row.size) << row.width << 'x' << row.height << ": " << size.width << 'x'
                                  << size.height;
    }
}

TEST(ClipSize, OfAnyPictureIsWithinTheContract) {
    for (int width = 16; width < 3000; width += 37) {
        for (int height = 16; height < 3000; height += 211) {
            const auto size = nearest_size(width, height);
            EXPECT_EQ(size.width % 16, 0);
            EXPECT_EQ(size.height % 16, 0);
            EXPECT_LE(std::max(size.width, size.height), 4096);
            EXPECT_NEAR(size.width * size.height, kClipArea, 0.03 * kClipArea);
        }
    }
}

}  // namespace
}  // namespace kinora::tasks
