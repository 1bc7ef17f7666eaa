// stills/layout.hpp: what lies where in a picture, guessed from the picture alone: how near each
// place is, where the sky is, where water is, and what the picture is of.
//
// There is no model behind it. Sky is what is smooth and hangs together from the upper edge; ground
// comes nearer towards the lower edge; what stands out from it near the middle is the subject, as
// near as the place it stands on.
#pragma once

#include "engines/storyboard/stills/thumbnail.hpp"

namespace kinora::engines::storyboard {

struct Layout {
    Mesh mesh;
    Field nearness;  // 0 at the horizon .. 1 nearest.
    Field sky;       // How freely clouds drift: 0 outside the sky and at its border, 1 high up.
    Field open;      // The sky itself, 0..1, with a soft border.
    Field water;     // 0..1.
    float horizon = 0.45F;                  // Row, as a share of the height.
    float focus_x = 0.5F, focus_y = 0.55F;  // The middle of the subject, as shares.
    float subject_near = 0.5F;              // Its nearness.
    float sky_share = 0, water_share = 0;   // Of the picture.
    float brightness = 0.5F;                // Mean luma, 0..1.
};

// Whether the prompt speaks of water: where it does not, more is asked of what looks like it.
enum class Water { perhaps, expected };

Layout make_layout(const StillPicture& still, Water water, Team& team);

}  // namespace kinora::engines::storyboard
