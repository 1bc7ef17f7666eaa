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

TEST(Camera, AMoveTakesOverWhereTheOtherIs) {
    for (int from = 0; from <= int(CameraMove::dolly_zoom); ++from) {
        for (int to = 0; to <= int(CameraMove::dolly_zoom); ++to) {
            CameraPlan plan;
            plan.move = CameraMove(from);
            plan.base = {0, 1.2F, 0, 1000, 680, 340};
            plan.width = 1360, plan.height = 752;
            const auto before = plan;
            plan.turns = {{5, CameraMove(to)}};
            View last = camera_at(before, Clock(5, 5, false));
            float most = 0;
            for (int frame = 1; frame <= 120; ++frame) {
                const View v = camera_at(plan, Clock(5 + float(frame) / 24, 5, false));
                // In pixels, at the main subject.
                const float near = plan.main_z - v.z, old_near = plan.main_z - last.z;
                const float x = v.centre_x - v.x * v.focal / near,
                            old_x = last.centre_x - last.x * last.focal / old_near;
                most = std::max(most, std::abs(x - old_x));
                most = std::max(most, std::abs(v.horizon_y - last.horizon_y));
                most = std::max(most, 200 * std::abs(v.focal / near / (last.focal / old_near) - 1));
                last = v;
            }
            EXPECT_LT(most, 12) << from << " to " << to;
            const View same = camera_at(plan, Clock(4.9F, 5, false)),
                       alone = camera_at(before, Clock(4.9F, 5, false));
            EXPECT_EQ(same.x, alone.x);
            EXPECT_EQ(same.focal, alone.focal);
        }
    }
}

}  // namespace
}  // namespace kinora::engines::storyboard
