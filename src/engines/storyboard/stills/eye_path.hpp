// stills/eye_path.hpp: how the eye moves before a picture that it was given.
//
// Shifts are shares of the picture's width. The eye starts where the picture was taken, so a path
// begins with nothing at all, and at its full speed; a loop is a round trip at an even speed.
#pragma once

#include "engines/storyboard/scene/scene.hpp"

namespace kinora::engines::storyboard {

struct EyePose {
    float zoom = 1;              // About the aim.
    float aim_x = 0, aim_y = 0;  // Added to the subject's place: where a zoom goes.
    float x = 0, y = 0;          // Of the whole view, to the right and down.
    float side = 0, rise = 0;    // What lies nearer than the subject moves against it by this much.
    float dolly = 0;             // Zoom of what is nearest beside what is farthest.
};

// `progress` is 0 at the start, 1 at the end; `seconds` are for what trembles.
EyePose eye_at(CameraMove move, float progress, float seconds);
// A round trip: the pose after the last frame is that of the first.
EyePose round_trip(CameraMove move, float progress);

}  // namespace kinora::engines::storyboard
