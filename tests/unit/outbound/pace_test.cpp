// unit/outbound/pace_test.cpp: when a server is too slow.
#include "outbound/pace.hpp"

#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

SteadyPoint at(int ms) {
    return SteadyPoint(Milliseconds(ms));
}

TEST(Pace, AsksOncePerStretch) {
    Pace pace(Milliseconds(100), 10);
    EXPECT_TRUE(pace.keeps_up(at(1'000), 0));
    EXPECT_TRUE(pace.keeps_up(at(1'099), 0));
    EXPECT_TRUE(pace.keeps_up(at(1'100), 10));
    EXPECT_TRUE(pace.keeps_up(at(1'199), 10));
    EXPECT_FALSE(pace.keeps_up(at(1'200), 19));
}

}  // namespace
}  // namespace kinora::outbound
