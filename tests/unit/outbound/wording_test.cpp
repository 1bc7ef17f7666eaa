// unit/outbound/wording_test.cpp: limits in words.
#include "outbound/wording.hpp"

#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

TEST(Wording, SaysSizes) {
    EXPECT_EQ(say_size(25'000'000), "25 MB");
    EXPECT_EQ(say_size(25 << 20), "25 MB");
    EXPECT_EQ(say_size(1'000), "1000 bytes");
    EXPECT_EQ(say_size(0), "0 bytes");
}

TEST(Wording, SaysTimes) {
    EXPECT_EQ(say_time(Milliseconds(60'000)), "60 s");
    EXPECT_EQ(say_time(Milliseconds(200)), "0.2 s");
    EXPECT_EQ(say_time(Milliseconds(1'500)), "1.5 s");
    EXPECT_EQ(say_time(Milliseconds(1)), "0.1 s");
    EXPECT_EQ(say_time(Milliseconds(14'500)), "14 s");
}

}  // namespace
}  // namespace kinora::outbound
