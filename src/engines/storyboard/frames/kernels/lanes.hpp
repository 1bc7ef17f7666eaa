// frames/kernels/lanes.hpp: small functions that vanish into the loops of the kernels.
//
// Everything is forced inline, so that no copy compiled for AVX2 can end up in baseline code.
#pragma once

#include "engines/storyboard/frames/kernels/kernels.hpp"

#include <math.h>

#define KINORA_LANE [[gnu::always_inline]] static inline

namespace kinora::engines::storyboard::KINORA_ISA {

KINORA_LANE float lowest(float a, float b) {
    return a < b ? a : b;
}
KINORA_LANE float highest(float a, float b) {
    return a > b ? a : b;
}
KINORA_LANE int lowest(int a, int b) {
    return a < b ? a : b;
}
KINORA_LANE int highest(int a, int b) {
    return a > b ? a : b;
}
KINORA_LANE float clamp(float v, float a, float b) {
    return lowest(highest(v, a), b);
}
KINORA_LANE float mix(float a, float b, float t) {
    return a + (b - a) * t;
}
KINORA_LANE float step(float a, float b, float x) {
    const float t = clamp((x - a) * (1.0F / (b - a)), 0.0F, 1.0F);
    return t * t * (3.0F - 2.0F * t);
}

// Grain of paper and canvas: 32 bits of chance for each place, the high ones the best.
KINORA_LANE std::uint32_t grain_at(int x, int y) {
    const std::uint32_t g = std::uint32_t(x + y * 4099) * 0x9e3779b1U;
    return (g ^ g >> 15) * 0x85ebca77U;
}

// Where a point (in tiles, not below -4096) lies between four values of a noise tile.
struct Tap {
    int i00, i01, i10, i11;
    float fx, fy;
};
KINORA_LANE Tap tap_at(float u, float v) {
    constexpr int mask = kNoiseSize - 1;
    const float x = u * float(kNoiseSize) + 2097152.0F;
    const float y = v * float(kNoiseSize) + 2097152.0F;
    const int xi = int(x), yi = int(y);
    const int r0 = (yi & mask) * kNoiseSize, r1 = ((yi + 1) & mask) * kNoiseSize;
    const int c0 = xi & mask, c1 = (xi + 1) & mask;
    return {r0 + c0, r0 + c1, r1 + c0, r1 + c1, x - float(xi), y - float(yi)};
}
KINORA_LANE float tap(const float* t, const Tap& b) {
    const float p = t[b.i00] + (t[b.i01] - t[b.i00]) * b.fx;
    const float q = t[b.i10] + (t[b.i11] - t[b.i10]) * b.fx;
    return p + (q - p) * b.fy;
}

// Blends four texels with weights of 0..256.
KINORA_LANE std::uint32_t blend4(std::uint32_t p, std::uint32_t q, std::uint32_t r, std::uint32_t s,
                                 std::uint32_t fu, std::uint32_t fv) {
    constexpr std::uint32_t m = 0xff00ffU;
    const std::uint32_t gu = 256 - fu, gv = 256 - fv;
    const std::uint32_t t0 = (((p & m) * gu + (q & m) * fu) >> 8) & m;
    const std::uint32_t t1 = (((p >> 8 & m) * gu + (q >> 8 & m) * fu) >> 8) & m;
    const std::uint32_t b0 = (((r & m) * gu + (s & m) * fu) >> 8) & m;
    const std::uint32_t b1 = (((r >> 8 & m) * gu + (s >> 8 & m) * fu) >> 8) & m;
    const std::uint32_t rb = ((t0 * gv + b0 * fv) >> 8) & m;
    const std::uint32_t ga = ((t1 * gv + b1 * fv) >> 8) & m;
    return rb | ga << 8;
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
