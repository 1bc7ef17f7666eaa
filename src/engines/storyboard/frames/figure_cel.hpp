// frames/figure_cel.hpp: a puppet, drawn into a sprite of its own for one frame.
#pragma once

#include "engines/storyboard/frames/bitmap.hpp"
#include "engines/storyboard/frames/relight.hpp"
#include "engines/storyboard/frames/team.hpp"
#include "engines/storyboard/layers/figure.hpp"

namespace kinora::engines::storyboard {

// Room for drawing cels, kept from frame to frame.
class CelPainter {
public:
    // Draws `figure` so that one unit is `unit_px` pixels. In the result the figure's origin lies
    // at (origin_x, origin_y) of level 0, in texels.
    struct Cel {
        Sprite sprite;
        float origin_x = 0, origin_y = 0;
        float unit_px = 1;
    };
    void draw(const Figure& figure, float unit_px, bool face_left, const Light& light, Team& team,
              Cel& cel);

private:
    std::vector<float> z_, rgb_;
    std::vector<Capsule> capsules_;
};

}  // namespace kinora::engines::storyboard
