// frames/relief.hpp: far land, drawn once for a shot and then moved as one picture.
#pragma once

#include "engines/storyboard/frames/bakes.hpp"
#include "engines/storyboard/layers/mood.hpp"
#include "engines/storyboard/layers/plan.hpp"

namespace kinora::engines::storyboard {

// A picture that stands on the horizon. `horizon` is the row of the sprite (level 0, its padding
// included) that lies on it; `distance` says how little it moves against the sky.
struct Backdrop {
    Sprite land, glow;  // `glow` is light of its own (lava), added with a flicker; may be empty.
    float horizon = 0;
    float scale = 1;      // Pixels of the frame for one of the sprite's.
    float distance = 60;  // Scene units.
    float haze = 0.6F;    // Of the air over its foot; the ground in front has no more.
    float summit_x = 0;   // Of a volcano: pixels from the middle, and above the horizon.
    float summit_y = 0;
};

struct ReliefOrder {
    ReliefKind kind = ReliefKind::none;
    float strength = 1;  // Multiplies heights.
    bool snow = false;   // Lies on what is not too steep.
};

// `width` x `height` is the frame; `margin` of its width is added on both sides.
Backdrop bake_relief(const ReliefOrder& order, float margin, int width, int height,
                     float focal, const Mood& mood, const Noise& noise, std::uint32_t seed,
                     Team& team);

}  // namespace kinora::engines::storyboard
