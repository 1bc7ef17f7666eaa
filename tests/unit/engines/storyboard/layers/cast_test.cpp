// tests/unit/engines/storyboard/layers/cast_test.cpp: sizes and places of the cast.
#include "engines/storyboard/layers/cast.hpp"

#include <gtest/gtest.h>

namespace kinora::engines::storyboard {
namespace {

Subject person(bool main, double height = 1.7, int count = 1) {
    Subject s;
    s.word = "person", s.form = Form::biped, s.asset = "woman";
    s.main = main, s.height_m = height, s.count = count;
    return s;
}

struct Stage {
    CastPlan cast;
    EyeLevel eye{};
};

Stage stage_of(const Shot& shot, bool loop = false) {
    Stage stage;
    stage.cast = make_cast(shot, nullptr, {1000, 1360, 752, 5}, 1, loop);
    stage.eye = {1.0F, 340, 1000, 1360, 752, false, false, 0, stage.cast.travel.speed};
    place_cast(stage.cast, shot, stage.eye, 1);
    return stage;
}

float pixels_of(const Stage& stage, std::size_t i) {
    const auto& a = stage.cast.actors[i];
    return a.height * 1000 / a.home.z;
}

TEST(Cast, KeepsALookFromShotToShot) {
    Shot first, second;
    first.subjects = {person(true)};
    second.subjects = {person(true), person(false)};
    second.subjects.insert(second.subjects.begin(), Subject{});
    const auto look = [](const Shot& shot, int subject, int copy, std::uint32_t seed) {
        Actor actor;
        actor.subject = subject, actor.copy = copy;
        return look_seed(shot, actor, seed);
    };
    EXPECT_EQ(look(first, 0, 0, 5), look(second, 1, 0, 5));
    EXPECT_NE(look(first, 0, 0, 5), look(second, 2, 0, 5));
    EXPECT_NE(look(first, 0, 0, 5), look(first, 0, 1, 5));
    EXPECT_NE(look(first, 0, 0, 5), look(first, 0, 0, 6));
    auto other = first;
    other.subjects[0].asset = "man";
    EXPECT_NE(look(first, 0, 0, 5), look(other, 0, 0, 5));
}

TEST(Cast, GoesAlongWithWhatARiderRides) {
    Shot shot;
    shot.camera = CameraMove::tracking;
    shot.subjects = {person(true), person(true)};
    shot.subjects[0].motion = Motion::ride, shot.subjects[0].relation = Relation::riding,
    shot.subjects[0].related_to = 1;
    shot.subjects[1].motion = Motion::sail;
    const auto stage = stage_of(shot);
    EXPECT_GT(stage.cast.actors[1].speed, 0);
    EXPECT_FLOAT_EQ(stage.cast.travel.speed, stage.cast.actors[1].speed);
    EXPECT_FLOAT_EQ(stage.cast.travel.after, stage.cast.actors[1].speed);
}

TEST(Cast, MakesTheMainSubjectLarge) {
    for (const double height : {0.05, 0.4, 1.7, 12.0, 60.0}) {
        Shot shot;
        shot.subjects = {person(true, height)};
        const auto stage = stage_of(shot);
        EXPECT_GT(pixels_of(stage, 0), 0.33F * 752) << height;
        EXPECT_LT(pixels_of(stage, 0), 0.62F * 752) << height;
    }
}

TEST(Cast, KeepsTheOrderOfHeights) {
    Shot shot;
    shot.subjects = {person(true, 1.7), person(false, 3.4), person(false, 0.4)};
    const auto stage = stage_of(shot);
    EXPECT_GT(stage.cast.actors[1].height, stage.cast.actors[0].height);
    EXPECT_LT(stage.cast.actors[2].height, stage.cast.actors[0].height);
}

TEST(Cast, LeavesTheMainSubjectFree) {
    Shot shot;
    shot.subjects = {person(true), person(false, 1.0, 8), person(false, 3.0, 2)};
    shot.subjects[2].word.clear();
    const auto stage = stage_of(shot);
    const auto& main = stage.cast.actors[0];
    for (std::size_t i = 1; i < stage.cast.actors.size(); ++i) {
        const auto& a = stage.cast.actors[i];
        const bool nearer = a.home.z < main.home.z;
        const float gap = std::abs(a.home.x - main.home.x) - 0.5F * (a.width() + main.width());
        EXPECT_TRUE(!nearer || gap > 0) << i;
    }
}

TEST(Cast, PlacesByRelation) {
    Shot shot;
    shot.subjects = {person(true), person(false), person(false, 0.3)};
    shot.subjects[1].relation = Relation::left_of, shot.subjects[1].related_to = 0;
    shot.subjects[2].relation = Relation::on, shot.subjects[2].related_to = 0;
    const auto stage = stage_of(shot);
    EXPECT_LT(stage.cast.actors[1].home.x, stage.cast.actors[0].home.x - 0.3F);
    EXPECT_GT(stage.cast.actors[2].home.y, 0.8F * stage.cast.actors[0].height);
    EXPECT_EQ(stage.cast.actors[2].carrier, 0);
}

TEST(Cast, LetsTheMainSubjectLookOutFromBehind) {
    Shot shot;
    shot.subjects = {person(true), person(false, 4.0)};
    shot.subjects[0].relation = Relation::behind, shot.subjects[0].related_to = 1;
    const auto stage = stage_of(shot);
    const auto& main = stage.cast.actors[0];
    const auto& other = stage.cast.actors[1];
    EXPECT_GT(main.home.z, other.home.z);
    EXPECT_GT(std::abs(main.home.x - other.home.x), 0.5F * other.width());
}

TEST(Cast, LetsAChaserFollow) {
    Shot shot;
    shot.subjects = {person(true), person(false)};
    for (auto& s : shot.subjects) s.motion = Motion::run;
    shot.subjects[1].relation = Relation::in_front_of, shot.subjects[1].related_to = 0;
    const auto stage = stage_of(shot);
    EXPECT_GT(stage.cast.actors[1].home.x, stage.cast.actors[0].home.x + 0.3F);
    EXPECT_EQ(stage.cast.actors[0].speed, stage.cast.actors[1].speed);
}

TEST(Cast, StandsAMountInTheMiddleUnderTheMainSubject) {
    Shot shot;
    shot.subjects = {person(true), person(false, 1.7)};
    shot.subjects[0].relation = Relation::riding, shot.subjects[0].related_to = 1;
    const auto stage = stage_of(shot);
    EXPECT_NEAR(stage.cast.actors[1].home.x, 0, 1e-4F);
    EXPECT_NEAR(stage.cast.actors[0].home.x, 0, 1e-4F);
    EXPECT_EQ(stage.cast.actors[0].carrier, 1);
}

TEST(Cast, KeepsWhatAShotAddsSmallBesideASmallSubject) {
    Shot shot;
    shot.subjects = {person(true, 0.1), person(false, 0.35, 3)};
    shot.subjects[1].word.clear(), shot.subjects[1].airborne = true;
    const auto stage = stage_of(shot);
    for (std::size_t i = 1; i < stage.cast.actors.size(); ++i)
        EXPECT_LE(stage.cast.actors[i].height, 0.9F);
}

TEST(Cast, WalksAtThePaceOfItsLegs) {
    Shot shot;
    shot.subjects = {person(true)};
    shot.subjects[0].motion = Motion::walk;
    const auto stage = stage_of(shot);
    const auto& a = stage.cast.actors[0];
    const Stance one = stance_of(a, Clock(1, 5, false), stage.eye);
    const Stance two = stance_of(a, Clock(2, 5, false), stage.eye);
    EXPECT_NEAR(two.at.x - one.at.x, a.speed, 1e-3);
    EXPECT_GT(two.gait, one.gait);
}

TEST(Cast, StaysWithTheEyeInALoop) {
    Shot shot;
    shot.subjects = {person(true)};
    shot.subjects[0].motion = Motion::run;
    const auto stage = stage_of(shot, true);
    const auto& a = stage.cast.actors[0];
    const Stance start = stance_of(a, Clock(0, 5, true), stage.eye);
    const Stance end = stance_of(a, Clock(5, 5, true), stage.eye);
    EXPECT_NEAR(end.at.x - start.at.x, stage.eye.track * 5, 1e-3);
    EXPECT_NEAR(end.gait - start.gait, std::round(end.gait - start.gait), 1e-3);
}

TEST(Cast, TakesEveryMotionAndCount) {
    for (int motion = 0; motion <= int(Motion::talk); ++motion) {
        Shot shot;
        shot.subjects = {person(true, 1.7, 24)};
        shot.subjects[0].motion = Motion(motion);
        const auto stage = stage_of(shot);
        for (const auto& a : stage.cast.actors) {
            const Stance s = stance_of(a, Clock(3.3F, 5, false), stage.eye);
            EXPECT_TRUE(std::isfinite(s.at.x) && std::isfinite(s.at.y) && s.stretch_y > 0.1F);
        }
    }
}

}  // namespace
}  // namespace kinora::engines::storyboard
