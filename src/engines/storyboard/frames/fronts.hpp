// frames/fronts.hpp: house fronts and towers, chosen by a seed and lit for a shot.
#pragma once

#include "engines/storyboard/frames/bakes.hpp"
#include "engines/storyboard/layers/mood.hpp"

#include <vector>

namespace kinora::engines::storyboard {

// A front of its own for every seed; at night some of its windows are lit.
FrontPlan front_plan(bool tower, std::uint32_t seed, const Mood& mood);
Painting lit_front(const FrontPlan& plan, const Mood& mood);
// Many coloured lights hang in the streets of this mood.
bool has_neon(const Mood& mood);

// One side of a street as a texture: houses side by side, each as high as it is.
struct StreetSide {
    Sprite texture;
    std::vector<float> tops;  // Heights of the houses, scene units, in equal steps along `u`.
};
// `height`: what the texture covers upwards, in scene units.
StreetSide bake_street_side(float height, const Mood& mood, std::uint32_t seed);

}  // namespace kinora::engines::storyboard
