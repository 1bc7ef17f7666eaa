// tests/unit/engines/storyboard/frames/team_test.cpp: every job is done once.
#include "engines/storyboard/frames/team.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace kinora::engines::storyboard {
namespace {

TEST(Team, DoesEveryJobOnce) {
    for (const int threads : {1, 2, 5}) {
        Team team(threads);
        for (const int count : {0, 1, 3, 200}) {
            std::vector<std::atomic<int>> done(std::size_t(count) + 1);
            std::atomic<bool> known = true;
            team.run(count, [&](int index, int thread) {
                ++done[std::size_t(index)];
                if (thread < 0 || thread >= team.size()) known = false;
            });
            for (int i = 0; i < count; ++i) EXPECT_EQ(done[std::size_t(i)], 1);
            EXPECT_TRUE(known);
        }
    }
}

TEST(Team, RunsAgainAndAgain) {
    Team team(3);
    std::atomic<int> sum = 0;
    for (int i = 0; i < 500; ++i) team.run(7, [&](int index, int) { sum += index; });
    EXPECT_EQ(sum, 500 * 21);
}

}  // namespace
}  // namespace kinora::engines::storyboard
