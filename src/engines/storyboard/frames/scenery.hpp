// frames/scenery.hpp: what stands around: trees, flowers, houses, rocks, all of it still but for
// the wind.
#pragma once

#include "engines/storyboard/frames/art.hpp"
#include "engines/storyboard/frames/bakes.hpp"
#include "engines/storyboard/layers/mood.hpp"
#include "engines/storyboard/layers/plan.hpp"

#include <map>

namespace kinora::engines::storyboard {

struct Prop {
    Vec3 at;  // Of its foot.
    float height = 1;
    int sprite = 0;
    bool flip = false, shadow = false;
    float sway = 0, phase = 0, sink = 0;
    float tint = 1;
};

struct Scenery {
    std::vector<Sprite> sprites;
    std::vector<Prop> props;
};

struct SceneryOrder {
    const Plan* plan = nullptr;
    const Mood* mood = nullptr;
    const Noise* noise = nullptr;
    const Pack* pack = nullptr;  // May be null.
    float focal = 1000, width = 1360, height = 752;
    float main_z = 3;
    float unit_m = 1.7F;
    float travel_from = 0, travel_to = 0;  // Where the eye is, from left to right.
    float further = 0;   // How far it goes beyond, where the shot goes on; signed.
    float clear = 1.0F;  // Half of the width that the main subjects need.
    bool snow = false;
    bool autumn = false;  // Leaves turn.
    std::uint32_t seed = 0;
};

Scenery make_scenery(const SceneryOrder& order, Team& team);

}  // namespace kinora::engines::storyboard
