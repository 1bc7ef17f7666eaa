// frames/interior.hpp: rooms, stages, caves and stands: walls around the stage.
#pragma once

#include "engines/storyboard/frames/bakes.hpp"
#include "engines/storyboard/layers/mood.hpp"
#include "engines/storyboard/layers/plan.hpp"

#include <vector>

namespace kinora::engines::storyboard {

struct InteriorSet {
    std::vector<Sprite> walls;  // 0 the back, 1 the sides; widths are powers of two.
    float half_width = 2.75F;   // Scene units from the middle to a side wall.
    float back = 6.0F;          // Distance of the back wall.
    float back_tile = 5.5F;     // Scene units that the back's texture covers; it goes on beyond.
    float height = 2.15F;
    float side_tile = 2.7F;  // Scene units that the side texture covers.
    float drop = 0;          // The floor lies this much lower than the things that stand before it.
    int soft = 0;            // Levels of the textures left out: a room out of focus.
    std::vector<float> tops[2];  // Of a street: heights of the houses left and right.
    Vec3 ceiling{};              // What shows above the walls, linear light.
};

// `room` scales a room behind a table: scene units of a person there; 1: the room is where things
// stand. `travel` is how far the eye goes along it, to either side.
InteriorSet bake_interior(Interior kind, float back, float room, float travel, const Mood& mood,
                          const Noise& noise, std::uint32_t seed, Team& team);

// Fills the walls' columns for a view.
struct WallColumns {
    std::vector<float> z, u, height, base;
    std::vector<std::uint8_t> kind;
    void fill(const InteriorSet& set, const View& view, int width);
};

}  // namespace kinora::engines::storyboard
