// layers/camera.hpp: where the eye is at every moment of a shot.
#pragma once

#include "engines/storyboard/layers/clock.hpp"
#include "engines/storyboard/scene/scene.hpp"

namespace kinora::engines::storyboard {

struct CameraPlan {
    CameraMove move = CameraMove::drift;
    View base{};            // At rest, for the whole frame in pixels.
    float main_z = 3.0F;    // Distance of the main subject.
    float main_y = 0.5F;    // Height of its middle.
    float track_speed = 0;  // Scene units a second to the right, with the main subject.
    int width = 0, height = 0;
    bool bounded = false;  // Indoors: stay away from the walls.
};

View camera_at(const CameraPlan& plan, const Clock& clock);

}  // namespace kinora::engines::storyboard
