// layers/mood.hpp: the light of a shot and the colours of its air.
#pragma once

#include "engines/storyboard/frames/relight.hpp"
#include "engines/storyboard/scene/scene.hpp"

namespace kinora::engines::storyboard {

struct Mood {
    // The sky, in linear light.
    Vec3 zenith, horizon;
    Vec3 sun_direction{-0.75F, 0.55F, 0.6F};
    Vec3 sun{1, 1, 1};
    float sun_radius = 0.0F;  // Of the disc, as an angle; 0: not in the picture.
    bool moon = false;        // The disc is the moon's.
    float glow = 0.5F;
    float horizon_power = 0.5F;
    float cloud_cover = 0.05F, cloud_density = 0.9F;
    Vec3 cloud_lit{1.2F, 1.2F, 1.2F}, cloud_shade{0.5F, 0.5F, 0.6F};
    float stars = 0.0F;
    float aurora = 0.0F;
    // What stands on the ground.
    Light light;
    float fog_density = 0.02F;
    Vec3 fog{0.8F, 0.8F, 0.9F};
    float night = 0.0F;  // 0 day .. 1 night: lamps, windows and headlights are on.
    // The lens.
    float exposure = 0.85F, bloom = 0.14F, threshold = 0.9F, vignette = 0.34F, grain = 0.02F;
    float saturation = 1.06F, contrast = 1.0F;
    Vec3 grade{1, 1, 1};
};

Mood make_mood(const Shot& shot);

// Light on flat ground, linear.
Vec3 ground_light(const Mood& mood);

}  // namespace kinora::engines::storyboard
