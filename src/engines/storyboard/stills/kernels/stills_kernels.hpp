// stills/kernels/stills_kernels.hpp: the loops over the pixels of given pictures, compiled for two
// instruction sets as those of frames/kernels are. Plain data only.
#pragma once

#include "engines/storyboard/frames/kernels/kernels.hpp"

namespace kinora::engines::storyboard {

// A picture at twice its size (stills/texture.hpp).
struct WarpSource {
    const std::uint32_t* texels;  // RGBA8, little endian.
    int width, height;            // Of the picture: half the texture's.
    int pitch;                    // Texels from one row to the next.
};

// Fields hold a value for each node of a mesh: node (i, j) lies on pixel (i << shift, j << shift).
struct WarpArgs {
    WarpSource from, to;  // `to` may be null.
    int shift, columns;
    const float* from_x;  // Where a node looks in the picture, in its pixels; mirrored at borders.
    const float* from_y;
    const float* to_x;
    const float* to_y;
    const float* share;  // How much of `to` is seen, 0..1; null: nothing.
    const float* light;  // Added to all colours; null: none.
};

// From the square roots of light that a LightPlanes holds to the encoder's YUV, without a tone
// curve: what goes in is a display's colour already.
struct DevelopArgs {
    const std::uint16_t* r;
    const std::uint16_t* g;
    const std::uint16_t* b;
    std::ptrdiff_t stride;
    int width, height;
    Color gain;
    float saturation, contrast;   // 1: as it is.
    Color tone_dark, tone_light;  // Added in the shadows, multiplied in the lights.
    std::uint8_t* luma;
    std::uint8_t* cb;
    std::uint8_t* cr;
    std::ptrdiff_t luma_stride, chroma_stride;
};

struct StillsKernels {
    const char* name;
    // Writes every pixel of the band: 0..1 where no light is added.
    void (*warp)(const WarpArgs&, const Band&);
    void (*develop)(const DevelopArgs&, int y0, int y1);
};

const StillsKernels& stills_kernels();           // The best that this processor can run.
const StillsKernels& stills_baseline_kernels();  // For comparison in tests.

}  // namespace kinora::engines::storyboard
