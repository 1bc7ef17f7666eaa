// stills/living.hpp: a picture that has depth, clouds that drift and water that glitters.
#pragma once

#include "engines/storyboard/stills/eye_path.hpp"
#include "engines/storyboard/stills/layout.hpp"
#include "engines/storyboard/stills/momentum.hpp"
#include "engines/storyboard/stills/texture.hpp"

namespace kinora::engines::storyboard {

// All of it nothing: the picture itself.
struct LifeMoment {
    EyePose eye;
    float drift = 0;    // Way of the clouds, as a share of the width.
    float ripple = 0;   // Turns of the waves, in cycles of the first kind.
    float ripple2 = 0;  // And of the second.
    const Momentum* momentum = nullptr;
    float carried = 0, carried_own = 0;  // Frames that it has gone on for.
};

class Living {
public:
    Living(const StillPicture& still, Water water, Team& team)
        : layout_(make_layout(still, water, team)), texture_(still, team) {}

    const Layout& layout() const { return layout_; }
    const Mesh& mesh() const { return layout_.mesh; }
    WarpSource source() const { return texture_.source(); }
    // Where each node of mesh() looks in the picture, in pixels.
    void look(const LifeMoment& moment, Field& x, Field& y, Team& team) const;

private:
    Layout layout_;
    Texture texture_;
};

}  // namespace kinora::engines::storyboard
