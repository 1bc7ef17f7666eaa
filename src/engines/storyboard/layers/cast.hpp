// layers/cast.hpp: the subjects of a shot, placed on the stage and set in motion.
#pragma once

#include "engines/storyboard/assets/pack.hpp"
#include "engines/storyboard/layers/camera.hpp"
#include "engines/storyboard/layers/plan.hpp"

#include <cstdint>
#include <vector>

namespace kinora::engines::storyboard {

// One body on the stage. Several of one subject are several actors.
struct Actor {
    int subject = 0;  // Index into Shot::subjects.
    int copy = 0;
    Form form = Form::sprite;
    Motion motion = Motion::idle;
    const Asset* asset = nullptr;  // Of sprites.
    float height = 1, aspect = 1;  // Scene units; width to height.
    Vec3 home;           // Of its foot (or its middle, when it hangs) at the middle of the shot.
    bool hangs = false;  // In the air or in water: home is the middle.
    int direction = 1;   // 1: to the right.
    float speed = 0;     // Scene units a second along `direction`.
    float phase = 0;     // Turns, so that several do not move as one.
    int carrier = -1;    // Index of the actor that carries it.
    bool main = false;
    bool bears = false;   // Carries the main subject, and stands in its place.
    bool stands = false;  // Rides on its feet.
    bool seated = false;  // Sits on its carrier.
    float tilt = 0;       // Turned by this always, radians clockwise: a broom lies level.
    float width() const { return height * aspect; }
};

// How an actor stands at one moment.
struct Stance {
    Vec3 at;             // As Actor::home.
    float rotation = 0;  // Radians, clockwise, about the anchor.
    float stretch_x = 1, stretch_y = 1;
    float gait = 0;  // Cycles of legs, wheels or wings.
    float legs = 0;  // Swing of the legs of a sprite, radians.
    float bend = 0;  // Wave through a swimming body, share of its height.
    float sway = 0;  // Lean of a dancing or waving sprite.
    float flap = 1;  // Width of wings that beat, 0..1.
    float glow = 0;
    bool turned = false;  // Looks the other way.
};

// What varies a puppet's skin, hair and clothes. The second man of a shot looks like the second man
// of every other shot of the clip, whatever else stands about.
std::uint32_t look_seed(const Shot& shot, const Actor& actor, std::uint32_t clip_seed);

struct CastPlan {
    std::vector<Actor> actors;
    float main_z = 3.0F;  // Distance at which the main subject has its size on the screen.
    float main_middle = 0.5F;
    Travel travel;
    float unit_m = 1.7F;  // True height of one scene unit.
};

// `visible` is the width of the view at a distance of 1 unit; `size` the main subject's share of
// the frame's height.
struct StageSize {
    float focal, width, height;  // Pixels.
    float seconds;
};
CastPlan make_cast(const Shot& shot, const Pack* pack, const StageSize& size, std::uint32_t seed,
                   bool loop);

// Sets homes that depend on the eye's height: `eye_y` and `horizon` in scene units and pixels.
struct EyeLevel {
    float y, horizon, focal, width, height;
    bool weightless, afloat;
    float shore;  // Distance where the ground ends in water; 0: nowhere.
    float track;  // Speed of the eye to the right, scene units a second.
};
void place_cast(CastPlan& cast, const Shot& shot, const EyeLevel& eye, std::uint32_t seed);

Stance stance_of(const Actor& actor, const Clock& clock, const EyeLevel& eye);

}  // namespace kinora::engines::storyboard
