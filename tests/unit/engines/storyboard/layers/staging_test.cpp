// tests/unit/engines/storyboard/layers/staging_test.cpp: shots made ready for the stage.
#include "engines/storyboard/layers/staging.hpp"

#include <gtest/gtest.h>

namespace kinora::engines::storyboard {
namespace {

Subject thing(const char* asset, double height, bool main = false) {
    Subject s;
    s.word = asset, s.asset = asset, s.height_m = height, s.main = main;
    return s;
}

Subject related(Subject s, Relation relation, int to) {
    s.relation = relation, s.related_to = to;
    return s;
}

TEST(Staging, MakesATableTheStageOfWhatStandsOnIt) {
    Shot shot;
    shot.setting = Setting::kitchen;
    shot.subjects = {related(thing("fluent:steaming-bowl", 0.12, true), Relation::on, 1),
                     thing("art:table", 0.8),
                     related(thing("fluent:spoon", 0.2), Relation::next_to, 0)};
    const auto staged = stage(shot);
    ASSERT_EQ(staged.subjects.size(), 2U);
    EXPECT_EQ(staged.subjects[0].asset, "fluent:steaming-bowl");
    EXPECT_EQ(staged.subjects[0].relation, Relation::none);
    EXPECT_EQ(staged.subjects[0].related_to, -1);
    EXPECT_EQ(staged.subjects[1].related_to, 0);
}

TEST(Staging, LeavesATableThatIsMeantOrStandsOutdoors) {
    Shot meant;
    meant.setting = Setting::room;
    meant.subjects = {related(thing("fluent:cat", 0.3, true), Relation::on, 1),
                      thing("art:table", 0.8, true)};
    EXPECT_EQ(stage(meant).subjects.size(), 2U);
    Shot outdoors = meant;
    outdoors.setting = Setting::garden, outdoors.subjects[1].main = false;
    EXPECT_EQ(stage(outdoors).subjects.size(), 2U);
}

TEST(Staging, SendsMountainsToTheHorizon) {
    Shot shot;
    shot.setting = Setting::lake;
    shot.subjects = {thing("fluent:mount-fuji", 400, true), thing("fluent:house", 7, true)};
    const auto staged = stage(shot);
    EXPECT_FALSE(staged.subjects[0].main);
    EXPECT_TRUE(staged.subjects[1].main);
    EXPECT_TRUE(is_mountain(staged.subjects[0]));
    EXPECT_FALSE(is_mountain(staged.subjects[1]));
}

TEST(Staging, KeepsOneLeadBeforeACrowd) {
    Shot shot;
    shot.setting = Setting::stadium;
    shot.subjects = {thing("player", 1.7, true), thing("person", 1.7, true),
                     thing("dove", 0.3, true)};
    shot.subjects[1].count = 10;
    shot.subjects[2].airborne = true;
    const auto staged = stage(shot);
    EXPECT_TRUE(staged.subjects[0].main);
    EXPECT_FALSE(staged.subjects[1].main);
    EXPECT_FALSE(staged.subjects[2].main);
}

TEST(Staging, KeepsACrowdThatIsTheSubject) {
    Shot shot;
    shot.subjects = {thing("penguin", 0.6, true)};
    shot.subjects[0].count = 10;
    EXPECT_TRUE(stage(shot).subjects[0].main);
}

TEST(Staging, PutsTheMainSubjectInTheMiddle) {
    static constexpr std::pair<Relation, Relation> kPairs[] = {
        {Relation::left_of, Relation::right_of},
        {Relation::right_of, Relation::left_of},
        {Relation::behind, Relation::in_front_of},
        {Relation::in_front_of, Relation::behind},
        {Relation::next_to, Relation::next_to}};
    for (const auto& [said, staged_as] : kPairs) {
        Shot shot;
        shot.subjects = {related(thing("cat", 0.3, true), said, 1), thing("dog", 0.6)};
        const auto staged = stage(shot);
        EXPECT_EQ(staged.subjects[0].relation, Relation::none);
        EXPECT_EQ(staged.subjects[1].relation, staged_as);
        EXPECT_EQ(staged.subjects[1].related_to, 0);
    }
}

TEST(Staging, StandsAShelterBehindTheMainSubject) {
    Shot shot;
    shot.subjects = {related(thing("fluent:taxi", 1.4, true), Relation::under, 1),
                     thing("art:street-lamp", 5)};
    const auto staged = stage(shot);
    EXPECT_EQ(staged.subjects[0].relation, Relation::none);
    EXPECT_EQ(staged.subjects[1].relation, Relation::behind);
    shot.subjects[1].airborne = true;  // Under the moon.
    EXPECT_EQ(stage(shot).subjects[0].relation, Relation::under);
}

TEST(Staging, KeepsTheWeatherOutside) {
    Shot shot;
    shot.setting = Setting::library, shot.weather = Weather::snow;
    EXPECT_EQ(stage(shot).weather, Weather::clear);
    shot.setting = Setting::forest;
    EXPECT_EQ(stage(shot).weather, Weather::snow);
}

TEST(Staging, RaisesAWaveBehindASurfer) {
    Shot shot;
    shot.setting = Setting::sea;
    shot.subjects = {related(thing("surfer", 1.7, true), Relation::riding, 1),
                     thing("art:surfboard", 0.25)};
    const auto staged = stage(shot);
    ASSERT_EQ(staged.subjects.size(), 3U);
    EXPECT_EQ(staged.subjects[2].asset, "fluent:water-wave");
    EXPECT_EQ(staged.subjects[2].related_to, 1);
    // It is there once, and only at sea.
    EXPECT_EQ(stage(staged), staged);
    shot.setting = Setting::room;
    EXPECT_EQ(stage(shot).subjects.size(), 2U);
}

}  // namespace
}  // namespace kinora::engines::storyboard
