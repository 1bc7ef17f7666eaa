// tests/unit/tasks/clip_size_test.cpp: the contract's seven ratios.
#include "tasks/clip_size.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace kinora::tasks
