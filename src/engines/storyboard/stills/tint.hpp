// stills/tint.hpp: the light that a prompt asks for, over a picture that has light of its own.
#pragma once

#include "engines/storyboard/frames/vec.hpp"
#include "engines/storyboard/scene/scene.hpp"

namespace kinora::engines::storyboard {

struct Tint {
    Vec3 gain{1, 1, 1};
    float saturation = 1, contrast = 1;
    Vec3 dark{0, 0, 0}, light{1, 1, 1};

    // This much of it, 0..1.
    Tint eased(float share) const;
};

// `brightness` is the picture's own mean luma: a night is not darkened again.
Tint tint_for(const Shot& mood, Style style, float brightness);

}  // namespace kinora::engines::storyboard
