// frames/vec.hpp: three floats, and the few functions that drawing needs outside the kernels.
#pragma once

#include "engines/storyboard/frames/kernels/kernels.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace kinora::engines::storyboard {

inline constexpr float kPi = 3.14159265F;

struct Vec3 {
    float x = 0, y = 0, z = 0;
    Vec3 operator+(Vec3 o) const { return {x + o.x, y + o.y, z + o.z}; }
    Vec3 operator-(Vec3 o) const { return {x - o.x, y - o.y, z - o.z}; }
    Vec3 operator*(float s) const { return {x * s, y * s, z * s}; }
    Vec3 operator*(Vec3 o) const { return {x * o.x, y * o.y, z * o.z}; }
    Color color() const { return {x, y, z}; }
};

inline float dot(Vec3 a, Vec3 b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline Vec3 unit(Vec3 a) {
    return a * (1.0F / std::sqrt(dot(a, a) + 1e-12F));
}
inline float mix(float a, float b, float t) {
    return a + (b - a) * t;
}
inline Vec3 mix(Vec3 a, Vec3 b, float t) {
    return a + (b - a) * t;
}
inline float clamp01(float v) {
    return std::clamp(v, 0.0F, 1.0F);
}
inline float smooth(float a, float b, float x) {
    const float t = clamp01((x - a) / (b - a));
    return t * t * (3.0F - 2.0F * t);
}
inline float fraction(float x) {
    return x - std::floor(x);
}

// Linear light of a display colour such as 0x5d9130.
inline Vec3 srgb(int hex) {
    auto part = [](int v) { return std::pow(float(v) / 255.0F, 2.2F); };
    return {part(hex >> 16 & 255), part(hex >> 8 & 255), part(hex & 255)};
}
inline Vec3 root(Vec3 c) {
    return {std::sqrt(std::max(c.x, 0.0F)), std::sqrt(std::max(c.y, 0.0F)),
            std::sqrt(std::max(c.z, 0.0F))};
}
inline float luminance(Vec3 c) {
    return 0.2126F * c.x + 0.7152F * c.y + 0.0722F * c.z;
}

// A hash of an index to 0..1: the only source of chance while drawing (lowbias32 by C. Wellons).
inline std::uint32_t hash(std::uint32_t x) {
    x ^= x >> 16;
    x *= 0x7feb352dU;
    x ^= x >> 15;
    x *= 0x846ca68bU;
    return x ^ (x >> 16);
}
inline float chance(std::uint32_t i) {
    return float(hash(i) >> 8) * (1.0F / 16777216.0F);
}
inline float chance(std::uint32_t i, std::uint32_t j) {
    return chance(i * 0x9E3779B1U + hash(j));
}

}  // namespace kinora::engines::storyboard
