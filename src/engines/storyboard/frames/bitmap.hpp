// frames/bitmap.hpp: pictures in memory, as the kernels read them.
#pragma once

#include "engines/storyboard/frames/vec.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace kinora::engines::storyboard {

// Premultiplied RGBA8, little endian. Colour is the square root of linear light over 1.6 for things
// in the scene (`kTexelScale`), and over 1 for ground textures.
struct Bitmap {
    int width = 0, height = 0;
    std::vector<std::uint32_t> texels;

    Bitmap() = default;
    Bitmap(int w, int h) : width(w), height(h), texels(std::size_t(w) * std::size_t(h)) {}
    std::uint32_t& at(int x, int y) {
        return texels[std::size_t(y) * std::size_t(width) + std::size_t(x)];
    }
    std::uint32_t at(int x, int y) const {
        return texels[std::size_t(y) * std::size_t(width) + std::size_t(x)];
    }
    Texels view() const { return {texels.data(), width, height, width}; }
};

// Straight display colours with alpha, as a decoder or a brush makes them; the working form.
struct Painting {
    int width = 0, height = 0;
    std::vector<float> red, green, blue, alpha;  // Linear light, straight; alpha 0..1.

    Painting() = default;
    Painting(int w, int h);
    std::size_t index(int x, int y) const {
        return std::size_t(y) * std::size_t(width) + std::size_t(x);
    }
    Vec3 color(std::size_t i) const { return {red[i], green[i], blue[i]}; }
    void set(std::size_t i, Vec3 c, float a) {
        red[i] = c.x, green[i] = c.y, blue[i] = c.z, alpha[i] = a;
    }
    // Lays `c` over what is there.
    void over(std::size_t i, Vec3 c, float a);
};

// An image with its half sizes. `pad` transparent texels, and a few more to the right and below,
// surround the content of level 0, so that sides halve without a rest.
struct Sprite {
    std::vector<Bitmap> levels;
    int pad = 0;
    int width = 0, height = 0;  // Of the content.

    bool empty() const { return levels.empty(); }
    float content_width() const { return float(width); }
    float content_height() const { return float(height); }
    float aspect() const { return content_width() / content_height(); }
};

inline constexpr int kSpritePad = 16;

// Premultiplies, encodes and surrounds with transparent texels.
Sprite make_sprite(const Painting& painting, int pad = kSpritePad);
// A square texture whose side is a power of two; it tiles, so nothing is added around it.
Sprite make_texture(const Painting& painting, float scale);
// Fills in levels 1 and up.
void make_levels(Sprite& sprite, int most);
// From premultiplied display RGBA8, cut to what is visible.
Painting from_rgba(std::span<const std::uint8_t> rgba, int width, int height);

// Three box blurs, nearly a Gaussian, in place.
void blur(std::vector<float>& plane, int width, int height, int radius, int times);

}  // namespace kinora::engines::storyboard
