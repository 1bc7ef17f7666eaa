// media/decoder/shrink.hpp: a smaller picture, each pixel the mean of those it stands for.
#pragma once

#include <cstdint>
#include <vector>

namespace kinora::media::decoder {

// RGBA with straight alpha, rows without gaps.
struct Rgba {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> bytes;
};

// To a size that is nowhere larger. What is transparent lends no colour to its neighbours.
Rgba shrink(const Rgba& from, int width, int height);

}  // namespace kinora::media::decoder
