// frames/relight.hpp: flat pictures become solid: puffed up from their silhouette and lit anew.
#pragma once

#include "engines/storyboard/frames/bitmap.hpp"

#include <optional>

namespace kinora::engines::storyboard {

// The light that sprites and puppets stand in. Directions: x right, y up, z towards the eye.
struct Light {
    Vec3 direction{-0.55F, 0.7F, 0.5F};
    Vec3 key{1, 1, 1};
    Vec3 ambient_top{0.4F, 0.4F, 0.4F}, ambient_bottom{0.3F, 0.3F, 0.3F};
    float rim = 0.5F, shine = 0.12F;
};

struct Relief {
    float puff = 1.0F;  // How round it becomes.
    float keep = 0.4F;  // How much of the drawn shading stays as it is, 0..1.
};

// Paints the main colour over, keeping light, dark and other hues.
void recolor(Painting& painting, Vec3 wanted);
// Returns the same shape lit by `light`.
Painting relight(const Painting& painting, const Light& light, Relief relief);
// Turns it into one dark tone with a bright rim, as against the light.
Painting as_silhouette(const Painting& painting, const Light& light);
void mirror(Painting& painting);
// Snow on whatever faces up.
void add_snow(Painting& painting, Vec3 color);

}  // namespace kinora::engines::storyboard
