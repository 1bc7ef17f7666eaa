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
    float height = 2.15F;
    float side_tile = 2.7F;  // Scene units that the side texture covers.
    Vec3 ceiling{};          // What shows above the walls, linear light.
};

InteriorSet bake_interior(Interior kind, float back, const Mood& mood, const Noise& noise,
                          std::uint32_t seed, Team& team);

// Fills the walls' columns for a view.
struct WallColumns {
    std::vector<float> z, u, height, base;
    std::vector<std::uint8_t> kind;
    void fill(const InteriorSet& set, const View& view, int width);
};

}  // namespace kinora::engines::storyboard
