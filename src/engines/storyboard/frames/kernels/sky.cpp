// frames/kernels/sky.cpp: a gradient with the sun's glow, clouds on a dome and an aurora.
//
// Shaded for every second column and row and interpolated: nothing in a sky is sharper than that.
#include "engines/storyboard/frames/kernels/lanes.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {
namespace {

// Shades one row at half resolution into three rows of square roots.
void shade_row(const SkyArgs& a, float y, int count, float* __restrict r, float* __restrict g,
               float* __restrict b) {
    const float ry = (a.view.horizon_y - y) / a.view.focal, inverse = 1.0F / a.view.focal;
    const float* noise = a.noise.value;
    const float cover = a.cloud_cover, density = a.cloud_density, centre = a.view.centre_x;
    const float sx = a.sun_x, sy = a.sun_y, sz = a.sun_z;
    const float *gr = a.gradient, *gg = gr + 257, *gb = gg + 257, *glow = a.glow;
    const Color sun = a.sun, lit = a.cloud_lit, shade = a.cloud_shade;
    const float u0 = a.cloud_u, u1 = a.cloud_u2, scale = a.cloud_scale;
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        const float rx = (float(2 * i) + 1.0F - centre) * inverse;
        const float il = 1.0F / sqrtf(rx * rx + ry * ry + 1.0F);
        const float dx = rx * il, dy = ry * il, dz = il;
        const float e = clamp(dy, 0.0F, 1.0F) * 256.0F;
        const int ei = lowest(int(e), 255);
        const float ef = e - float(ei);
        const float chord =
            sqrtf((dx - sx) * (dx - sx) + (dy - sy) * (dy - sy) + (dz - sz) * (dz - sz));
        const float shine = glow[lowest(int(chord * 128.0F), 256)];
        float cr = mix(gr[ei], gr[ei + 1], ef) + sun.r * shine;
        float cg = mix(gg[ei], gg[ei + 1], ef) + sun.g * shine;
        float cb = mix(gb[ei], gb[ei + 1], ef) + sun.b * shine;

        const float k = scale / (highest(dy, 0.0F) + 0.06F);
        const float u = dx * k + u0, v = dz * k;
        const float n0 = tap(noise, tap_at(u, v));
        const float n1 = tap(noise, tap_at(u * 2.7F + u1, v * 2.7F));
        const float n2 = tap(noise, tap_at(u + sx * 0.02F, v + 0.025F));
        const float n = n0 * 0.7F + n1 * 0.3F;
        const float cloud = step(-cover, 0.65F - cover, n) * density * step(0.004F, 0.10F, dy);
        const float silver = clamp(1.0F - chord * 0.9F, 0.0F, 1.0F);
        const float bright = clamp(0.5F + (n0 - n2) * 1.3F, 0.0F, 1.0F) * (1.0F - 0.4F * cloud) +
                             0.25F * silver * silver;
        const float edge = silver * silver * 0.4F * (1.0F - cloud);
        cr = mix(cr, mix(shade.r, lit.r, bright) + sun.r * edge, cloud);
        cg = mix(cg, mix(shade.g, lit.g, bright) + sun.g * edge, cloud);
        cb = mix(cb, mix(shade.b, lit.b, bright) + sun.b * edge, cloud);
        r[i] = sqrtf(highest(cr, 0.0F));
        g[i] = sqrtf(highest(cg, 0.0F));
        b[i] = sqrtf(highest(cb, 0.0F));
    }
}

// Curtains of light: folds by noise, bright at the lower edge, fading upwards.
void aurora_row(const SkyArgs& a, float y, int count, float* __restrict r, float* __restrict g,
                float* __restrict b) {
    const float inverse = 1.0F / a.view.focal;
    const float height = (a.view.horizon_y - y) * inverse;
    const float* noise = a.noise.value;
    const float centre = a.view.centre_x, strength = a.aurora;
    const float sway = sinf(a.aurora_phase) * 0.03F, sway2 = cosf(a.aurora_phase) * 0.03F;
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        const float rx = (float(2 * i) + 1.0F - centre) * inverse;
        const float bend = tap(noise, tap_at(rx * 0.16F + sway, 0.31F + sway2));
        const float bend2 = tap(noise, tap_at(rx * 0.11F + 0.4F - sway, 0.77F + sway2));
        const float rays = 0.55F + 0.9F * tap(noise, tap_at(rx * 1.1F + bend * 0.5F, 0.1F + sway2));
        const float lower = height - 0.20F - bend * 0.16F, upper = height - 0.30F - bend2 * 0.2F;
        const float c1 = step(-0.015F, 0.02F, lower) * step(0.34F, 0.0F, lower);
        const float c2 = step(-0.015F, 0.02F, upper) * step(0.30F, 0.0F, upper);
        const float light = highest((c1 + c2 * 0.7F) * rays, 0.0F) * strength * 0.72F;
        const float high = clamp((c1 > c2 ? lower : upper) * 4.0F, 0.0F, 1.0F);
        r[i] += light * mix(0.08F, 0.42F, high);
        g[i] += light * mix(0.62F, 0.16F, high);
        b[i] += light * mix(0.36F, 0.60F, high);
    }
}

}  // namespace

void sky(const SkyArgs& a, const Band& band) {
    const int half = band.width / 2 + 1;
    const std::ptrdiff_t s = band.stride;
    float* rows[2][3];
    for (int i = 0; i < 6; ++i) rows[i / 3][i % 3] = band.scratch + i * s;
    auto fill = [&](int y2, float** to) {
        shade_row(a, float(2 * y2), half, to[0], to[1], to[2]);
        if (a.aurora > 0.0F) aurora_row(a, float(2 * y2), half, to[0], to[1], to[2]);
    };
    const int end = lowest(band.y1, a.y_end);
    if (band.y0 >= end) return;
    int filled = band.y0 / 2;
    fill(filled, rows[0]);
    fill(filled + 1, rows[1]);
    for (int y = band.y0; y < end; ++y) {
        if (y / 2 > filled) {
            filled = y / 2;
            for (int c = 0; c < 3; ++c) {
                float* kept = rows[0][c];
                rows[0][c] = rows[1][c];
                rows[1][c] = kept;
            }
            fill(filled + 1, rows[1]);
        }
        const float fy = float(y & 1) * 0.5F;
        float* out[3] = {band.r, band.g, band.b};
        for (int c = 0; c < 3; ++c) {
            const float* __restrict p = rows[0][c], * __restrict q = rows[1][c];
            float* __restrict o = out[c] + (y - band.y0) * s;
            const int pairs = band.width / 2;
#pragma GCC ivdep
            for (int i = 0; i < pairs; ++i) {
                const float here = mix(p[i], q[i], fy), next = mix(p[i + 1], q[i + 1], fy);
                o[2 * i] = here;
                o[2 * i + 1] = 0.5F * (here + next);
            }
        }
    }
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
