// tests/unit/media/cadence_test.cpp: which picture is seen when.
#include "media/decoder/cadence.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kinora::media::decoder {
namespace {

// How often each of the pictures that come at these milliseconds is shown; the last stays `stay`.
std::vector<std::int64_t> shown(Rate rate, const std::vector<int>& at_ms, int stay) {
    Cadence cadence(rate);
    std::vector<std::int64_t> counts;
    for (std::size_t i = 1; i < at_ms.size(); ++i) {
        counts.push_back(cadence.show_at(std::int64_t(at_ms[i]) * 1'000'000));
    }
    counts.push_back(cadence.end(std::int64_t(stay) * 1'000'000));
    return counts;
}

using Counts = std::vector<std::int64_t>;

TEST(Cadence, ShowsEachOnceAtItsOwnRate) {
    EXPECT_EQ(shown({10, 1}, {0, 100, 200, 300}, 100), (Counts{1, 1, 1, 1}));
    EXPECT_EQ(shown({10, 1}, {0, 99, 201, 300}, 101), (Counts{1, 1, 1, 1}));
}

TEST(Cadence, RepeatsAndLeavesOut) {
    EXPECT_EQ(shown({20, 1}, {0, 100, 200}, 100), (Counts{2, 2, 2}));
    EXPECT_EQ(shown({5, 1}, {0, 100, 200, 300}, 100), (Counts{1, 0, 1, 0}));
    EXPECT_EQ(shown({10, 1}, {0, 1000}, 100), (Counts{6, 5}));
}

TEST(Cadence, ShowsSomethingOfWhatIsOverAtOnce) {
    EXPECT_EQ(shown({1, 1}, {0}, 1), (Counts{1}));
    EXPECT_EQ(shown({1, 1}, {0, 1}, 1), (Counts{1, 0}));
}

TEST(Cadence, CountsNothingTwiceOverYears) {
    Cadence cadence({120, 1});
    EXPECT_EQ(cadence.show_at(1'000'000'000'000'000'000), 60'000'000'001);
    EXPECT_EQ(cadence.shown(), 60'000'000'001);
}

}  // namespace
}  // namespace kinora::media::decoder
