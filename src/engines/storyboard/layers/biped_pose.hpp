// layers/biped_pose.hpp: where the joints of the human puppet are at a moment of a motion.
#pragma once

#include "engines/storyboard/layers/figure.hpp"

namespace kinora::engines::storyboard {

// Joints that a motion sets; everything else follows. Index 0 is left, 1 right.
struct Pose {
    float hip = 0.42F, lean = 0.0F, sway = 0.0F;
    Vec3 foot[2] = {{0, 0.035F, 0.06F}, {0, 0.035F, -0.06F}};
    Vec3 hand[2] = {{0.02F, 0.40F, 0.16F}, {0.02F, 0.40F, -0.16F}};
    float look = 0.0F, nod = 0.0F;
    float lift = 0.0F, roll = 0.0F, seat = 0.0F;
    float yaw = 0.5F;
    bool book = false, pan = false, guitar = false, bite = false, ball = false;
};

// In heights of the figure, which stands at the origin and looks along x. Pure.
Pose pose_of(const Gait& gait);

}  // namespace kinora::engines::storyboard
