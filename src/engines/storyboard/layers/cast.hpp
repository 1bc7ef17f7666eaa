// layers/cast.hpp: the subjects of a shot, placed on the stage and set in motion.
#pragma once

#include "engines/storyboard/assets/pack.hpp"
#include "engines/storyboard/layers/camera.hpp"
#include "engines/storyboard/layers/plan.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kinora::engines::storyboard {

// What an actor does from a moment on.
struct Act {
    float since = 0;  // Seconds into the shot.
    Motion motion = Motion::idle;
    float by = 0;    // Change of its velocity, scene units a second to the right.
    float lift = 0;  // Change of its height, scene units.
};
inline constexpr float kLift = 1.6F;  // Seconds that a change of height takes.

// How an actor comes that was not there from the start.
struct Entrance {
    float since = 0;               // Seconds into the shot; before, it is not seen.
    float from_x = 0, from_y = 0;  // Where it comes from, scene units off its place.
    float eye = 0;                 // Where the eye is then, along its way.
    float drift = 0;               // Goes along with it, scene units a second to the right.
    float across = 0;              // Beside that, for who only passes.
    bool grows = false;            // Where it stands.
};
inline constexpr float kEnter = 2.4F, kGrow = 0.8F;  // Seconds.

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
    bool bears = false;      // Carries the main subject, and stands in its place.
    bool stands = false;     // Rides on its feet.
    bool seated = false;     // Sits on its carrier.
    bool gets_seat = false;  // One comes later, for when it sits.
    float tilt = 0;          // Turned by this always, radians clockwise: a broom lies level.
    std::vector<Act> acts;   // By time.
    std::optional<Entrance> entrance;
    float vanishes = 1e9F, leaves = 1e9F;  // When, seconds into the shot.
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
    float way = 0;        // Gone since the start, scene units to the right.
    float apart = 0;      // Of that, what its acts add.
    Motion motion = Motion::idle, before = Motion::idle;  // What it does, and did before.
    float gait_before = 0;
    float new_share = 1;  // How far it has passed from the one to the other.
    float size = 1;       // Times; 0: is not there.
    float opacity = 1;
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
// Scene units a second; 0 for what stays where it is.
float speed_of(const Actor& actor);
// Actors of one subject, as large as they are beside the cast; appends nothing that the pack lacks.
void add_actors(CastPlan& cast, const Shot& shot, std::size_t subject, const Pack* pack,
                std::uint32_t seed);
void set_size(Actor& actor, const Shot& shot, float unit_m);
CastPlan make_cast(const Shot& shot, const Pack* pack, const StageSize& size, std::uint32_t seed,
                   bool loop);

// Sets homes that depend on the eye's height: `eye_y` and `horizon` in scene units and pixels.
struct EyeLevel {
    float y, horizon, focal, width, height;
    bool weightless, afloat;
    float shore;  // Distance where the ground ends in water; 0: nowhere.
    float track;  // Speed of the eye to the right, scene units a second.

    // Half of the width that is seen `z` away, scene units.
    float half_view(float z) const { return 0.5F * width / focal * z; }
    // Height at which something `z` away is seen in a row, given as a share of the frame.
    float at_row(float row, float z) const { return y + (horizon - row * height) * z / focal; }
};
void place_cast(CastPlan& cast, const Shot& shot, const EyeLevel& eye, std::uint32_t seed);
// Places the actors from `first` on beside those before, who stay where they are; where the eye
// goes along with these, at `eye_speed`, rather behind them.
void place_more(CastPlan& cast, std::size_t first, const Shot& shot, const EyeLevel& eye,
                float eye_speed);

Stance stance_of(const Actor& actor, const Clock& clock, const EyeLevel& eye);

}  // namespace kinora::engines::storyboard
