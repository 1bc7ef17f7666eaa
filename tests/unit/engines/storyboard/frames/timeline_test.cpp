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

Subject somebody(const char* asset, Presence presence = Presence::there) {
    Subject subject;
    subject.word = subject.asset = asset;
    subject.presence = presence;
    return subject;
}

TEST(Timeline, OtherLightFallsOnTheSameMoment) {
    auto timeline = lay_out({{shot_of(Setting::sea)}, 120, false, 5}, kFps);
    auto night = shot_of(Setting::sea);
    night.time = TimeOfDay::night, night.changes = true;
    go_on(timeline, {{night}, 120, false, 6}, kFps, forever);
    expect_whole(timeline, 240);
    ASSERT_EQ(timeline.size(), 2U);
    EXPECT_EQ(timeline[1].first, 120);
    EXPECT_EQ(timeline[1].from, 120);
    EXPECT_EQ(timeline[1].length, 120);
    EXPECT_EQ(timeline[1].lead, 48);
    EXPECT_EQ(timeline[1].shot.time, TimeOfDay::night);
    EXPECT_EQ(timeline[1].seed, timeline[0].seed);
    EXPECT_EQ(timeline[1].clip_seed, timeline[0].clip_seed);
    // Another way of looking is no reason for another take.
    night.camera = CameraMove::orbit;
    go_on(timeline, {{night}, 120, false, 7}, kFps, forever);
    expect_whole(timeline, 360);
    ASSERT_EQ(timeline.size(), 2U);
    ASSERT_EQ(timeline.back().changes.size(), 2U);
    EXPECT_EQ(timeline.back().changes.back().since, 240);
    EXPECT_EQ(timeline.back().changes.back().shot.camera, CameraMove::orbit);
    EXPECT_EQ(timeline.back().shot.camera, CameraMove::drift);
}

TEST(Timeline, ATakeUnderOtherLightKnowsOfLaterChanges) {
    auto first = shot_of(Setting::sea);
    first.subjects = {somebody("whale")};
    auto timeline = lay_out({{first}, 120, false, 5}, kFps);
    auto dusk = first;
    dusk.changes = true, dusk.time = TimeOfDay::dusk;
    dusk.subjects.push_back(somebody("shark", Presence::comes));
    go_on(timeline, {{dusk}, 120, false, 6}, kFps, forever);
    ASSERT_EQ(timeline.size(), 2U);
    // Both show the same while the one fades into the other.
    ASSERT_EQ(timeline[0].changes.size(), 1U);
    EXPECT_EQ(timeline[1].changes.size(), 1U);
    EXPECT_EQ(timeline[1].shot.subjects, first.subjects);
}

TEST(Timeline, SharesOutSeveralChanges) {
    auto timeline = lay_out({{shot_of(Setting::sea)}, 120, false, 5}, kFps);
    auto rain = shot_of(Setting::sea), night = rain;
    rain.changes = night.changes = true, rain.share = night.share = 0.5;
    rain.weather = Weather::rain;
    night.weather = Weather::rain, night.time = TimeOfDay::night;
    go_on(timeline, {{rain, night}, 120, false, 6}, kFps, forever);
    expect_whole(timeline, 240);
    ASSERT_EQ(timeline.size(), 3U);
    EXPECT_EQ(timeline[1].first, 120);
    EXPECT_EQ(timeline[2].first, 180);
    EXPECT_EQ(timeline[2].from, 180);
}

TEST(Timeline, BeginsAgainWithWhoIsThereAtLast) {
    auto room = shot_of(Setting::room);
    room.subjects = {somebody("cat"), somebody("sofa")};
    room.subjects[0].relation = Relation::on, room.subjects[0].related_to = 1;
    auto timeline = lay_out({{room}, 120, false, 5}, kFps);
    auto next = room;
    next.changes = true, next.time = TimeOfDay::night;
    next.subjects[1].presence = Presence::vanishes;
    next.subjects.push_back(somebody("dog", Presence::comes));
    const TakeLimit limit = [](const Take& take) { return take.length + 24; };
    go_on(timeline, {{next}, 120, false, 6}, kFps, limit);
    expect_whole(timeline, 240);
    ASSERT_EQ(timeline.size(), 3U);
    const auto& again = timeline.back();
    EXPECT_TRUE(again.changes.empty());
    EXPECT_FALSE(again.shot.changes);
    EXPECT_EQ(again.shot.time, TimeOfDay::night);
    ASSERT_EQ(again.shot.subjects.size(), 2U);
    EXPECT_EQ(again.shot.subjects[0].relation, Relation::none);
    EXPECT_TRUE(again.shot.subjects[0].main);
    EXPECT_EQ(again.shot.subjects[1].asset, "dog");
    EXPECT_EQ(again.shot.subjects[1].presence, Presence::there);
}

TEST(Timeline, AChapterThatLoopsLeadsHome) {
    auto timeline = lay_out({{shot_of(Setting::sea)}, 120, false, 5}, kFps);
    auto night = shot_of(Setting::sea);
    night.time = TimeOfDay::night, night.changes = true;
    go_on(timeline, {{night}, 120, true, 6}, kFps, forever);
    expect_whole(timeline, 240);
    EXPECT_EQ(timeline.back().home, 0);
    for (const auto& take : timeline) {
        EXPECT_EQ(take.closes, 240);
        EXPECT_EQ(take.returns, 120);
    }
    // Behind it, all of it comes again.
    go_on(timeline, {{}, 240, false, 7}, kFps, forever);
    expect_whole(timeline, 480);
    ASSERT_EQ(timeline.size(), 4U);
    EXPECT_EQ(timeline[3].home, 2);
    EXPECT_EQ(timeline[2].shot.time, TimeOfDay::day);
    // What is elsewhere at last only gives way to the start.
    auto other = lay_out({{shot_of(Setting::sea)}, 120, false, 5}, kFps);
    go_on(other, {{shot_of(Setting::forest)}, 120, true, 6}, kFps, forever);
    EXPECT_EQ(other.back().home, 0);
    EXPECT_EQ(other.back().closes, 96);
    EXPECT_EQ(other.back().returns, -1);
}

TEST(Timeline, ALoopGivesWayToWhatChangesIt) {
    auto timeline = lay_out({{shot_of(Setting::sea)}, 120, true, 5}, kFps);
    auto night = shot_of(Setting::sea);
    night.time = TimeOfDay::night, night.changes = true;
    go_on(timeline, {{night}, 120, false, 6}, kFps, forever);
    expect_whole(timeline, 240);
    ASSERT_EQ(timeline.size(), 2U);
    EXPECT_EQ(timeline[1].first, 144);
    EXPECT_EQ(timeline[1].from, 0);
    EXPECT_FALSE(timeline[1].shot.changes);
    EXPECT_EQ(timeline[1].seed, timeline[0].seed);
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
