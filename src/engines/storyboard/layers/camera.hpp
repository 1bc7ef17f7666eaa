// layers/camera.hpp: where the eye is at every moment of a shot.
#pragma once

#include "engines/storyboard/layers/clock.hpp"
#include "engines/storyboard/scene/scene.hpp"

namespace kinora::engines::storyboard {

// The way of the eye along with a main subject that goes somewhere.
struct Travel {
    float speed = 0;  // Scene units a second to the right, in the shot's own length.
    float after = 0;  // Where the shot goes on: the subject's own speed, so that it stays in view.

    // How far it has gone, scene units to the right.
    float at(const Clock& clock) const;
};

struct CameraPlan {
    CameraMove move = CameraMove::drift;
    View base{};          // At rest, for the whole frame in pixels.
    float main_z = 3.0F;  // Distance of the main subject.
    float main_y = 0.5F;  // Height of its middle.
    Travel travel;
    int width = 0, height = 0;
    bool bounded = false;  // Indoors: stay away from the walls.
};

View camera_at(const CameraPlan& plan, const Clock& clock);

}  // namespace kinora::engines::storyboard
