// layers/biped_pose.cpp: a pose for every motion of the human puppet.
#include "engines/storyboard/layers/biped_pose.hpp"

namespace kinora::engines::storyboard {

namespace {

void step_feet(Pose& p, float cycle, float stride, float height) {
    for (int i = 0; i < 2; ++i) {
        // On the ground the foot goes back evenly, as the ground does; in the air it swings
        // forward.
        const float at = fraction(cycle + 0.5F * float(i));
        const float forward = at < 0.55F ? 1.0F - 2.0F * at / 0.55F
                                         : -1.0F + 2.0F * smooth(0.0F, 1.0F, (at - 0.55F) / 0.45F);
        const float up = at < 0.55F ? 0.0F : std::sin((at - 0.55F) / 0.45F * kPi);
        p.foot[i].x = stride * forward, p.foot[i].y = 0.035F + height * up;
    }
}

void swing_arms(Pose& p, float cycle, float reach, float lift) {
    for (int i = 0; i < 2; ++i) {
        const float s = -std::cos((cycle + 0.5F * float(i)) * 2.0F * kPi);
        p.hand[i] = {0.03F + reach * s, 0.42F + lift + 0.05F * std::max(0.0F, s),
                     (i == 0 ? 1.0F : -1.0F) * 0.155F};
    }
}

void pose_travel(Pose& p, const Gait& g) {
    const float turn = g.cycle * 2.0F * kPi;
    if (g.motion == Motion::run) {
        step_feet(p, g.cycle, 0.27F, 0.15F), swing_arms(p, g.cycle, 0.19F, 0.09F);
        p.lean = 0.10F, p.lift = 0.035F * std::abs(std::sin(turn)), p.yaw = 1.15F;
    } else {
        step_feet(p, g.cycle, 0.14F, 0.06F), swing_arms(p, g.cycle, 0.13F, 0.0F);
        p.hip = 0.405F + 0.012F * std::cos(turn * 2.0F), p.lean = 0.02F, p.yaw = 1.0F;
    }
}

void pose_show(Pose& p, const Gait& g) {
    const float turn = g.cycle * 2.0F * kPi, s = std::sin(turn), c = std::cos(turn);
    switch (g.motion) {
        case Motion::dance: {
            p.yaw = 0.35F * s, p.sway = 0.05F * s, p.hip = 0.395F + 0.025F * std::cos(turn * 2.0F);
            p.foot[0].y += 0.09F * std::max(0.0F, s), p.foot[1].y += 0.09F * std::max(0.0F, -s);
            p.foot[0].z = 0.09F + 0.05F * std::max(0.0F, s),
            p.foot[1].z = -0.09F - 0.05F * std::max(0.0F, -s);
            p.hand[0] = {0.10F, 0.62F + 0.24F * s, 0.24F + 0.04F * c},
            p.hand[1] = {0.10F, 0.62F - 0.24F * s, -0.24F + 0.04F * c};
            p.look = 0.2F * s;
            break;
        }
        case Motion::wave:
            p.hand[1] = {0.06F, 0.90F, -0.22F + 0.09F * std::sin(turn * 2.0F)}, p.yaw = 0.25F;
            break;
        case Motion::jump: {
            const float air = std::max(0.0F, s);
            p.lift = 0.28F * air, p.hip = 0.42F - 0.09F * std::max(0.0F, -s);
            for (int i = 0; i < 2; ++i) {
                p.hand[i] = mix(p.hand[i], Vec3{0.08F, 0.92F, i == 0 ? 0.2F : -0.2F},
                                smooth(-0.3F, 0.6F, s));
                p.foot[i].y += 0.05F * air, p.foot[i].x -= 0.05F * air;
            }
            break;
        }
        case Motion::kick: {
            const float k = smooth(0.2F, 1.0F, s) - 0.35F * smooth(0.2F, 1.0F, -s);
            p.yaw = 1.2F, p.foot[0] = {0.32F * k, 0.035F + 0.16F * std::abs(k), 0.06F},
            p.lean = -0.05F * k;
            p.hand[0].x = -0.14F * k, p.hand[1].x = 0.16F * k, p.hand[1].y = 0.5F, p.ball = true;
            break;
        }
        case Motion::fight:
        case Motion::swing:
            p.yaw = 1.1F, p.foot[0].x = 0.12F, p.foot[1].x = -0.12F, p.hip = 0.39F;
            p.hand[0] = {0.13F + 0.2F * std::max(0.0F, s), 0.62F, 0.06F},
            p.hand[1] = {0.13F + 0.2F * std::max(0.0F, -s), 0.60F, -0.06F}, p.lean = 0.05F;
            break;
        case Motion::climb:
            p.yaw = 2.6F;
            for (int i = 0; i < 2; ++i) {
                const float k = i == 0 ? s : -s;
                p.hand[i] = {0.13F, 0.78F + 0.14F * k, i == 0 ? 0.13F : -0.13F},
                p.foot[i] = {0.09F, 0.12F - 0.09F * k, i == 0 ? 0.08F : -0.08F};
            }
            break;
        case Motion::spin:
            p.yaw = turn, p.hand[0] = {0, 0.72F, 0.28F}, p.hand[1] = {0, 0.72F, -0.28F},
            p.foot[0].x = 0.04F, p.foot[0].y += 0.06F;
            break;
        default:
            break;
    }
}

void pose_hands(Pose& p, const Gait& g) {
    const float turn = g.cycle * 2.0F * kPi, s = std::sin(turn), c = std::cos(turn);
    switch (g.motion) {
        case Motion::eat:
            p.hand[1] = {0.13F, mix(0.46F, 0.73F, smooth(-0.4F, 0.5F, s)), -0.05F},
            p.hand[0] = {0.15F, 0.45F, 0.09F}, p.bite = true, p.nod = 0.05F * s;
            break;
        case Motion::read:
            p.hand[0] = {0.19F, 0.52F, 0.09F}, p.hand[1] = {0.19F, 0.52F, -0.09F}, p.nod = -0.12F,
            p.look = 0.12F * s, p.book = true, p.yaw = 0.6F;
            break;
        case Motion::cook:
            p.hand[0] = {0.20F, 0.46F, 0.08F},
            p.hand[1] = {0.21F + 0.035F * c, 0.53F, -0.03F + 0.045F * s}, p.pan = true,
            p.nod = -0.06F, p.yaw = 0.55F;
            break;
        case Motion::play_instrument:
            p.hand[0] = {0.12F, 0.58F, 0.20F}, p.hand[1] = {0.14F, 0.45F + 0.05F * s, -0.07F},
            p.guitar = g.instrument, p.yaw = 0.35F, p.sway = 0.02F * std::sin(turn * 0.5F);
            break;
        case Motion::talk:
            p.hand[0] = {0.14F, 0.52F + 0.07F * s, 0.15F},
            p.hand[1] = {0.14F, 0.52F + 0.07F * c, -0.15F}, p.look = 0.12F * std::sin(turn * 0.5F),
            p.nod = 0.04F * s;
            break;
        case Motion::look:
            p.hand[1] = {0.11F, 0.80F, -0.10F}, p.look = 0.6F * s, p.yaw = 0.7F;
            break;
        default:
            break;
    }
}

void pose_floating(Pose& p, const Gait& g) {
    const float turn = g.cycle * 2.0F * kPi, s = std::sin(turn), c = std::cos(turn);
    switch (g.motion) {
        case Motion::swim:
            p.roll = 1.25F, p.yaw = 1.35F;
            p.hand[0] = {0.24F * c, 0.72F + 0.24F * s, 0.12F},
            p.hand[1] = {-0.24F * c, 0.72F - 0.24F * s, -0.12F};
            p.foot[0].x = 0.07F * std::sin(turn * 3), p.foot[1].x = -0.07F * std::sin(turn * 3);
            break;
        case Motion::fly:
            p.roll = 1.1F, p.yaw = 1.2F, p.hand[1] = {0.10F, 1.05F, -0.12F},
            p.hand[0] = {0.02F, 0.42F, 0.16F}, p.foot[0].x = -0.05F, p.nod = 0.3F;
            break;
        case Motion::fall:
            p.roll = 0.35F * s, p.hand[0] = {0.1F, 0.86F + 0.05F * c, 0.26F},
            p.hand[1] = {0.1F, 0.86F + 0.05F * s, -0.26F}, p.foot[0] = {0.1F, 0.08F, 0.1F},
            p.foot[1] = {-0.06F, 0.04F, -0.1F};
            break;
        default:
            p.roll = 0.16F * s, p.hand[0] = {0.09F, 0.55F + 0.07F * s, 0.26F},
            p.hand[1] = {0.09F, 0.57F + 0.07F * c, -0.26F};
            p.foot[0] = {0.06F, 0.07F + 0.03F * c, 0.09F},
            p.foot[1] = {-0.08F, 0.04F + 0.03F * s, -0.09F}, p.hip = 0.43F;
            break;
    }
}

void pose_resting(Pose& p, const Gait& g) {
    if (g.motion == Motion::sleep) {
        p.roll = -1.5708F, p.yaw = 0.25F, p.lift = 0.09F;
        return;
    }
    if (g.motion == Motion::ride && g.stands) {
        // On a board: sideways, knees bent, arms out for balance.
        const float s = std::sin(g.cycle * 2.0F * kPi);
        p.hip = 0.35F + 0.015F * s, p.yaw = 0.55F, p.lean = 0.04F, p.sway = 0.02F * s;
        p.foot[0] = {0.02F, 0.035F, 0.15F}, p.foot[1] = {0.02F, 0.035F, -0.15F};
        p.hand[0] = {0.06F, 0.62F + 0.06F * s, 0.27F},
        p.hand[1] = {0.06F, 0.56F - 0.06F * s, -0.27F};
        return;
    }
    // Sitting, or riding with the legs astride.
    const bool ride = g.motion == Motion::ride;
    p.hip = 0.26F, p.seat = 0.20F, p.yaw = ride ? 1.25F : 0.75F;
    const float knee = ride ? 0.06F : 0.24F;
    p.foot[0] = {knee, ride ? 0.0F : 0.035F, ride ? 0.13F : 0.07F},
    p.foot[1] = {knee, ride ? 0.0F : 0.035F, ride ? -0.13F : -0.07F};
    p.hand[0] = {0.17F, ride ? 0.40F : 0.30F, 0.10F},
    p.hand[1] = {0.17F, ride ? 0.40F : 0.30F, -0.10F};
}

}  // namespace

Pose pose_of(const Gait& g) {
    Pose p;
    p.yaw = 0.42F;
    switch (g.motion) {
        case Motion::walk:
        case Motion::run:
            pose_travel(p, g);
            break;
        case Motion::dance:
        case Motion::wave:
        case Motion::jump:
        case Motion::bounce:
        case Motion::kick:
        case Motion::fight:
        case Motion::swing:
        case Motion::climb:
        case Motion::spin: {
            Gait shown = g;
            if (g.motion == Motion::bounce) shown.motion = Motion::jump;
            pose_show(p, shown);
            break;
        }
        case Motion::eat:
        case Motion::read:
        case Motion::cook:
        case Motion::play_instrument:
        case Motion::talk:
        case Motion::look:
            pose_hands(p, g);
            break;
        case Motion::swim:
        case Motion::fly:
        case Motion::fall:
        case Motion::float_:
        case Motion::hover:
        case Motion::rise:
            // Who flies on something sits astride of it.
            if (g.carried && g.motion != Motion::fall) {
                Gait astride = g;
                astride.motion = Motion::ride;
                pose_resting(p, astride);
            } else {
                pose_floating(p, g);
            }
            break;
        case Motion::sit:
        case Motion::sleep:
        case Motion::ride:
        case Motion::drive:
        case Motion::sail:
            pose_resting(p, g);
            break;
        default:
            break;
    }
    if (g.seated && g.motion != Motion::sleep) {
        p.hip = 0.26F, p.seat = 0.20F;
        p.foot[0] = {0.24F, 0.035F, 0.07F}, p.foot[1] = {0.24F, 0.035F, -0.07F};
    }
    const float breath = std::sin(g.seconds * 2.0F * kPi * 0.4F);
    p.hand[0].y += 0.006F * breath, p.hand[1].y += 0.006F * breath;
    p.look += 0.10F * std::sin(g.seconds * 2.0F * kPi * 0.2F);
    return p;
}

}  // namespace kinora::engines::storyboard
