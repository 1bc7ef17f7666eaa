// tests/unit/engines/storyboard/layers/camera_test.cpp: moves keep the subject in sight, and loops
// close.
#include "engines/storyboard/layers/camera.hpp"

#include <gtest/gtest.h>

namespace kinora::engines::storyboard {
namespace {

CameraPlan plan_of(CameraMove move) {
    CameraPlan plan;
    plan.move = move;
    plan.base = {0, 1, 0, 1000, 680, 340};
    plan.main_z = 3, plan.main_y = 0.5F;
    plan.width = 1360, plan.height = 752;
    return plan;
}

class EveryMove : public testing::TestWithParam<int> {};

TEST_P(EveryMove, KeepsTheMainSubjectInTheFrame) {
    const auto plan = plan_of(CameraMove(GetParam()));
    for (int frame = 0; frame < 120; ++frame) {
        const View v = camera_at(plan, Clock(float(frame) / 24.0F, 5.0F, false));
        const float z = plan.main_z - v.z;
        ASSERT_GT(z, 0.8F);
        const float x = v.centre_x - v.x * v.focal / z;
        const float y = v.horizon_y - (plan.main_y - v.y) * v.focal / z;
        EXPECT_GT(x, 0.25F * 1360);
        EXPECT_LT(x, 0.75F * 1360);
        EXPECT_GT(y, 0.2F * 752);
        EXPECT_LT(y, 0.95F * 752);
    }
}

TEST_P(EveryMove, ClosesInALoop) {
    const auto plan = plan_of(CameraMove(GetParam()));
    const View a = camera_at(plan, Clock(0, 5, true)), b = camera_at(plan, Clock(5, 5, true));
    EXPECT_NEAR(a.x, b.x, 1e-3);
    EXPECT_NEAR(a.z, b.z, 1e-3);
    EXPECT_NEAR(a.focal, b.focal, 0.1);
    EXPECT_NEAR(a.centre_x, b.centre_x, 0.1);
    EXPECT_NEAR(a.horizon_y, b.horizon_y, 0.1);
}

INSTANTIATE_TEST_SUITE_P(Moves, EveryMove, testing::Range(0, int(CameraMove::dolly_zoom) + 1));

}  // namespace
}  // namespace kinora::engines::storyboard
