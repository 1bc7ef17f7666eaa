// tests/unit/engines/storyboard/frames/timeline_test.cpp: which shot is seen when.
#include "engines/storyboard/frames/timeline.hpp"

#include <gtest/gtest.h>

namespace kinora::engines::storyboard {
namespace {

constexpr int kFps = 24;

Shot shot_of(Setting setting, Transition into = Transition::dissolve) {
    Shot shot;
    shot.setting = setting;
    shot.into = into;
    return shot;
}

int forever(const Take&) {
    return 1 << 20;
}

// In order, without gaps, from 0 to `frames`.
void expect_whole(const Timeline& timeline, int frames) {
    int at = 0;
    for (const auto& take : timeline) {
        EXPECT_EQ(take.first, at);
        EXPECT_GT(take.count, 0);
        EXPECT_LE(take.lead, take.count);
        at = take.end();
    }
    EXPECT_EQ(at, frames);
}

TEST(Timeline, GivesShotsTheirShares) {
    auto half = shot_of(Setting::sea), quarter = shot_of(Setting::forest),
         last = shot_of(Setting::desert, Transition::morph);
    half.share = 0.5, quarter.share = last.share = 0.25;
    const auto timeline = lay_out({{half, quarter, last}, 120, false, 5}, kFps);
    expect_whole(timeline, 120);
    ASSERT_EQ(timeline.size(), 3U);
    EXPECT_EQ(timeline[0].count, 60);
    EXPECT_EQ(timeline[1].count, 30);
    EXPECT_EQ(timeline[0].lead, 0);
    EXPECT_EQ(timeline[1].lead, 14);
    EXPECT_EQ(timeline[2].lead, 15) << "no more than half";
    EXPECT_NE(timeline[0].seed, timeline[1].seed);
}

TEST(Timeline, AShotGoesOnAsItIs) {
    auto timeline = lay_out({{shot_of(Setting::sea)}, 120, false, 5}, kFps);
    const auto first = timeline.front();
    for (int part = 0; part < 5; ++part) go_on(timeline, {{}, 120, false, 6}, kFps, forever);
    expect_whole(timeline, 720);
    ASSERT_EQ(timeline.size(), 1U);
    EXPECT_EQ(timeline.front().length, 120);
    EXPECT_EQ(timeline.front().seed, first.seed);
}

TEST(Timeline, NewShotsComeAfterASecond) {
    auto timeline = lay_out({{shot_of(Setting::sea)}, 120, false, 5}, kFps);
    go_on(timeline, {{shot_of(Setting::forest, Transition::cut)}, 120, false, 6}, kFps, forever);
    expect_whole(timeline, 240);
    ASSERT_EQ(timeline.size(), 2U);
    EXPECT_EQ(timeline[1].first, 144);
    EXPECT_EQ(timeline[1].shot.into, Transition::dissolve);
    EXPECT_EQ(timeline[1].lead, 14);
    EXPECT_EQ(timeline[1].from, 0);
}

TEST(Timeline, OtherLightFallsOnTheSameMoment) {
    auto timeline = lay_out({{shot_of(Setting::sea)}, 120, false, 5}, kFps);
    auto night = shot_of(Setting::sea);
    night.time = TimeOfDay::night;
    go_on(timeline, {{night}, 120, false, 6}, kFps, forever);
    expect_whole(timeline, 240);
    ASSERT_EQ(timeline.size(), 2U);
    EXPECT_EQ(timeline[1].from, 144);
    EXPECT_EQ(timeline[1].length, 120);
    EXPECT_EQ(timeline[1].seed, timeline[0].seed);
    EXPECT_EQ(timeline[1].clip_seed, timeline[0].clip_seed);
    // Another way of looking begins anew, in the same place.
    night.camera = CameraMove::orbit;
    go_on(timeline, {{night}, 120, false, 7}, kFps, forever);
    expect_whole(timeline, 360);
    EXPECT_EQ(timeline.back().from, 0);
    EXPECT_EQ(timeline.back().length, 96);
    EXPECT_EQ(timeline.back().seed, timeline[0].seed);
}

TEST(Timeline, BeginsAgainWhereAShotCanGoOnNoLonger) {
    auto timeline = lay_out({{shot_of(Setting::room)}, 120, false, 5}, kFps);
    const TakeLimit limit = [](const Take& take) { return take.length + 24; };
    go_on(timeline, {{}, 120, false, 6}, kFps, limit);
    expect_whole(timeline, 240);
    ASSERT_EQ(timeline.size(), 2U);
    EXPECT_EQ(timeline[0].count, 144);
    EXPECT_EQ(timeline[1].shot.into, Transition::dissolve);
    EXPECT_EQ(timeline[1].lead, 14);
    EXPECT_EQ(timeline[1].seed, timeline[0].seed);
    go_on(timeline, {{}, 240, false, 6}, kFps, limit);
    expect_whole(timeline, 480);
    EXPECT_EQ(timeline.size(), 4U);
}

TEST(Timeline, ALoopGoesRoundAndRound) {
    auto timeline = lay_out({{shot_of(Setting::sea)}, 120, true, 5}, kFps);
    ASSERT_TRUE(timeline.front().loop);
    go_on(timeline, {{}, 120, false, 6}, kFps, [](const Take&) { return 0; });
    expect_whole(timeline, 240);
    EXPECT_EQ(timeline.size(), 1U);
}

TEST(Timeline, ALoopOfSeveralShotsComesOnceMore) {
    auto timeline =
        lay_out({{shot_of(Setting::sea), shot_of(Setting::forest)}, 120, true, 5}, kFps);
    EXPECT_EQ(timeline.back().home, 0);
    EXPECT_TRUE(timeline.front().cyclic);
    for (const int frames : {90, 30, 120, 24}) {
        go_on(timeline, {{}, frames, false, 6}, kFps, forever);
    }
    expect_whole(timeline, 384);
    ASSERT_EQ(timeline.size(), 7U);
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        EXPECT_EQ(timeline[i].shot.setting, i % 2 == 0 ? Setting::sea : Setting::forest) << i;
        EXPECT_EQ(timeline[i].home, i % 2 == 0 ? -1 : int(i) - 1) << i;
    }
}

}  // namespace
}  // namespace kinora::engines::storyboard
