// stills/thumbnail.hpp: a picture at the nodes of a mesh, to judge what is in it.
#pragma once

#include "engines/storyboard/frames/team.hpp"
#include "engines/storyboard/stills/mesh.hpp"
#include "engines/storyboard/stills/still_picture.hpp"

namespace kinora::engines::storyboard {

// Display colours 0..1 at the nodes, each the mean of what lies about it.
struct Thumbnail {
    Mesh mesh;
    Field red, green, blue, luma;

    Thumbnail() = default;
    Thumbnail(const StillPicture& still, const Mesh& mesh, Team& team);
};

// The mean over (2 * radius + 1) nodes each way, of what there is of them.
void box_mean(const Mesh& mesh, Field& field, int radius);
// Smooths `field` except across the edges of `guide` (K. He, J. Sun, X. Tang: Guided Image
// Filtering, 2010). Where `trust` is small, values come from about.
Field guided(const Mesh& mesh, const Field& guide, const Field& field, int radius, float edge,
             const Field* trust = nullptr);

}  // namespace kinora::engines::storyboard
