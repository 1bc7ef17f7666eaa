// tests/unit/engines/storyboard/layers/plan_test.cpp: what a setting is made of, and for whom.
#include "engines/storyboard/layers/plan.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace kinora::engines::storyboard {
namespace {

Shot driven(Setting setting, const char* asset) {
    Shot shot;
    shot.setting = setting;
    Subject s;
    s.word = s.asset = asset, s.main = true, s.motion = Motion::drive, s.height_m = 3;
    shot.subjects = {s};
    return shot;
}

TEST(Plan, LaysRailsUnderATrain) {
    for (const float z : {1.7F, 2.4F, 3.3F, 4.9F, 7.2F}) {
        const auto plan = plan_for(driven(Setting::mountains, "fluent:locomotive"), {z});
        EXPECT_EQ(plan.path_ground, GroundKind::railway);
        EXPECT_EQ(plan.path, 2);
        // The middle of the texture, where the rails are, lies at the train's wheels.
        const float turns = plan.path_at / plan.path_tile;
        EXPECT_NEAR(turns - std::floor(turns), 0.5F, 1e-4F) << z;
        EXPECT_GE(plan.path_tile, 2 * plan.path_half) << z;
    }
}

TEST(Plan, LaysARoadUnderACar) {
    const auto plan = plan_for(driven(Setting::meadow, "fluent:automobile"), {3});
    EXPECT_EQ(plan.path_ground, GroundKind::asphalt);
    EXPECT_EQ(plan_for(driven(Setting::desert, "fluent:automobile"), {3}).path_ground,
              GroundKind::dirt);
}

TEST(Plan, LooksAlongAStreetUnlessSomebodyCrossesIt) {
    Shot shot;
    shot.setting = Setting::city_street;
    PlanCast cast;
    EXPECT_EQ(plan_for(shot, cast).interior, Interior::street);
    cast.travels = true;
    EXPECT_EQ(plan_for(shot, cast).interior, Interior::none);
}

TEST(Plan, SetsATableForSmallThingsIndoors) {
    Shot shot;
    shot.setting = Setting::kitchen;
    PlanCast cast;
    EXPECT_FALSE(plan_for(shot, cast).tabletop);
    cast.small_things = true;
    const auto plan = plan_for(shot, cast);
    EXPECT_TRUE(plan.tabletop);
    EXPECT_TRUE(plan.scatter.empty());
    EXPECT_GT(plan.ground_end, cast.main_z);
    shot.setting = Setting::garden;
    EXPECT_FALSE(plan_for(shot, cast).tabletop);
}

}  // namespace
}  // namespace kinora::engines::storyboard
