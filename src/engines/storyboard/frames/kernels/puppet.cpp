// frames/kernels/puppet.cpp: tapered capsules, drawn with a depth buffer and lit as solids.
//
// Cels are drawn at twice their size and halved, which smooths every edge, inner ones included.
#include "engines/storyboard/frames/kernels/lanes.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {
namespace {

void draw_capsule(const CelArgs& a, const Capsule& c, int band0, int band1) {
    const float reach_x0 = lowest(c.ax - c.ar, c.bx - c.br),
                reach_x1 = highest(c.ax + c.ar, c.bx + c.br);
    const float reach_y0 = lowest(c.ay - c.ar, c.by - c.br),
                reach_y1 = highest(c.ay + c.ar, c.by + c.br);
    const int x0 = highest(0, int(floorf(reach_x0))),
              x1 = lowest(a.width, int(ceilf(reach_x1)) + 1);
    const int y0 = highest(band0, int(floorf(reach_y0))),
              y1 = lowest(band1, int(ceilf(reach_y1)) + 1);
    const float dx = c.bx - c.ax, dy = c.by - c.ay;
    const float along = 1.0F / (dx * dx + dy * dy + 1e-6F);
    const std::ptrdiff_t plane = std::ptrdiff_t(a.width) * a.height;
    const float lx = a.light_x, ly = a.light_y, lz = a.light_z;
    // Halfway between the light and the eye, for the highlight.
    const float ih = 1.0F / sqrtf(lx * lx + ly * ly + (lz + 1.0F) * (lz + 1.0F));
    const float hx = lx * ih, hy = ly * ih, hz = (lz + 1.0F) * ih;
    const Color key = a.key, top = a.ambient_top, bottom = a.ambient_bottom;
    for (int y = y0; y < y1; ++y) {
        float* __restrict zrow = a.z + std::ptrdiff_t(y) * a.width;
        float* __restrict r = a.rgb + std::ptrdiff_t(y) * a.width;
        float* __restrict g = r + plane;
        float* __restrict b = g + plane;
        const float py = float(y) + 0.5F - c.ay;
#pragma GCC ivdep
        for (int x = x0; x < x1; ++x) {
            const float px = float(x) + 0.5F - c.ax;
            const float t = clamp((px * dx + py * dy) * along, 0.0F, 1.0F);
            const float qx = px - dx * t, qy = py - dy * t;
            const float radius = c.ar + (c.br - c.ar) * t, ir = 1.0F / radius;
            const float bulge2 = radius * radius - qx * qx - qy * qy;
            const float bulge = sqrtf(highest(bulge2, 0.0F));
            const float z = c.az + (c.bz - c.az) * t + bulge;
            const bool wins = bulge2 > 0.0F && z > zrow[x];
            const float nx = qx * ir, ny = -qy * ir, nz = bulge * ir;
            const float facing = nx * lx + ny * ly + nz * lz;
            const float lit = clamp(facing * 0.7F + 0.3F, 0.0F, 1.2F);
            const float up = ny * 0.5F + 0.5F;
            float spec = highest(nx * hx + ny * hy + nz * hz, 0.0F);
            spec *= spec;
            spec *= spec;
            spec *= spec;
            spec *= spec;
            spec = spec * spec * c.shine;
            const float rim_edge = 1.0F - nz;
            const float rim =
                rim_edge * rim_edge * a.rim * clamp(facing + 0.45F, 0.0F, 1.0F) * 0.5F + spec;
            const float striped = c.stripes > 0.0F
                                      ? step(0.35F, 0.60F, sinf(t * c.stripes + nx * 0.8F))
                                      : step(0.15F, 0.75F, -ny);
            const float under = striped * c.belly_amount;
            const float cr = mix(c.color.r, c.belly.r, under),
                        cg = mix(c.color.g, c.belly.g, under),
                        cb = mix(c.color.b, c.belly.b, under);
            const float red = cr * (mix(bottom.r, top.r, up) + key.r * lit + c.glow) + key.r * rim;
            const float green =
                cg * (mix(bottom.g, top.g, up) + key.g * lit + c.glow) + key.g * rim;
            const float blue = cb * (mix(bottom.b, top.b, up) + key.b * lit + c.glow) + key.b * rim;
            zrow[x] = wins ? z : zrow[x];
            r[x] = wins ? red : r[x];
            g[x] = wins ? green : g[x];
            b[x] = wins ? blue : b[x];
        }
    }
}

}  // namespace

void cel(const CelArgs& a, int y0, int y1) {
    for (int i = 0; i < a.count; ++i) draw_capsule(a, a.capsules[i], y0, y1);
}

void resolve(const CelArgs& a, std::uint32_t* out, int y0, int y1) {
    const std::ptrdiff_t plane = std::ptrdiff_t(a.width) * a.height;
    const int width = a.width / 2;
    const float scale = 0.25F / kTexelScale;
    for (int y = y0; y < y1; ++y) {
        const float* z = a.z + std::ptrdiff_t(2 * y) * a.width;
        const float* p[3];
        for (int c = 0; c < 3; ++c) p[c] = a.rgb + c * plane + std::ptrdiff_t(2 * y) * a.width;
        for (int x = 0; x < width; ++x) {
            float sum[4] = {};
            for (int k = 0; k < 4; ++k) {
                const std::ptrdiff_t i = 2 * x + (k & 1) + (k >> 1) * std::ptrdiff_t(a.width);
                const float solid = z[i] > -1e8F ? 1.0F : 0.0F;
                for (int c = 0; c < 3; ++c) sum[c] += sqrtf(p[c][i]) * solid;
                sum[3] += solid;
            }
            std::uint32_t texel = std::uint32_t(sum[3] * 63.75F + 0.5F) << 24;
            const float limit = sum[3] * 63.75F;
            for (int c = 0; c < 3; ++c) {
                texel |= std::uint32_t(lowest(sum[c] * scale, limit) + 0.5F) << (8 * c);
            }
            out[std::ptrdiff_t(y) * width + x] = texel;
        }
    }
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
