// layers/plan.hpp: what belongs to each setting: ground, water, relief, scenery, point of view.
//
// Lengths are scene units: the main subject is one unit high, whatever it is, and other things are
// as high as `scene_height` says, so that a mouse and a whale both make a picture.
#pragma once

#include "engines/storyboard/frames/bakes.hpp"
#include "engines/storyboard/scene/scene.hpp"

#include <string>
#include <vector>

namespace kinora::engines::storyboard {

enum class ReliefKind {
    none,
    hills,
    mountains,
    snow_mountains,
    volcano,
    dunes,
    canyon,
    cliff,
    cave,
    woods,
    lunar
};
enum class WaterKind { none, open, beach, calm, river };
enum class Interior { none, room, kitchen, office, library, classroom, stage, cave, street, hall };

// Distance beyond which things belong to the background of a street.
inline constexpr float kStreetEnd = 41.0F;

// Things strewn over a stretch of ground.
struct Scatter {
    std::vector<std::string>
        assets;             // Keys of the pack; "tuft", "reed", "front", "tower" are baked.
    float height_m = 1;     // Mean true height.
    float spread = 0.25F;   // Of the height, up and down.
    float per_unit = 0.1F;  // How many for a unit of width and depth.
    float z0 = 2, z1 = 20;  // Distances from the camera.
    float keep_out = 0;     // Half of the width around the middle that stays free.
    bool shadow = true;
    float sway = 0;        // In the wind.
    bool aligned = false;  // In a row along z0, side by side.
    float share = 0;       // Height as a share of the frame's, instead of the true one.
    float avenue = 0;      // In two rows into the depth, this far left and right of the middle.
};

struct Plan {
    GroundKind ground = GroundKind::grass;
    float tile = 4.0F;
    int path = 0;  // 0 none, 1 into the depth, 2 from side to side.
    GroundKind path_ground = GroundKind::dirt;
    float path_half = 0.5F, path_at = 0.0F, path_bend = 1.0F, path_edge = 0.12F, dash = 0.0F;
    float path_tile = 2.2F;
    float ground_begin = 0, ground_end = 0;  // 0: from here to the horizon.
    ReliefKind relief = ReliefKind::none;
    float relief_height = 1.0F;
    WaterKind water = WaterKind::none;
    float water_scale = 3.0F;                 // Water units in a scene unit.
    float water_begin = 0, water_end = 1e6F;  // Scene units.
    float shore = 0;                          // Distance of a beach's waterline.
    float wave = 0.0F, ripple = 1.0F;
    Interior interior = Interior::none;
    std::vector<Scatter> scatter;
    float horizon = 0.46F, foot = 0.84F;  // Rows as shares of the height.
    float far_air = 1.0F;                 // Multiplies the fog's density.
    bool has_sky = true;
    bool snow = false;        // It lies on the land, on trees and roofs.
    bool afloat = false;      // Subjects stand on water.
    bool weightless = false;  // Subjects hang in the middle.
    bool tabletop = false;    // Things stand on a table, the room lies far behind it.
};

// What the plan must know of the cast.
struct PlanCast {
    float main_z = 3;           // Distance of the main subject.
    bool swims = false;         // The main subject belongs on the water, where there is some.
    bool travels = false;       // It crosses the ground, and the eye goes along.
    bool small_things = false;  // Nothing but things that stand on a table.
};
Plan plan_for(const Shot& shot, const PlanCast& cast);

// Scene units for a thing `height_m` high where the main subject is `main_m` high: true order,
// smaller differences.
inline float scene_height(float height_m, float main_m) {
    return std::pow(std::max(0.01F, height_m) / std::max(0.01F, main_m), 0.60F);
}

}  // namespace kinora::engines::storyboard
