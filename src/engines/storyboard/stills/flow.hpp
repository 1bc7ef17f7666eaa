// stills/flow.hpp: where each place of one picture went in another. The only door to OpenCV.
#pragma once

#include "engines/storyboard/stills/thumbnail.hpp"

namespace kinora::engines::storyboard {

// What lies at a node of the first picture lies at the node plus (x, y) in the second; in pixels of
// the whole picture.
struct Flow {
    Mesh mesh;
    Field x, y;
};

// Dense inverse search (T. Kroeger and others, 2016). Both thumbnails have the same mesh. Takes one
// thread, and gives the same for the same pictures whoever calls it. Nothing moves in pictures too
// small to tell. A `guess` on the same mesh is where it begins.
Flow find_flow(const Thumbnail& from, const Thumbnail& to, const Flow* guess = nullptr);

}  // namespace kinora::engines::storyboard
