// tests/unit/engines/storyboard/layers/acts_test.cpp: a cast that goes on when its shot changes.
#include "engines/storyboard/layers/acts.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace kinora::engines::storyboard {
namespace {

constexpr float kLength = 5, kSince = 5;

Subject person(const char* word, Motion motion) {
    Subject s;
    s.word = word, s.form = Form::biped, s.asset = "woman";
    s.height_m = 1.7, s.motion = motion;
    return s;
}

Shot walk() {
    Shot shot;
    shot.setting = Setting::park;
    shot.subjects = {person("woman", Motion::walk)};
    shot.subjects[0].main = true;
    return shot;
}

// A shot on the stage, as the painter has it.
struct Played {
    explicit Played(const Shot& shot, bool bounded = false) : staged(shot) {
        cast = make_cast(staged, nullptr, {1000, 1360, 752, kLength}, 1, false);
        eye = {1.0F, 340, 1000, 1360, 752, false, false, 0, cast.travel.speed};
        place_cast(cast, staged, eye, 1);
        acts =
            std::make_unique<Acts>(shot, staged, cast, Boards{nullptr, eye, kLength, bounded, 1});
    }
    void add(const Shot& next, float since = kSince) { acts->add(next, since, {}); }
    Stance at(std::size_t actor, float seconds) const {
        return stance_of(cast.actors[actor], Clock(seconds, kLength, false), eye);
    }
    // Where it is in the view, scene units to the right of the middle.
    float seen(std::size_t actor, float seconds) const {
        return at(actor, seconds).at.x - cast.travel.at(Clock(seconds, kLength, false));
    }
    float half_view(std::size_t actor) const {
        return 0.5F * 1360 / 1000 * cast.actors[actor].home.z;
    }

    Shot staged;
    CastPlan cast;
    EyeLevel eye{};
    std::unique_ptr<Acts> acts;
};

Shot changed(Shot shot) {
    shot.changes = true;
    return shot;
}

// Nothing jumps: no step of a frame is much longer than the one before.
void expect_steady(const Played& played, std::size_t actor, float from, float to) {
    const float frame = 1.0F / 24;
    float last = 0;
    for (float t = from; t < to; t += frame) {
        const auto a = played.at(actor, t).at, b = played.at(actor, t + frame).at;
        const float step = std::hypot(b.x - a.x, b.y - a.y);
        if (t > from) {
            EXPECT_LT(std::abs(step - last), 0.035F) << t;
        }
        last = step;
    }
}

TEST(Acts, ChangeNothingBeforeTheirMoment) {
    Played plain(walk()), played(walk());
    auto next = changed(walk());
    next.subjects[0].motion = Motion::idle;
    next.subjects.push_back(person("man", Motion::idle));
    next.subjects[1].presence = Presence::comes;
    played.add(next);
    for (float t = 0; t <= kSince; t += 0.25F) {
        EXPECT_EQ(plain.at(0, t).at.x, played.at(0, t).at.x);
        EXPECT_EQ(plain.at(0, t).gait, played.at(0, t).gait);
        EXPECT_EQ(played.at(1, t).size, t < kSince ? 0.0F : 1.0F);
        const Clock clock(t, kLength, false);
        EXPECT_EQ(plain.cast.travel.at(clock), played.cast.travel.at(clock));
    }
}

TEST(Acts, WhoStopsComesToRestAndTheEyeWithIt) {
    Played played(walk());
    ASSERT_NE(played.cast.travel.after, 0);
    auto next = changed(walk());
    next.subjects[0].motion = Motion::idle;
    played.add(next);
    EXPECT_FLOAT_EQ(played.cast.travel.last_speed(), 0);
    EXPECT_NEAR(played.at(0, 8).at.x, played.at(0, 12).at.x, 0.01);
    EXPECT_NEAR(played.seen(0, 8), played.seen(0, 12), 0.01);
    EXPECT_LT(std::abs(played.seen(0, 12)), 0.8F * played.half_view(0));
    EXPECT_EQ(played.at(0, 8).motion, Motion::idle);
    expect_steady(played, 0, 4, 8);
    // And goes on again.
    played.add(changed(walk()), 10);
    EXPECT_NE(played.cast.travel.last_speed(), 0);
    EXPECT_GT(played.at(0, 15).at.x, played.at(0, 11).at.x + 1);
    EXPECT_LT(std::abs(played.seen(0, 15)), 0.8F * played.half_view(0));
}

TEST(Acts, WhoBeginsToWalkStaysInView) {
    auto still = walk();
    still.subjects[0].motion = Motion::sit;
    Played played(still);
    played.add(changed(walk()));
    EXPECT_GT(played.at(0, 10).at.x, played.at(0, 5).at.x + 1);
    EXPECT_LT(std::abs(played.seen(0, 10)), 0.8F * played.half_view(0));
    expect_steady(played, 0, 4, 8);
}

TEST(Acts, BetweenWallsTheEyeStays) {
    auto still = walk();
    still.setting = Setting::kitchen, still.subjects[0].motion = Motion::idle;
    Played played(still, true);
    auto next = changed(still);
    next.subjects[0].motion = Motion::run;
    played.add(next);
    EXPECT_TRUE(played.cast.travel.bends.empty());
    EXPECT_LT(std::abs(played.seen(0, 10)), played.half_view(0));
}

TEST(Acts, WhoGoesIsOutOfViewInTime) {
    for (const auto motion : {Motion::walk, Motion::sit}) {
        auto shot = walk();
        shot.subjects[0].motion = motion;
        Played played(shot);
        auto next = changed(shot);
        next.subjects[0].presence = Presence::goes;
        played.add(next);
        EXPECT_GT(played.seen(0, kSince + 4.5F), played.half_view(0));
        expect_steady(played, 0, 4, 9);
        // Nobody is left to go along with.
        EXPECT_FLOAT_EQ(played.cast.travel.last_speed(), 0);
        // What has gone does not come back by itself.
        played.add(next, 10);
        EXPECT_GT(played.seen(0, 15), played.half_view(0));
    }
}

TEST(Acts, WhoComesEndsBesideThoseWhoAreThere) {
    for (const auto motion : {Motion::walk, Motion::sit}) {
        auto shot = walk();
        shot.subjects[0].motion = motion;
        Played played(shot);
        auto next = changed(shot);
        for (const auto* word : {"man", "girl"}) {
            next.subjects.push_back(person(word, Motion::idle));
            next.subjects.back().presence = Presence::comes;
            next.subjects.back().x = word[0] == 'm' ? 0.5 : -0.5;
        }
        played.add(next);
        ASSERT_EQ(played.cast.actors.size(), 3U);
        for (std::size_t i = 1; i < 3; ++i) {
            const auto& a = played.cast.actors[i];
            EXPECT_GT(std::abs(played.seen(i, kSince)), played.half_view(i))
                << "comes from outside";
            EXPECT_LT(std::abs(played.seen(i, 9)), played.half_view(i) - 0.3F * a.width());
            EXPECT_GT(std::abs(played.seen(i, 9) - played.seen(0, 9)), 0.3F) << "in the clear";
            EXPECT_NEAR(played.seen(i, 9), played.seen(i, 12), 0.15) << "and stays";
            expect_steady(played, i, kSince + 0.05F, 9);
        }
        // Who goes along with a walk walks.
        EXPECT_EQ(played.at(1, 12).motion, motion == Motion::walk ? Motion::walk : Motion::idle);
    }
}

TEST(Acts, WhoPassesCrossesTheViewAndIsGone) {
    for (const auto motion : {Motion::run, Motion::sit}) {
        auto shot = walk();
        shot.subjects[0].motion = motion;
        Played played(shot);
        auto next = changed(shot);
        next.subjects.push_back(person("man", Motion::run));
        next.subjects[1].presence = Presence::passes;
        played.add(next);
        const float before = played.seen(1, kSince + 0.05F), after = played.seen(1, kSince + 4.2F);
        EXPECT_GT(std::abs(before), played.half_view(1));
        EXPECT_GT(std::abs(after), played.half_view(1));
        EXPECT_LT(before * after, 0) << "on the other side";
        if (motion == Motion::run) {
            EXPECT_LT(before, 0) << "from behind";
        }
        EXPECT_LT(std::abs(played.seen(1, kSince + 2)), 0.3F * played.half_view(1));
        expect_steady(played, 1, kSince + 0.05F, kSince + 4);
    }
}

TEST(Acts, WhoComesToSomebodyThatStopsStays) {
    Played played(walk());
    auto next = changed(walk());
    next.subjects[0].motion = Motion::idle;
    next.subjects.push_back(person("man", Motion::idle));
    next.subjects[1].presence = Presence::comes;
    played.add(next);
    EXPECT_LT(std::abs(played.seen(1, 9)), played.half_view(1));
    EXPECT_NEAR(played.seen(1, 9), played.seen(1, 14), 0.2);
    expect_steady(played, 1, kSince + 0.05F, 9);
}

TEST(Acts, ManyWhoComeAreAllInView) {
    auto shot = walk();
    shot.subjects[0].motion = Motion::sit, shot.subjects[0].count = 4;
    Played played(shot);
    auto next = changed(shot);
    next.subjects.push_back(person("man", Motion::idle));
    next.subjects[1].presence = Presence::comes, next.subjects[1].count = 3;
    played.add(next);
    for (std::size_t i = 4; i < 7; ++i)
        EXPECT_LT(std::abs(played.seen(i, 9)),
                  played.half_view(i) - 0.5F * played.cast.actors[i].width());
}

TEST(Acts, WhatStandsGrowsAndVanishesWhereItIs) {
    auto shot = walk();
    shot.subjects[0].motion = Motion::sit;
    Played played(shot);
    auto next = changed(shot);
    next.subjects.push_back(person("statue", Motion::idle));
    next.subjects[1].presence = Presence::appears;
    played.add(next);
    EXPECT_EQ(played.at(1, 4.9F).size, 0);
    EXPECT_GT(played.at(1, 5.4F).size, 0.2F);
    EXPECT_FLOAT_EQ(played.at(1, 7).size, 1);
    next.subjects[1].presence = Presence::there;
    next.subjects[0].presence = Presence::vanishes;
    played.add(next, 10);
    EXPECT_FLOAT_EQ(played.at(0, 10).opacity, 1);
    EXPECT_FLOAT_EQ(played.at(0, 12).opacity, 0);
    EXPECT_FLOAT_EQ(played.at(1, 12).opacity, 1);
}

TEST(Acts, ARiderGoesWhereItsMountGoes) {
    Shot shot = walk();
    shot.subjects = {person("cowboy", Motion::ride), person("horse", Motion::walk)};
    shot.subjects[0].main = shot.subjects[1].main = true;
    shot.subjects[0].relation = Relation::riding, shot.subjects[0].related_to = 1;
    Played played(shot);
    auto next = changed(shot);
    next.subjects[1].motion = Motion::idle;
    played.add(next);
    EXPECT_FLOAT_EQ(played.cast.travel.last_speed(), 0);
    EXPECT_NEAR(played.at(1, 8).at.x, played.at(1, 12).at.x, 0.02);
    EXPECT_FLOAT_EQ(played.at(0, 12).apart, 0);
}

}  // namespace
}  // namespace kinora::engines::storyboard
