// layers/camera.hpp: where the eye is at every moment of a shot.
#pragma once

#include "engines/storyboard/layers/clock.hpp"
#include "engines/storyboard/scene/scene.hpp"

#include <vector>

namespace kinora::engines::storyboard {

// A change of speed, from `since` seconds into the shot on, eased over kBend seconds.
struct Bend {
    float since = 0;
    float by = 0;  // Scene units a second to the right.
};
inline constexpr float kBend = 1.2F;

// The way of the eye along with a main subject that goes somewhere.
struct Travel {
    float speed = 0;  // Scene units a second to the right, in the shot's own length.
    float after = 0;  // Where the shot goes on: the subject's own speed, so that it stays in view.
    std::vector<Bend> bends;  // By time.

    // How far it has gone, scene units to the right.
    float at(const Clock& clock) const;
    // The speed that it has at last, scene units a second.
    float last_speed() const;
};

// Another move from `since` seconds on.
struct CameraTurn {
    float since = 0;
    CameraMove move = CameraMove::drift;
};

struct CameraPlan {
    CameraMove move = CameraMove::drift;
    View base{};          // At rest, for the whole frame in pixels.
    float main_z = 3.0F;  // Distance of the main subject.
    float main_y = 0.5F;  // Height of its middle.
    Travel travel;
    int width = 0, height = 0;
    bool bounded = false;           // Indoors: stay away from the walls.
    std::vector<CameraTurn> turns;  // By time.
};

View camera_at(const CameraPlan& plan, const Clock& clock);

}  // namespace kinora::engines::storyboard
