// stills/hunt.hpp: where small things went that moved farther than their own size.
//
// Dense flow goes from coarse to fine and loses what is not seen when coarse. Here each patch of
// one picture is looked for all over the other: guesses spread to neighbours and are improved by
// chance (C. Barnes and others: PatchMatch, 2009). The same pictures and guess give the same.
#pragma once

#include "engines/storyboard/stills/flow.hpp"

namespace kinora::engines::storyboard {

struct Hunt {
    Flow flow;     // On the mesh of the thumbnails; in pixels of the picture.
    Field unlike;  // How much each patch differs from where it was found, 0..1.
    Field before;  // And from where the guess had it.
};

Hunt hunt(const Thumbnail& from, const Thumbnail& to, const Flow& guess);

}  // namespace kinora::engines::storyboard
