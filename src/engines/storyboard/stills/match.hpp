// stills/match.hpp: whether two pictures show the same things, and where each went.
#pragma once

#include "engines/storyboard/stills/flow.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

struct PictureMatch {
    Flow there, back;  // From the first to the second, and the other way.
    // How surely each node of the first is found in the second, and the other way; 0..1. A flow
    // that is not trusted comes from what is like it nearby.
    Field trust_there, trust_back;
    // How far in front each node is, in nodes of its own motion: it hides what has less.
    Field front_there, front_back;
    float share = 0;     // Of both pictures that is surely found again.
    float distance = 0;  // Mean length of the flow where it is trusted, as a share of the width.
    // Enough is found again to morph; else one picture gives way to the other. What went far leaves
    // much behind that has no match, and was mistaken more easily.
    bool good() const { return share > 0.40F + 0.5F * std::max(0.0F, distance - 0.1F); }
};

PictureMatch find_match(const StillPicture& first, const StillPicture& second, Team& team);

}  // namespace kinora::engines::storyboard
