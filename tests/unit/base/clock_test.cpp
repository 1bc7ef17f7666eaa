// tests/unit/base/clock_test.cpp: times as the database keeps them.
#include "base/clock.hpp"

#include "support/fake_clock.hpp"

#include <gtest/gtest.h>

namespace kinora {
namespace {

using namespace std::chrono_literals;

TEST(Clock, UnixMillisecondsComeBack) {
    for (const std::int64_t ms : {0L, 1L, -1L, 1'700'000'000'123L, 253'402'300'799'999L}) {
        EXPECT_EQ(to_unix_ms(from_unix_ms(ms)), ms);
    }
}

TEST(Clock, TheSystemsAgreesWithTheStandardLibrary) {
    const SystemClock clock;
    const auto before = std::chrono::system_clock::now();
    const auto now = clock.now();
    EXPECT_GE(now + 1ms, before);
    EXPECT_LE(now, std::chrono::system_clock::now());
    const auto steady = clock.steady();
    EXPECT_GE(clock.steady(), steady);
}

TEST(Clock, TheFakeMovesWhenToldTo) {
    test::FakeClock clock;
    const auto now = clock.now();
    const auto steady = clock.steady();
    EXPECT_EQ(clock.now(), now);
    clock.advance(2s);
    EXPECT_EQ(clock.now() - now, 2s);
    EXPECT_EQ(clock.steady() - steady, 2s);
}

}  // namespace
}  // namespace kinora
