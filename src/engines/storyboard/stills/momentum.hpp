// stills/momentum.hpp: how the last pictures of a clip moved and changed, to go on from there.
#pragma once

#include "engines/storyboard/stills/flow.hpp"

#include <span>

namespace kinora::engines::storyboard {

// All in one frame's time; lengths in pixels.
struct Momentum {
    float x = 0, y = 0;  // Of the whole picture.
    float zoom = 0;      // Logarithm of its growth about the middle.
    float turn = 0;      // Radians, clockwise.
    float light = 0;     // Logarithm of the brightness's growth.
    Mesh mesh;           // Of the rest: what moved by itself.
    Field own_x, own_y;

    // Largest way of any corner.
    float speed() const;
    // Of what moves by itself, but for the few fastest places.
    float own_speed() const;
    // Where what is now at (x, y) was, `steps` frames of the common motion and `own` of the rest
    // ago.
    void undo(float steps, float own, float& x, float& y) const;
};

// Of two to twelve pictures of one size, in order.
Momentum find_momentum(std::span<const media::Picture> before, Team& team);

}  // namespace kinora::engines::storyboard
