// frames/kernels/puppet.cpp: tapered capsules, drawn with a depth buffer and lit as solids.
//
// Cels are drawn at twice their size and halved, which smooths every edge, inner ones included.
#include "engines/storyboard/frames/kernels/lanes.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {
namespace {

void draw_capsule(const CelArgs& a, const Capsule c, int band0, int band1) {
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
    const float widest = highest(c.ar, c.br), rim_light = a.rim;
    const float has_stripes = c.stripes > 0.0F ? 1.0F : 0.0F;
    for (int y = y0; y < y1; ++y) {
        // Only the stretch of the axis that is near enough to this row can show in it.
        int from = x0, to = x1;
        if (fabsf(dy) > 1.0F) {
            const float p = (float(y) + 0.5F - c.ay - widest) / dy,
                        q = (float(y) + 0.5F - c.ay + widest) / dy;
            const float t0 = clamp(lowest(p, q), 0.0F, 1.0F), t1 = clamp(highest(p, q), 0.0F, 1.0F);
            const float xa = c.ax + dx * t0, xb = c.ax + dx * t1;
            from = highest(x0, int(floorf(lowest(xa, xb) - widest)));
            to = lowest(x1, int(ceilf(highest(xa, xb) + widest)) + 1);
        }
        float* __restrict zrow = a.z + std::ptrdiff_t(y) * a.width;
        float* __restrict r = a.rgb + std::ptrdiff_t(y) * a.width;
        float* __restrict g = r + plane;
        float* __restrict b = g + plane;
        const float py = float(y) + 0.5F - c.ay;
#pragma GCC ivdep
        for (int x = from; x < to; ++x) {
            const float px = float(x) + 0.5F - c.ax;
            const float t = clamp((px * dx + py * dy) * along, 0.0F, 1.0F);
            const float qx = px - dx * t, qy = py - dy * t;
            const float radius = c.ar + (c.br - c.ar) * t, ir = 1.0F / radius;
            const float bulge2 = radius * radius - qx * qx - qy * qy;
            const float bulge = sqrtf(highest(bulge2, 0.0F));
            const float old_r = r[x], old_g = g[x], old_b = b[x], old_z = zrow[x];
            // Outside of the capsule it lies infinitely far. Sums instead of choices: with a branch
            // the compiler would not vectorise the loop.
            const float z = c.az + (c.bz - c.az) * t + bulge + (bulge2 > 0.0F ? 0.0F : -3e9F);
            const float wins = z > old_z ? 1.0F : 0.0F;
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
                rim_edge * rim_edge * rim_light * clamp(facing + 0.45F, 0.0F, 1.0F) * 0.5F + spec;
            // A triangle wave from a to b makes stripes; else what faces down has the belly's
            // colour.
            const float turns = (t * c.stripes + nx * 0.8F) * 0.15915494F + 64.0F;
            const float wave = fabsf(turns - float(int(turns)) - 0.5F) * 4.0F - 1.0F;
            const float stripe = step(0.30F, 0.62F, wave), below = step(0.15F, 0.75F, -ny);
            const float striped = below + (stripe - below) * has_stripes;
            const float under = striped * c.belly_amount;
            const float cr = mix(c.color.r, c.belly.r, under),
                        cg = mix(c.color.g, c.belly.g, under),
                        cb = mix(c.color.b, c.belly.b, under);
            const float red = cr * (mix(bottom.r, top.r, up) + key.r * lit + c.glow) + key.r * rim;
            const float green =
                cg * (mix(bottom.g, top.g, up) + key.g * lit + c.glow) + key.g * rim;
            const float blue = cb * (mix(bottom.b, top.b, up) + key.b * lit + c.glow) + key.b * rim;
            zrow[x] = highest(z, old_z);
            r[x] = old_r + (red - old_r) * wins;
            g[x] = old_g + (green - old_g) * wins;
            b[x] = old_b + (blue - old_b) * wins;
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
    const float scale = 1.0F / (kTexelScale * 255.0F);
    for (int y = y0; y < y1; ++y) {
        const float* z = a.z + std::ptrdiff_t(2 * y) * a.width;
        const float* p[3];
        for (int c = 0; c < 3; ++c) p[c] = a.rgb + c * plane + std::ptrdiff_t(2 * y) * a.width;
        const float* __restrict z0 = z, * __restrict z1 = z + a.width;
        const float* __restrict r0 = p[0], * __restrict r1 = r0 + a.width;
        const float* __restrict g0 = p[1], * __restrict g1 = g0 + a.width;
        const float* __restrict b0 = p[2], * __restrict b1 = b0 + a.width;
        std::uint32_t* __restrict row = out + std::ptrdiff_t(y) * width;
#pragma GCC ivdep
        for (int x = 0; x < width; ++x) {
            const int i = 2 * x, j = 2 * x + 1;
            const float s0 = z0[i] > -1e8F ? 1.0F : 0.0F, s1 = z0[j] > -1e8F ? 1.0F : 0.0F;
            const float s2 = z1[i] > -1e8F ? 1.0F : 0.0F, s3 = z1[j] > -1e8F ? 1.0F : 0.0F;
            const float solid = s0 + s1 + s2 + s3, share = 1.0F / highest(solid, 1.0F);
            const float limit = solid * 63.75F, full = limit * scale;
            const float cr = sqrtf((r0[i] * s0 + r0[j] * s1 + r1[i] * s2 + r1[j] * s3) * share);
            const float cg = sqrtf((g0[i] * s0 + g0[j] * s1 + g1[i] * s2 + g1[j] * s3) * share);
            const float cb = sqrtf((b0[i] * s0 + b0[j] * s1 + b1[i] * s2 + b1[j] * s3) * share);
            const int ir = int(lowest(cr * full, limit) + 0.5F),
                      ig = int(lowest(cg * full, limit) + 0.5F);
            const int ib = int(lowest(cb * full, limit) + 0.5F), ia = int(limit + 0.5F);
            row[x] = std::uint32_t(ir | ig << 8 | ib << 16) | std::uint32_t(ia) << 24;
        }
    }
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
