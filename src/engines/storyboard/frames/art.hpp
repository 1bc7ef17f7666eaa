// frames/art.hpp: pictures of the pack, lit for a shot, each made once.
#pragma once

#include "engines/storyboard/assets/pack.hpp"
#include "engines/storyboard/frames/bakes.hpp"
#include "engines/storyboard/frames/bitmap.hpp"
#include "engines/storyboard/frames/relight.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kinora::engines::storyboard {

// A leg cut from a sprite: turned about its hip.
struct LegPart {
    Sprite sprite;
    float pivot_x = 0, pivot_y = 0;       // Shares of the whole picture's content.
    float anchor_x = 0.5F, anchor_y = 0;  // The same point within the part's own content.
    float share = 1;                      // Its height beside the whole's.
    float phase = 0;                      // Turns.
};
struct WheelPart {
    Sprite sprite;
    float x = 0, y = 0, radius = 0;  // Shares: of the width, the height, the height.
};

struct Art {
    Sprite whole;  // Everything, for shadows and stillness.
    Sprite body;   // Without its legs; empty where it has none.
    std::vector<LegPart> legs;
    std::vector<WheelPart> wheels;
    float hip = 1;     // Where its legs begin, share of the height.
    float ground = 1;  // Where it touches the ground, share of the height.
    int facing = 0;
};

struct ArtOrder {
    std::string key;
    int height_px = 256;
    bool flip = false;  // Mirrored before it is lit, so that the light stays right.
    std::optional<Vec3> color;
    bool silhouette = false, snow = false, jointed = false;
    Vec3 tint{1, 1, 1};
};

// Empty where the pack has no such picture.
Art make_art(const Pack& pack, const ArtOrder& order, const Light& light);
// The colour that stone takes on a kind of ground.
Vec3 stone_tint(GroundKind ground);
// Cuts legs that stand apart out of a picture; none where it finds fewer than two.
void cut_legs(const Painting& lit, Art& art);

}  // namespace kinora::engines::storyboard
