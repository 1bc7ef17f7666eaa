// frames/draw_list.hpp: what one frame lays over sky and ground, from far to near.
#pragma once

#include "engines/storyboard/frames/bitmap.hpp"

#include <vector>

namespace kinora::engines::storyboard {

// Where and how a sprite is laid. Pixels of the frame; colours are square roots of light.
struct Placement {
    float z = 1;                             // Distance; farther things are drawn first.
    float x = 0, y = 0;                      // Where the anchor comes to lie.
    float height = 100;                      // Of the sprite's content.
    float anchor_x = 0.5F, anchor_y = 1.0F;  // As shares of the content.
    float rotation = 0;                      // Radians, clockwise.
    float stretch_x = 1, stretch_y = 1;
    float lean = 0;  // Columns to the right for each row upwards.
    bool flip = false;
    float opacity = 1;
    bool light = false;  // Adds light and hides nothing.
    Vec3 tint{1, 1, 1};
    float fog = 0;
    Vec3 fog_color{};
    float blur = 0;  // Levels.
    float wobble = 0, wobble_rate = 0, wobble_phase = 0;
    float fade = 0;  // Opacity lost for each row.
    int clip_top = -100000, clip_bottom = 100000;
};

class DrawList {
public:
    void clear();
    void sprite(const Sprite& sprite, const Placement& place);
    // The part [u0, u1) x [v0, v1) of the content, each in 0..1, placed as if it were the whole.
    void strip(const Sprite& sprite, const Placement& place, float u0, float u1, float v0, float v1,
               float shift_x, float shift_y, float shear_x, float shear_y);
    // A shadow on flat ground, thrown by a sprite whose foot is at (x, y).
    void shadow(const Sprite& sprite, Placement place, float shear, float squash, float strength);
    void disc(float z, const Disc& disc);
    // Orders everything; call once, before the bands are drawn.
    void sort();
    // Draws what lies at `near` <= z < `far`.
    void draw(const Band& band, float far, float near) const;

private:
    struct Entry {
        float z;
        int order;
        bool is_disc;
        int index;
        int y0, y1;
    };
    void push(const QuadArgs& args, float z);

    std::vector<QuadArgs> quads_;
    std::vector<Disc> discs_;
    std::vector<Entry> entries_;
};

}  // namespace kinora::engines::storyboard
