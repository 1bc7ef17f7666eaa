// frames/kernels/water.cpp: waves, their mirror of the sky, glitter, foam and a beach.
//
// Long waves run towards the eye; they are a real height field, marched for every second column.
// Small waves are slopes read from noise. Fresnel's law by Schlick's approximation (1994).
#include "engines/storyboard/frames/kernels/lanes.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {
namespace {

constexpr float kTurns = 0.15915494F;  // 1 / 2 pi.

struct Wave {
    float phase;  // 0..1 from crest to crest.
    float size;   // Amplitude here.
    float height;
};

KINORA_LANE float beach(const WaterArgs& a, float x, float z) {
    return 0.085F * (a.shore_z - z) + 0.03F * tap(a.wide.value, tap_at(x * 0.05F, z * 0.05F));
}

KINORA_LANE Wave long_wave(const WaterArgs& a, float w, float z) {
    const float p0 = (z * 0.52F + a.time_wave + 2.6F * w) * kTurns + 64.0F;
    const float p = p0 - float(int(p0));
    const float far = mix(0.35F, 1.0F, step(70.0F, 20.0F, z));
    const float shallow = mix(1.0F, step(7.5F, 15.0F, z - a.surf), a.breaker);
    const float size = a.amplitude * (0.10F + 0.85F * far * shallow);
    const float q0 = (a.time_wave + 1.3F * w) * kTurns + 8.0F;
    const float q = q0 - float(int(q0));
    const float swash =
        a.breaker * 0.16F * a.crest[514 + int(q * 256.0F)] * step(16.0F, 8.0F, z - a.surf);
    return {p, size, size * (a.crest[int(p * 256.0F)] - 0.30F) + swash};
}

}  // namespace

void water_depth(const WaterArgs& a, float* depth, int height, int width, int x0, int x1) {
    constexpr int lanes = 8;
    const float focal = a.view.focal, no_shore = a.shore_z > 0.0F ? 0.0F : 1e6F;
    for (int xb = x0; xb < x1; xb += lanes) {
        const int used = lowest(lanes, x1 - xb);
        int top[lanes];
        float last[lanes], row[lanes];
        for (int l = 0; l < lanes; ++l) {
            top[l] = height;
            last[l] = float(height);
        }
        float z = highest(2.0F, a.view.y * 0.8F), before = z;
        bool first = true;
        while (z < 420.0F) {
            const float wz = a.view.z + z;
            for (int l = 0; l < lanes; ++l) {
                const float rx = (float((xb + l) * 2) + 1.0F - a.view.centre_x) / focal;
                const float x = a.view.x + rx * z;
                const float w = tap(a.wide.value, tap_at(x * 0.013F, wz * 0.018F));
                float h = long_wave(a, w, wz).height;
                h = highest(h, beach(a, x, wz) - no_shore);
                row[l] = a.view.horizon_y - (h - a.view.y) * focal / z;
            }
            for (int l = 0; l < used; ++l) {
                if (row[l] < float(top[l])) {
                    const int y0 = highest(0, int(ceilf(row[l])));
                    const float near = 1.0F / before, far = 1.0F / z;
                    float span = row[l] - last[l];
                    if (fabsf(span) < 1e-4F) span = 1e-4F;
                    float* to = depth + xb + l;
                    // Nearer than the first step the water lies level, at the height found there.
                    const float level = first ? z * (row[l] - a.view.horizon_y) : 0.0F;
                    for (int y = top[l] - 1; y >= y0; --y) {
                        const float t = clamp((float(y) - last[l]) / span, 0.0F, 1.0F);
                        const float below = float(y) - a.view.horizon_y;
                        const float beyond = 1.0F / (near + (far - near) * t);
                        to[y * a.depth_stride] = level > 0.0F ? lowest(z, level / below) : beyond;
                    }
                    top[l] = lowest(top[l], y0);
                }
                last[l] = row[l];
            }
            before = z;
            z += highest(0.12F, z * 0.011F);
            first = false;
        }
        for (int l = 0; l < used; ++l) {
            for (int y = highest(0, a.y_begin); y < top[l]; ++y) {
                const float below = float(y) - a.view.horizon_y + 0.3F;
                depth[y * a.depth_stride + xb + l] =
                    below > 0.3F ? a.view.y * focal / below : kFarWater;
            }
        }
    }
    (void)width;
}

namespace {

// What the shading of one stretch of a row needs, kept in short arrays so that the loops vectorise.
constexpr int kTile = 256;
struct Stretch {
    float z[kTile], phase[kTile], height[kTile], slope_x[kTile], slope_z[kTile], small[kTile],
        over[kTile], foam[kTile], seen[kTile];
    float far[3][kTile], up[3][kTile];
};

// The same for cells of two columns, which know the depth, or of four: noise is dear to read. One
// more on either side, for what lies between.
constexpr int kPairs = kTile / 2 + 2;
struct Pairs {
    float z[kPairs], phase[kPairs], height[kPairs], slope_x[kPairs], slope_z[kPairs], small[kPairs],
        over[kPairs], foam[kPairs], seen[kPairs];
    float far[3][kPairs], up[3][kPairs];  // Of the sky: where one looks, and what wet sand mirrors.
};

// Cells of a row: `n` of `wide` columns each, the first of them left of column `xb`.
struct Cells {
    int xb, n, wide;
};
// Columns to the right of the frame's left edge.
KINORA_LANE float middle_of(const Cells& c, int l) {
    return float(c.xb) + float(c.wide * (l - 1)) + 0.5F * float(c.wide);
}

// Their depths. False where none of them shows water.
bool find_depths(const WaterArgs& a, const float* __restrict depth, const Cells& c, int columns,
                 Pairs& s) {
    const int n = c.n, first = (c.xb - c.wide + c.wide / 2) / 2, by = c.wide / 2;
    float most = 0.0F;
    for (int l = 0; l < n; ++l) {
        const int at = highest(0, lowest(columns - 1, first + by * l));
        const float far = depth[at] < 1e8F ? 1.0F : 0.0F;
        const float z = lowest(depth[at], 2000.0F), wz = a.view.z + z;
        s.z[l] = z;
        s.seen[l] = far * step(a.z_begin, a.z_begin + 0.3F + 0.03F * a.z_begin, wz) *
                    step(a.z_end, a.z_end * 0.98F, wz);
        most = highest(most, s.seen[l]);
    }
    return most > 0.0F;
}

void find_waves(const WaterArgs& a, const Cells& c, Pairs& s) {
    const int n = c.n;
    const float x0 = middle_of(c, 0), dx = float(c.wide);
    const float* sine = a.crest + 257;
    const float inverse = 1.0F / a.view.focal, centre = a.view.centre_x;
    const float *wide = a.wide.value, *wide_dx = a.wide.dx;
    const float *fine = a.fine.value, *fine_dx = a.fine.dx, *fine_dy = a.fine.dy;
    const float drift_a = a.drift_a, drift_b = a.drift_b, strength = 0.020F * a.ripple;
    const float x_begin = a.x_begin, x_end = a.x_end;
#pragma GCC ivdep
    for (int l = 0; l < n; ++l) {
        const float z = s.z[l];
        const float wx = a.view.x + (x0 + dx * float(l) - centre) * inverse * z, wz = a.view.z + z;
        s.seen[l] *=
            step(x_begin - 0.3F, x_begin + 0.3F, wx) * step(x_end + 0.3F, x_end - 0.3F, wx);
        const Tap at = tap_at(wx * 0.013F, wz * 0.018F);
        const Wave wave = long_wave(a, tap(wide, at), wz);
        s.phase[l] = wave.phase;
        const float k = strength / (1.0F + z * 0.012F);
        const Tap b1 = tap_at(wx * 0.11F + drift_a, wz * 0.11F + drift_b);
        const float n0 = tap(fine, b1), dc = sine[int(wave.phase * 256.0F)] * wave.size;
        s.small[l] = n0;
        s.height[l] = wave.height + 0.05F * n0 * a.amplitude;
        const Tap b2 = tap_at(wx * 0.42F - drift_a, wz * 0.42F + drift_b);
        s.slope_x[l] = dc * 2.6F * 0.013F * tap(wide_dx, at) +
                       (tap(fine_dx, b1) + tap(fine_dx, b2) * 0.225F) * k;
        s.slope_z[l] = dc * 0.52F + (tap(fine_dy, b1) + tap(fine_dy, b2) * 0.225F) * k;
        s.foam[l] = tap(fine, tap_at(wx * 0.18F + drift_a, wz * 0.26F)) * 0.6F +
                    tap(fine, tap_at(wx * 0.7F, wz * 0.9F + drift_b)) * 0.5F;
    }
    if (a.shore_z > 0.0F) {
#pragma GCC ivdep
        for (int l = 0; l < n; ++l) {
            const float wx = a.view.x + (x0 + dx * float(l) - centre) * inverse * s.z[l];
            s.over[l] = s.height[l] - beach(a, wx, a.view.z + s.z[l]);
        }
    } else {
        for (int l = 0; l < n; ++l) s.over[l] = 100.0F;
    }
}

void find_sky(const WaterArgs& a, int y, const Cells& c, Pairs& s) {
    const int n = c.n;
    const float x0 = middle_of(c, 0), dx = float(c.wide);
    const float inverse = 1.0F / a.view.focal, centre = a.view.centre_x;
    const float ry = (a.view.horizon_y - float(y) - 0.5F) * inverse;
    const float sx = a.sun_x, sz = a.sun_z;
    const bool sand = a.shore_z > 0.0F;
    for (int i = 0; i < 3; ++i) {
        const float* sky = a.sky + i * 4096;
        float* __restrict far = s.far[i];
        float* __restrict up = s.up[i];
#pragma GCC ivdep
        for (int l = 0; l < n; ++l) {
            const float rx = (x0 + dx * float(l) - centre) * inverse;
            const float id = 1.0F / sqrtf(rx * rx + ry * ry + 1.0F);
            far[l] = sky[64 + int(((rx * sx + sz) * id + 1.0F) * 31.4F)];
        }
        if (!sand) {
            for (int l = 0; l < n; ++l) up[l] = 0.0F;  // It is multiplied by nothing, but read.
            continue;
        }
#pragma GCC ivdep
        for (int l = 0; l < n; ++l) {
            const float rx = (x0 + dx * float(l) - centre) * inverse;
            const float id = 1.0F / sqrtf(rx * rx + ry * ry + 1.0F);
            up[l] = sky[(int(fabsf(ry * id) * 63.0F) << 6) + 48];
        }
    }
}

// Two columns of each pair: the same, or a quarter of the way to the neighbours.
void repeat(const float* __restrict from, int pairs, float* __restrict to) {
#pragma GCC ivdep
    for (int i = 0; i < pairs; ++i) {
        to[2 * i] = from[i + 1];
        to[2 * i + 1] = from[i + 1];
    }
}
void spread(const float* __restrict from, int pairs, float* __restrict to) {
#pragma GCC ivdep
    for (int i = 0; i < pairs; ++i) {
        const float own = 0.75F * from[i + 1];
        to[2 * i] = own + 0.25F * from[i];
        to[2 * i + 1] = own + 0.25F * from[i + 2];
    }
}

// Four columns of each cell, in a straight line from cell to cell.
void spread_four(const float* __restrict from, int cells, float* __restrict to) {
#pragma GCC ivdep
    for (int i = 0; i < cells; ++i) {
        const float own = from[i + 1], left = from[i], right = from[i + 2];
        to[4 * i] = own + 0.375F * (left - own);
        to[4 * i + 1] = own + 0.125F * (left - own);
        to[4 * i + 2] = own + 0.125F * (right - own);
        to[4 * i + 3] = own + 0.375F * (right - own);
    }
}

void widen(const Pairs& from, int pairs, Stretch& to) {
    repeat(from.z, pairs, to.z);
    repeat(from.phase, pairs, to.phase);
    repeat(from.seen, pairs, to.seen);
    spread(from.height, pairs, to.height);
    spread(from.slope_x, pairs, to.slope_x);
    spread(from.slope_z, pairs, to.slope_z);
    spread(from.small, pairs, to.small);
    spread(from.over, pairs, to.over);
    spread(from.foam, pairs, to.foam);
    for (int c = 0; c < 3; ++c) repeat(from.far[c], pairs, to.far[c]);
    for (int c = 0; c < 3; ++c) repeat(from.up[c], pairs, to.up[c]);
}

// Colours of `n` places, the first at column `x0`, one every `step_x` columns.
template <class Places>
void shade_waves(const WaterArgs& a, int y, float x0, float step_x, int n, const Places& s,
                 float* __restrict r, float* __restrict g, float* __restrict b) {
    const float inverse = 1.0F / a.view.focal, ry = (a.view.horizon_y - float(y) - 0.5F) * inverse;
    const float *sr = a.sky, *sg = sr + 4096, *sb = sg + 4096;
    const Color sun = a.sun, deep = a.deep, green = a.crest_color, sand = a.sand, white = a.foam;
    const float sx = a.sun_x, sy = a.sun_y, sz = a.sun_z, light = a.light, breaker = a.breaker,
                surf = a.surf;
    const float fog_density = a.fog_density, centre = a.view.centre_x, amp = a.amplitude;
#pragma GCC ivdep
    for (int l = 0; l < n; ++l) {
        const float rx = (x0 + step_x * float(l) - centre) * inverse;
        const float hx = s.slope_x[l], hz = s.slope_z[l], over = s.over[l], z = s.z[l];
        const float wz = a.view.z + z;
        const float in = 1.0F / sqrtf(hx * hx + hz * hz + 1.0F);
        const float id = 1.0F / sqrtf(rx * rx + ry * ry + 1.0F);
        const float nx = -hx * in, ny = in, nz = -hz * in, dx = rx * id, dy = ry * id, dz = id;
        const float facing = -(nx * dx + ny * dy + nz * dz);
        // Waves that turn away from the eye are bent back a little, which keeps their rim smooth.
        const float nd = lowest(1.0F, 0.5F * (facing + sqrtf(facing * facing + 0.012F)));
        float mx = dx + 2.0F * nd * nx, my = fabsf(dy + 2.0F * nd * ny) + 0.01F,
              mz = dz + 2.0F * nd * nz;
        const float im = 1.0F / sqrtf(mx * mx + my * my + mz * mz);
        mx *= im;
        my *= im;
        mz *= im;
        const float to_sun = mx * sx + my * sy + mz * sz;
        const int at = (int(my * 63.0F) << 6) + int((to_sun + 1.0F) * 31.4F);
        float q = highest(0.0F, to_sun);
        q *= q;
        q *= q;
        float q16 = q * q;
        q16 *= q16;
        const float q48 = q16 * q16 * q16;
        float q300 = q48 * q48;
        q300 = q300 * q300 * q300;
        const float glitter = q300 * 7.0F + q48 * 0.5F;
        const float f = 1.0F - nd;
        float fresnel = f * f;
        fresnel = 0.02F + 0.84F * fresnel * fresnel * f;
        const float crest =
            step(0.15F, 0.75F, s.height[l]) * 0.55F * step(70.0F, 15.0F, wz) * lowest(amp, 1.0F) +
            step(1.2F, 0.2F, over) * 0.35F;
        float cr = mix(mix(deep.r, green.r, crest), sr[at] * 0.85F + sun.r * glitter, fresnel);
        float cg = mix(mix(deep.g, green.g, crest), sg[at] * 0.85F + sun.g * glitter, fresnel);
        float cb = mix(mix(deep.b, green.b, crest), sb[at] * 0.85F + sun.b * glitter, fresnel);
        const float zone = step(30.0F, 20.0F, wz - surf) * step(6.0F, 9.0F, wz - surf) * breaker;
        const float p = s.phase[l], spots = s.foam[l];
        const float breaking = step(0.55F, 0.0F, p) * 0.95F + step(0.93F, 1.0F, p) * 0.9F;
        const float caps = step(0.55F, 0.9F, s.height[l]) * 0.25F * amp;
        float foam = step(0.62F, 1.15F, breaking * zone + 0.42F * spots + 0.16F * breaker + caps);
        const float edge = step(0.16F, 0.02F, over) * step(-0.02F, 0.01F, over) *
                           step(-0.35F, 0.35F, spots * 1.3F);
        foam = highest(foam, edge) * 0.92F;
        const float fl = light * (0.36F + 0.34F * (0.5F - hz * 0.7F + s.small[l] * 0.5F));
        cr = mix(cr, white.r * fl, foam);
        cg = mix(cg, white.g * fl, foam);
        cb = mix(cb, white.b * fl, foam);
        // Sand: dry, or wet and a little mirror.
        const float dry = over <= 0.0F ? 1.0F : 0.0F, wet = step(-0.26F, -0.02F, over);
        const float grain = (0.80F + 0.10F * s.small[l] + 0.06F * spots) * light;
        const float g1 = 1.0F + dy, mirror = 0.04F + 0.5F * g1 * g1 * g1;
        const float ur = s.up[0][l], ug = s.up[1][l], ub = s.up[2][l];
        cr = mix(cr, mix(sand.r * grain, mix(sand.r * 0.25F, ur * 0.8F, mirror), wet), dry);
        cg = mix(cg, mix(sand.g * grain, mix(sand.g * 0.25F, ug * 0.8F, mirror), wet), dry);
        cb = mix(cb, mix(sand.b * grain, mix(sand.b * 0.25F, ub * 0.8F, mirror), wet), dry);
        const float fog = z * fog_density / (1.0F + z * fog_density) * 0.75F;
        r[l] = sqrtf(highest(mix(cr, s.far[0][l], fog), 0.0F));
        g[l] = sqrtf(highest(mix(cg, s.far[1][l], fog), 0.0F));
        b[l] = sqrtf(highest(mix(cb, s.far[2][l], fog), 0.0F));
    }
}

void lay_over(const float* __restrict color, const float* __restrict seen, int n,
              float* __restrict to) {
    for (int l = 0; l < n; ++l) to[l] = mix(to[l], color[l], seen[l]);
}

}  // namespace

void water(const WaterArgs& a, const Band& band) {
    Stretch s;
    Pairs pairs;
    const int columns = highest(1, band.width / 2);
    for (int y = highest(band.y0, a.y_begin); y < band.y1; ++y) {
        const std::ptrdiff_t row = (y - band.y0) * band.stride;
        const float* depth = a.depth + y * a.depth_stride;
        for (int xb = 0; xb < band.width; xb += kTile) {
            const int n = lowest(kTile, band.width - xb), wide = a.coarse ? 4 : 2;
            const int count = (n + wide - 1) / wide;
            const Cells cells{xb, count + 2, wide};
            if (!find_depths(a, depth, cells, columns, pairs)) continue;
            find_waves(a, cells, pairs);
            find_sky(a, y, cells, pairs);
            float colors[3][kTile];
            if (a.coarse) {
                float few[3][kPairs];
                shade_waves(a, y, middle_of(cells, 0), 4.0F, count + 2, pairs, few[0], few[1],
                            few[2]);
                for (int c = 0; c < 3; ++c) spread_four(few[c], count, colors[c]);
                spread_four(pairs.seen, count, s.seen);
            } else {
                widen(pairs, count, s);
                shade_waves(a, y, float(xb) + 0.5F, 1.0F, n, s, colors[0], colors[1], colors[2]);
            }
            lay_over(colors[0], s.seen, n, band.r + row + xb);
            lay_over(colors[1], s.seen, n, band.g + row + xb);
            lay_over(colors[2], s.seen, n, band.b + row + xb);
        }
    }
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
