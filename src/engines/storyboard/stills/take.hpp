// stills/take.hpp: one way of making a clip of pictures: what each of its frames sees.
#pragma once

#include "engines/storyboard/stills/living.hpp"
#include "engines/storyboard/stills/stills.hpp"
#include "engines/storyboard/stills/view_fields.hpp"

#include <memory>
#include <string>

namespace kinora::engines::storyboard {

struct TakeFrame {
    ViewFields fields;
    WarpSource from{}, to{};
    float gain = 1;  // Of all light.
    // For what flies before the picture: the eye, and where the layout's nodes look.
    EyePose eye;
    Field look_x, look_y;
};

class Take {
public:
    virtual ~Take() = default;
    virtual const Layout& layout() const = 0;
    virtual void at(int frame, TakeFrame& out, Team& team) = 0;
    // How much of what the prompt adds is there, 0 where a frame must be a picture as it was given.
    virtual float ease(int frame) const = 0;

    std::vector<std::string> notes;
};

// The brief is kept and must outlive the take.
std::unique_ptr<Take> make_take(const StillsBrief& brief, Team& team);

}  // namespace kinora::engines::storyboard
