// tests/unit/engines/storyboard/layers/figure_test.cpp: puppets stand on the ground and hold
// together.
#include "engines/storyboard/layers/figure.hpp"

#include <gtest/gtest.h>

namespace kinora::engines::storyboard {
namespace {

float lowest(const Figure& f) {
    float low = 1e9F;
    for (const auto& b : f.bones) low = std::min({low, b.a.y - b.ra, b.b.y - b.rb});
    return low;
}

TEST(Figure, StandsOnTheGroundWhileItWalks) {
    for (const auto* role : {"child", "king", "astronaut", "robot"}) {
        for (int i = 0; i < 20; ++i) {
            Gait gait;
            gait.motion = Motion::walk, gait.cycle = float(i) / 20.0F;
            EXPECT_NEAR(lowest(make_biped(role, gait, {})), 0.0F, 0.035F) << role << " " << i;
        }
    }
}

TEST(Figure, AnimalsStandOnTheGroundWhileTheyWalk) {
    for (const auto* kind : {"bear", "lion", "fox", "panda", "wolf"}) {
        for (int i = 0; i < 20; ++i) {
            Gait gait;
            gait.motion = Motion::walk, gait.cycle = float(i) / 20.0F;
            EXPECT_NEAR(lowest(make_quadruped(kind, gait, {})), 0.0F, 0.035F) << kind << " " << i;
        }
    }
}

// One foot at least moves back exactly as fast as the ground, so no step slides.
TEST(Figure, StepsWithoutSliding) {
    Gait gait;
    gait.motion = Motion::walk;
    const float stride = stride_of(Form::biped, Motion::walk), step = 0.01F;
    for (int i = 0; i < 100; ++i) {
        gait.cycle = float(i) * step;
        const auto now = make_biped("man", gait, {});
        gait.cycle += step;
        const auto next = make_biped("man", gait, {});
        float best = 1e9F;
        for (const std::size_t foot : {2U, 5U}) {
            best = std::min(best,
                            std::abs(now.bones[foot].a.x - next.bones[foot].a.x - stride * step));
        }
        EXPECT_LT(best, 0.0035F) << i;
    }
}

TEST(Figure, BendsLimbsThatKeepTheirLength) {
    const Vec3 a{0, 1, 0};
    for (const Vec3 wanted : {Vec3{0.2F, 0.7F, 0}, Vec3{3, 0, 1}}) {
        Vec3 b = wanted;
        const Vec3 joint = bend_joint(a, b, 0.2F, 0.25F, {1, 0, 0});
        EXPECT_NEAR(std::sqrt(dot(joint - a, joint - a)), 0.2F, 0.06F);
        EXPECT_LE(std::sqrt(dot(b - a, b - a)), 0.451F);
    }
}

TEST(Figure, WearsTheColorThatIsWanted) {
    const auto figure = make_biped("woman", {}, Rgb{255, 0, 0});
    bool red = false;
    for (const auto& b : figure.bones)
        red = red || (b.color.x > 0.9F && b.color.y < 0.01F && b.color.z < 0.01F);
    EXPECT_TRUE(red);
}

TEST(Figure, TakesEveryMotion) {
    for (int motion = 0; motion <= int(Motion::talk); ++motion) {
        Gait gait;
        gait.motion = Motion(motion), gait.cycle = 0.37F, gait.seconds = 2.1F;
        for (const auto& f : {make_biped("chef", gait, {}), make_quadruped("frog", gait, {})}) {
            for (const auto& b : f.bones) {
                ASSERT_TRUE(std::isfinite(b.a.x + b.a.y + b.a.z + b.b.x + b.b.y + b.b.z)) << motion;
                ASSERT_GT(b.ra, 0);
                ASSERT_GT(b.rb, 0);
            }
        }
    }
}

}  // namespace
}  // namespace kinora::engines::storyboard
