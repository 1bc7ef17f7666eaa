// frames/kernels/kernels.hpp: the loops that touch every pixel, as a table of functions.
//
// The sources of this folder are compiled once for each instruction set (baseline, and AVX2 with
// FMA on x86) and chosen at run time. Their arguments are therefore plain data: no type here has a
// member function that could be compiled twice and merged by the linker.
//
// Pictures are drawn in bands of rows. A band holds planar floats: the square root of linear light,
// so that blending looks as it does in a paint program and highlights above 1 survive for the
// bloom.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kinora::engines::storyboard {

struct Band {
    float* r;
    float* g;
    float* b;
    std::ptrdiff_t stride;  // Floats from one row to the next.
    int width;
    int y0, y1;      // Rows of the frame: y0 inclusive, y1 exclusive.
    float* scratch;  // At least kScratchRows * stride floats, of this thread alone.
};
inline constexpr int kScratchRows = 24;

// A pinhole camera that looks along +z without turning; panning and tilting shift its centre.
struct View {
    float x, y, z;    // Where it stands, in scene units.
    float focal;      // Pixels.
    float centre_x;   // Column of the vanishing point.
    float horizon_y;  // Row of the horizon.
};

struct Color {
    float r, g, b;
};

// 512 x 512 values that tile, and their slopes per tile width.
struct NoiseView {
    const float* value;
    const float* dx;
    const float* dy;
};
inline constexpr int kNoiseSize = 512;

// Premultiplied RGBA8, little endian. One more row and column than the view may be read, so
// pictures have at least one transparent texel on every side.
struct Texels {
    const std::uint32_t* data;
    int width, height;
    int pitch;  // Texels from one row to the next.
};

struct SkyArgs {
    View view;
    int y_end;              // Rows from here on are not drawn.
    const float* gradient;  // 3 x 257 linear values by elevation: all red, all green, all blue.
    const float* glow;      // 257 values by distance from the sun on the unit sphere (0..2).
    float sun_x, sun_y, sun_z;
    Color sun;
    NoiseView noise;
    float cloud_u, cloud_u2;  // Drift in tiles.
    float cloud_cover, cloud_density, cloud_scale;
    Color cloud_lit, cloud_shade;
    float aurora;        // 0: none.
    float aurora_phase;  // 0..2 pi.
};

struct GroundArgs {
    View view;
    int y_begin;            // First row that may show ground.
    const Texels* texture;  // Mip chain, square powers of two that tile.
    int texture_levels;
    float tile;          // Scene units that one texture covers.
    const Texels* path;  // Second texture, or null.
    int path_levels;
    float path_tile;
    int path_kind;  // 0 none, 1 winding into the depth, 2 a band from left to right.
    float path_at, path_half, path_bend;
    float edge;       // Softness of the path's edge, in scene units.
    float dash;       // Length of the road's dashes; 0: none.
    Color light;      // Square root of the light on flat ground.
    NoiseView macro;  // Large spots, so that the tiles do not show.
    float macro_strength;
    float cloud_shift;  // Drift of the clouds' shadows in tiles.
    float cloud_shadow;
    const float* fog;  // 3 rows of `fog_stride` floats: the colour of far air by column.
    std::ptrdiff_t fog_stride;
    float fog_density, fog_most;
    float z_begin, z_end;  // Where the ground begins and ends.
    float caustics;        // Rippling light from above; 0: none.
    float time;
};

struct WaterArgs {
    View view;               // In water units: scene units times a scale.
    float time_wave;         // Phase of the long waves, radians.
    float drift_a, drift_b;  // Drift of the small ripples in tiles; whole numbers close a loop.
    float amplitude;         // Of the long waves, in water units.
    float breaker;           // 0: open water, 1: waves break on a beach.
    float shore_z;           // Distance of the waterline in water units; negative: none.
    float ripple;            // Strength of the small waves.
    float surf;              // Where the breakers' zone begins; 0 for a beach at 9.2 units.
    float z_begin, z_end;    // Where flat water begins and ends.
    float x_begin, x_end;    // Banks at both sides, in water units.
    NoiseView fine, wide;
    const float* sky;    // 3 x 64 x 64 linear values by elevation and bearing to the sun.
    const float* crest;  // 3 x 257: height of a long wave, its slope, a sine.
    float sun_x, sun_y, sun_z;
    Color sun;
    Color deep, crest_color, sand, foam;
    float light;  // Brightness of foam and sand.
    float fog_density;
    const float* depth;  // Half as many columns as the frame: distance of the water, by row.
    std::ptrdiff_t depth_stride;
    int y_begin;
    bool coarse;  // One of four columns is shaded, for a style that paints over it.
};
inline constexpr float kFarWater = 1e9F;

// An image laid over the band: u = ux*x + uy*y + u0 in texels, v alike.
// Result: old * (1 - alpha * cover) + (texel * tint * (1 - fog) + fog_color * alpha * fog) *
// opacity.
struct QuadArgs {
    Texels texels;
    float ux, uy, u0, vx, vy, v0;
    int y0, y1;  // Rows that it may touch.
    float opacity;
    float cover;  // How much it hides what is behind: opacity, or 0 for light.
    Color tint;
    float fog;
    Color fog_color;
    float wobble, wobble_rate, wobble_phase;  // Pixels, radians a row, radians.
    float fade;                               // Opacity lost per row below y0; for reflections.
};

struct Disc {
    float x, y, rx, ry;
    Color color;
    float opacity;
    float cover;  // As in QuadArgs.
    float hard;   // 1: fades from the centre; more: a disc with a soft edge.
};

// Walls of a room or a street: one distance, texture column and kind for each column of the frame.
struct WallArgs {
    View view;
    const float* z;
    const float* u;                 // In textures.
    const std::uint8_t* kind;       // Index into `textures`; 255: none.
    const float* height;            // Top of the wall above the ground, scene units.
    const float* base;              // Bottom of the wall.
    const Texels* const* textures;  // Mip chains, that tile in u.
    int levels;
    float texture_height;  // Scene units that a texture covers upwards.
    Color light[4];
    const float* fog;
    std::ptrdiff_t fog_stride;
    float fog_density;
};

// A tapered capsule of a puppet: two spheres and what lies between, in pixels of the cel; z towards
// the eye.
struct Capsule {
    float ax, ay, az, ar;
    float bx, by, bz, br;
    Color color;  // Linear.
    Color belly;  // Colour of what faces down (or of the stripes).
    float belly_amount;
    float stripes;  // Stripes from a to b; 0: none.
    float shine;
    float glow;  // Light of its own.
};

struct CelArgs {
    float* z;    // width * height, cleared to -1e9.
    float* rgb;  // 3 planes of width * height.
    int width, height;
    const Capsule* capsules;
    int count;
    float light_x, light_y, light_z;  // Towards the light, y up, z to the eye; unit length.
    Color key, ambient_top, ambient_bottom;
    float rim;
};

struct StoreArgs {
    std::uint16_t* r;
    std::uint16_t* g;
    std::uint16_t* b;
    std::ptrdiff_t stride;
    float* bloom;  // 3 planes of bloom_width * bloom_height, one cell for 8 x 8 pixels.
    int bloom_width, bloom_height;
    float threshold;
};
inline constexpr float kStoreScale = 8192.0F;
inline constexpr float kTexelScale = 1.6F / 255.0F;  // Texels hold square roots up to 1.6.

struct PostArgs {
    const std::uint16_t* r;
    const std::uint16_t* g;
    const std::uint16_t* b;
    std::ptrdiff_t stride;
    int width, height;
    const float* bloom;
    int bloom_width, bloom_height;
    float bloom_gain;
    float exposure;
    Color grade;
    float vignette, grain;
    float saturation;             // 1: as it is.
    float contrast;               // Around the middle; 1: as it is.
    Color tone_dark, tone_light;  // Added in the shadows, multiplied in the lights.
    std::uint32_t frame;          // Seeds the grain.
    std::uint8_t* luma;
    std::uint8_t* cb;
    std::uint8_t* cr;
    std::ptrdiff_t luma_stride, chroma_stride;
};

// Strokes of a brush over finished light. `in` and `out` are planes of their own: a row depends on
// its neighbours.
struct StrokeArgs {
    const std::uint16_t* in[3];
    std::uint16_t* out[3];
    std::ptrdiff_t stride;
    int width, height;  // At least 1.
    int radius;         // Pixels, 1..8.
    int* scratch;       // stroke_scratch() integers, of this thread alone.
};
inline constexpr int kStrokeRadiusMax = 8;
constexpr std::ptrdiff_t stroke_scratch(int width, int radius) {
    return width + 2 * radius + 16 + std::ptrdiff_t(4) * (width + radius) * (2 * radius + 3);
}

// Lines, levels and squares over finished light. Where `in` is not `out`, they share no memory.
struct InkArgs {
    const std::uint16_t* in[3];
    std::uint16_t* out[3];
    std::ptrdiff_t stride;
    int width, height;     // At least 1.
    int reach;             // Pixels: how far to each side a line is sought, or a square's side.
    float levels;          // Brightness steps up to 1.
    const float* strokes;  // Hatching from 0 to 1 by column plus row: width + height floats.
    int* scratch;          // `width` integers, of this thread alone.
};

struct Kernels {
    const char* name;
    void (*sky)(const SkyArgs&, const Band&);
    void (*ground)(const GroundArgs&, const Band&);
    // Fills the columns [x0, x1) of the depth of water, where x counts pairs of pixels.
    void (*water_depth)(const WaterArgs&, float* depth, int height, int width, int x0, int x1);
    void (*water)(const WaterArgs&, const Band&);
    void (*quad)(const QuadArgs&, const Band&);
    void (*discs)(const Disc*, int count, const Band&);
    void (*walls)(const WallArgs&, const Band&);
    void (*cel)(const CelArgs&, int y0, int y1);
    // Halves a cel into premultiplied texels: `out` is width/2 * height/2.
    void (*resolve)(const CelArgs&, std::uint32_t* out, int y0, int y1);
    void (*store)(const StoreArgs&, const Band&);
    void (*post)(const PostArgs&, int y0, int y1);
    // Paints the rows [y0, y1).
    void (*strokes)(const StrokeArgs&, int y0, int y1);
    // Brightness in steps of 1 / levels, hues kept. `in` may be `out`. Rows [y0, y1), as below.
    void (*posterize)(const InkArgs&, int y0, int y1);
    // Darkens what lies where the light changes.
    void (*outline)(const InkArgs&, int y0, int y1);
    // Draws what changes as lines on white paper, and hatches what is dark.
    void (*pencil)(const InkArgs&, int y0, int y1);
    // Squares of `reach` pixels of their mean, in `levels` steps, mixed in a chequered way. `in`
    // may be `out`; y0 is a multiple of `reach`.
    void (*mosaic)(const InkArgs&, int y0, int y1);
    // to = to + (from - to) * weight / 256.
    void (*dissolve)(std::uint16_t* to, const std::uint16_t* from, std::ptrdiff_t count,
                     std::uint32_t weight);
};

const Kernels& kernels();           // The best that this processor can run.
const Kernels& baseline_kernels();  // For comparison in tests.

}  // namespace kinora::engines::storyboard
