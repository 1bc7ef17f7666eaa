// layers/figure.hpp: puppets of tapered capsules in three dimensions, before anything is drawn.
//
// A figure is one unit high and stands at the origin: `x` is forward, `y` up, `z` to its left. Seen
// at a yaw of 0 it faces the eye, at 90 degrees it walks to the right.
#pragma once

#include "engines/storyboard/frames/vec.hpp"
#include "engines/storyboard/scene/scene.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace kinora::engines::storyboard {

struct Bone {
    Vec3 a;
    float ra = 0.05F;
    Vec3 b;
    float rb = 0.05F;
    Vec3 color;
    Vec3 belly{};
    float belly_amount = 0;
    float stripes = 0;
    float shine = 0.10F;
    float glow = 0;
};

struct Figure {
    std::vector<Bone> bones;
    float yaw = 0;   // Radians.
    float roll = 0;  // Of the whole figure in the picture, radians; lying down is a quarter turn.
    float lift = 0;  // Of the whole figure, units.
    float seat = 0;  // Height of what it sits on; 0: stands.

    Bone& add(Vec3 a, float ra, Vec3 b, float rb, Vec3 color);
    Bone& ball(Vec3 a, float r, Vec3 color) { return add(a, r, a, r, color); }
};

// Where in its movement a figure is.
struct Gait {
    Motion motion = Motion::idle;
    float cycle = 0;         // Cycles of the movement; one step with each leg is one cycle.
    float seconds = 0;       // Cycles of slow life: breath and looks, one a second.
    std::uint32_t seed = 0;  // Varies skin, hair and clothes among several.
    bool ball = true;        // Brings its own ball to kick.
    bool carried = false;    // Sits on something that is drawn by itself.
    bool stands = false;     // Rides on its feet, as on a board.
    bool seated = false;     // Sits on a seat that is drawn by itself, whatever its hands do.
    bool instrument = true;  // Brings its own guitar to play.
};

// A human by role: "astronaut", "chef", "old-woman". `color` replaces the colour of the clothes.
Figure make_biped(std::string_view role, const Gait& gait, const std::optional<Rgb>& color);
// An animal by kind: "bear", "lion". `color` replaces the colour of the coat.
Figure make_quadruped(std::string_view kind, const Gait& gait, const std::optional<Rgb>& color);

// Between two poses of one figure; where they have other bones, the nearer one.
Figure mix(const Figure& one, const Figure& other, float share);

// Length of a full cycle on the ground, in units of height.
float stride_of(Form form, Motion motion);

// The middle joint of a limb of two parts from `a` to `b`; `b` is pulled in where out of reach.
Vec3 bend_joint(Vec3 a, Vec3& b, float upper, float lower, Vec3 hint);

inline Vec3 linear(const Rgb& c) {
    return srgb(c.r << 16 | c.g << 8 | c.b);
}

}  // namespace kinora::engines::storyboard
