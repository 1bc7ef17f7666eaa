// frames/kernels/quad.cpp: images laid over the picture, and soft discs.
#include "engines/storyboard/frames/kernels/lanes.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {
namespace {

// Narrows [lo, hi) to the columns where 0 <= slope * x + start < limit.
void narrow(float slope, float start, float limit, float& lo, float& hi) {
    if (fabsf(slope) < 1e-7F) {
        if (start < 0.0F || start >= limit) hi = lo;
        return;
    }
    const float p = -start / slope, q = (limit - start) / slope;
    lo = highest(lo, lowest(p, q));
    hi = lowest(hi, highest(p, q));
}

}  // namespace

void quad(const QuadArgs& a, const Band& band) {
    const int y0 = highest(a.y0, band.y0), y1 = lowest(a.y1, band.y1);
    const std::uint32_t* __restrict texels = a.texels.data;
    const int pitch = a.texels.pitch;
    const int u_max = (a.texels.width - 2) << 8 | 255, v_max = (a.texels.height - 2) << 8 | 255;
    const float keep = (1.0F - a.fog) * kTexelScale;
    const float fog = a.fog * (1.0F / 255.0F);
    const Color fill = {a.fog_color.r * fog, a.fog_color.g * fog, a.fog_color.b * fog};
    const Color tint = {a.tint.r * keep, a.tint.g * keep, a.tint.b * keep};
    for (int y = y0; y < y1; ++y) {
        const float shift =
            a.wobble != 0.0F ? a.wobble * sinf(float(y) * a.wobble_rate + a.wobble_phase) : 0.0F;
        const float fy = float(y) + 0.5F, fx = 0.5F + shift;
        const float u0 = a.ux * fx + a.uy * fy + a.u0 - 0.5F;
        const float v0 = a.vx * fx + a.vy * fy + a.v0 - 0.5F;
        float lo = 0.0F, hi = float(band.width);
        narrow(a.ux, u0, float(a.texels.width - 1), lo, hi);
        narrow(a.vx, v0, float(a.texels.height - 1), lo, hi);
        if (lo >= hi) continue;
        const int x0 = int(ceilf(lo)), x1 = int(ceilf(hi));
        const float fade = highest(1.0F - a.fade * float(y - a.y0), 0.0F);
        const float opacity = a.opacity * fade, cover = a.cover * fade * (1.0F / 255.0F);
        const std::ptrdiff_t row = (y - band.y0) * band.stride;
        float* __restrict r = band.r + row;
        float* __restrict g = band.g + row;
        float* __restrict b = band.b + row;
        // 8 bits of fraction; images are far smaller than 2^15 texels.
        const float ux = a.ux * 256.0F, vx = a.vx * 256.0F;
        const float us = u0 * 256.0F, vs = v0 * 256.0F;
#pragma GCC ivdep
        for (int x = x0; x < x1; ++x) {
            const int u = lowest(highest(int(us + ux * float(x)), 0), u_max);
            const int v = lowest(highest(int(vs + vx * float(x)), 0), v_max);
            const int i = (v >> 8) * pitch + (u >> 8);
            const std::uint32_t c =
                blend4(texels[i], texels[i + 1], texels[i + pitch], texels[i + pitch + 1],
                       std::uint32_t(u & 255), std::uint32_t(v & 255));
            const float alpha = float(int(c >> 24));
            const float old = 1.0F - alpha * cover;
            r[x] = r[x] * old + (float(int(c & 255)) * tint.r + alpha * fill.r) * opacity;
            g[x] = g[x] * old + (float(int(c >> 8 & 255)) * tint.g + alpha * fill.g) * opacity;
            b[x] = b[x] * old + (float(int(c >> 16 & 255)) * tint.b + alpha * fill.b) * opacity;
        }
    }
}

void discs(const Disc* disc, int count, const Band& band) {
    for (int n = 0; n < count; ++n) {
        const Disc& d = disc[n];
        const int y0 = highest(band.y0, int(ceilf(d.y - d.ry - 0.5F)));
        const int y1 = lowest(band.y1, int(ceilf(d.y + d.ry - 0.5F)));
        const int x0 = highest(0, int(ceilf(d.x - d.rx - 0.5F)));
        const int x1 = lowest(band.width, int(ceilf(d.x + d.rx - 0.5F)));
        const float ix = 1.0F / d.rx, iy = 1.0F / d.ry;
        for (int y = y0; y < y1; ++y) {
            const float dy = (float(y) + 0.5F - d.y) * iy, dy2 = dy * dy;
            const std::ptrdiff_t row = (y - band.y0) * band.stride;
            float* __restrict r = band.r + row;
            float* __restrict g = band.g + row;
            float* __restrict b = band.b + row;
#pragma GCC ivdep
            for (int x = x0; x < x1; ++x) {
                const float dx = (float(x) + 0.5F - d.x) * ix;
                const float inside = highest(1.0F - dx * dx - dy2, 0.0F);
                const float k = lowest(inside * inside * d.hard, 1.0F);
                const float light = k * d.opacity, old = 1.0F - k * d.cover;
                r[x] = r[x] * old + d.color.r * light;
                g[x] = g[x] * old + d.color.g * light;
                b[x] = b[x] * old + d.color.b * light;
            }
        }
    }
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
