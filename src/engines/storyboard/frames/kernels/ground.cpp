// frames/kernels/ground.cpp: a flat ground in true perspective.
//
// One row of the frame is one distance, so along a row the texture is read in a straight line and
// fog, texture level and the road's width are the same for all its pixels.
#include "engines/storyboard/frames/kernels/lanes.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {
namespace {

struct RowOf {
    const std::uint32_t* row[4];  // Two taps along the depth, each two texture rows.
    std::uint32_t fv[2];
    int mask;
    float u0, du;  // In texels of the level.
};

// Chooses the texture level for a row: `du` texels from pixel to pixel, `dv` from row to row.
RowOf texture_row(const Texels* chain, int levels, float u0, float du, float v, float dv) {
    const float size = float(chain[0].width);
    const float step = highest(highest(du * size, dv * size * 0.3F), 1.0F);
    const int level = lowest(int(log2f(step) + 0.4F), levels - 1);
    const Texels& t = chain[level];
    const float n = float(t.width);
    RowOf out = {};
    out.mask = t.width - 1;
    out.u0 = u0 * n + 1048576.0F;
    out.du = du * n;
    for (int i = 0; i < 2; ++i) {
        const float at = (v + (float(i) - 0.5F) * 0.5F * dv) * n + 1048576.0F;
        const int vi = int(at);
        out.fv[i] = std::uint32_t((at - float(vi)) * 256.0F);
        out.row[2 * i] = t.data + (vi & out.mask) * t.width;
        out.row[2 * i + 1] = t.data + ((vi + 1) & out.mask) * t.width;
    }
    return out;
}

void read_row(const RowOf& t, int width, float* __restrict r, float* __restrict g,
              float* __restrict b) {
    const int mask = t.mask;
    const std::uint32_t *p0 = t.row[0], *p1 = t.row[1], *p2 = t.row[2], *p3 = t.row[3];
    const std::uint32_t f0 = t.fv[0], f1 = t.fv[1];
    const float unit = 0.5F / 255.0F, u0 = t.u0, du = t.du;
#pragma GCC ivdep
    for (int x = 0; x < width; ++x) {
        const float u = u0 + du * float(x);
        const int ui = int(u);
        const std::uint32_t fu = std::uint32_t(int((u - float(ui)) * 256.0F));
        const int c0 = ui & mask, c1 = (ui + 1) & mask;
        const std::uint32_t a = blend4(p0[c0], p0[c1], p1[c0], p1[c1], fu, f0);
        const std::uint32_t c = blend4(p2[c0], p2[c1], p3[c0], p3[c1], fu, f1);
        r[x] = float(int(a & 255) + int(c & 255)) * unit;
        g[x] = float(int(a >> 8 & 255) + int(c >> 8 & 255)) * unit;
        b[x] = float(int(a >> 16 & 255) + int(c >> 16 & 255)) * unit;
    }
}

// How much of the path covers each column.
void path_row(const GroundArgs& a, float z, float x0, float dx, int width, float* __restrict mask) {
    if (a.path_kind == 2) {
        const float off = fabsf(z - a.path_at);
        const float whole = 1.0F - step(a.path_half - a.edge, a.path_half + a.edge, off);
        for (int x = 0; x < width; ++x) mask[x] = whole;
        return;
    }
    const float centre = a.path_at + a.path_bend * sinf(z * 0.16F) - a.path_bend * 0.02F * z;
    const float* noise = a.macro.value;
    const float inner = a.path_half - a.edge, outer = a.path_half + a.edge, edge = a.edge;
    const float far = step(34.0F, 22.0F, z);
#pragma GCC ivdep
    for (int x = 0; x < width; ++x) {
        const float at = x0 + dx * float(x);
        const float ragged = tap(noise, tap_at(z * 0.11F, at * 0.05F)) * edge * 1.5F;
        mask[x] = (1.0F - step(inner, outer, fabsf(at - centre) + ragged)) * far;
    }
}

// Light, large spots, the clouds' shadows, and air between the eye and the ground.
void finish_row(const GroundArgs& a, float z, float wz, float x0, float dx, int width,
                const float* r, const float* g, const float* b, const float* dash,
                float* __restrict tone, float* __restrict out_r, float* __restrict out_g,
                float* __restrict out_b) {
    const float fog = a.fog_most * (1.0F - expf(-z * a.fog_density));
    const float begin = step(a.z_begin - 0.02F * a.z_begin, a.z_begin + 0.02F * a.z_begin, wz);
    const float end = 1.0F - step(a.z_end * 0.97F, a.z_end, wz);
    const float opacity = (a.z_begin > 0.0F ? begin : 1.0F) * (a.z_end > 0.0F ? end : 1.0F);
    if (opacity <= 0.0F) return;
    const float *fr = a.fog, *fg = fr + a.fog_stride, *fb = fg + a.fog_stride;
    const float* noise = a.macro.value;
    const float spots = a.macro_strength, shade = a.cloud_shadow, shift = a.cloud_shift;
    const float caustics = a.caustics, time = a.time;
    const Color light = a.light;
    // Spots and shadows are large: every fourth column is enough.
    const int coarse = width / 4 + 2;
    if (caustics > 0.0F) {
#pragma GCC ivdep
        for (int i = 0; i < coarse; ++i) {
            const float at = x0 + dx * float(4 * i);
            const float c1 = tap(noise, tap_at(at * 0.23F + time, wz * 0.23F - time));
            const float c2 = tap(noise, tap_at(at * 0.27F - time + 0.3F, wz * 0.27F + 0.6F));
            const float n = tap(noise, tap_at(at * 0.041F, wz * 0.041F));
            tone[i] = 1.0F + spots * n + caustics * step(0.17F, 0.0F, fabsf(c1 + c2));
        }
    } else {
#pragma GCC ivdep
        for (int i = 0; i < coarse; ++i) {
            const float at = x0 + dx * float(4 * i);
            const float n = tap(noise, tap_at(at * 0.041F, wz * 0.041F));
            const float cloud = tap(noise, tap_at(at * 0.017F + shift, wz * 0.017F + 0.3F));
            tone[i] = (1.0F + spots * n) * (1.0F - shade * step(0.05F, 0.40F, cloud));
        }
    }
#pragma GCC ivdep
    for (int x = 0; x < width; ++x) {
        const float k = tone[x >> 2] + (tone[(x >> 2) + 1] - tone[x >> 2]) * (float(x & 3) * 0.25F);
        const float d = dash[x];
        const float cr = mix(r[x] * k, 0.92F, d) * light.r, cg = mix(g[x] * k, 0.90F, d) * light.g,
                    cb = mix(b[x] * k, 0.82F, d) * light.b;
        out_r[x] = mix(out_r[x], mix(cr, fr[x], fog), opacity);
        out_g[x] = mix(out_g[x], mix(cg, fg[x], fog), opacity);
        out_b[x] = mix(out_b[x], mix(cb, fb[x], fog), opacity);
    }
}

}  // namespace

void ground(const GroundArgs& a, const Band& band) {
    const int width = band.width;
    float* tmp[9];
    for (int i = 0; i < 9; ++i) tmp[i] = band.scratch + i * band.stride;
    for (int y = highest(band.y0, a.y_begin); y < band.y1; ++y) {
        const float below = float(y) + 0.5F - a.view.horizon_y;
        if (below <= 0.25F) continue;
        const float z = a.view.y * a.view.focal / below, wz = a.view.z + z;
        const float dx = z / a.view.focal, x0 = a.view.x + (0.5F - a.view.centre_x) * dx;
        const float dz = z / below;
        const float it = 1.0F / a.tile;
        read_row(texture_row(a.texture, a.texture_levels, x0 * it, dx * it, wz * it, dz * it),
                 width, tmp[0], tmp[1], tmp[2]);
        for (int x = 0; x < width; ++x) tmp[7][x] = 0.0F;
        if (a.path_kind != 0) {
            const float ip = 1.0F / a.path_tile;
            path_row(a, wz, x0, dx, width, tmp[6]);
            read_row(texture_row(a.path, a.path_levels, x0 * ip, dx * ip, wz * ip, dz * ip), width,
                     tmp[3], tmp[4], tmp[5]);
            for (int c = 0; c < 3; ++c) {
                float* __restrict p = tmp[c];
                const float* __restrict q = tmp[3 + c], * __restrict m = tmp[6];
                for (int x = 0; x < width; ++x) p[x] = mix(p[x], q[x], m[x]);
            }
            if (a.dash > 0.0F && a.path_kind == 2) {
                const float line = step(0.055F + dz, 0.035F, fabsf(wz - a.path_at));
                const float rim =
                    step(0.045F + dz, 0.025F, fabsf(fabsf(wz - a.path_at) - a.path_half * 0.9F));
                float* __restrict dash = tmp[7];
                const float inverse = 1.0F / a.dash;
                const int end = line + rim > 0.0F ? width : 0;
                for (int x = 0; x < end; ++x) {
                    const float s = (x0 + dx * float(x)) * inverse + 4096.0F;
                    dash[x] =
                        highest(rim, line * step(0.30F, 0.28F, fabsf(s - float(int(s)) - 0.5F)));
                }
            }
            if (a.dash > 0.0F && a.path_kind == 1) {
                const float centre =
                    a.path_at + a.path_bend * sinf(wz * 0.16F) - a.path_bend * 0.02F * wz;
                const float s = wz / a.dash + 4096.0F;
                const float on = step(0.30F, 0.28F, fabsf(s - floorf(s) - 0.5F));
                for (int x = 0; x < width; ++x) {
                    const float off = fabsf(x0 + dx * float(x) - centre);
                    tmp[7][x] = highest(step(0.05F + dx, 0.03F, off) * on,
                                        step(0.045F + dx, 0.025F, fabsf(off - a.path_half * 0.9F)));
                }
            }
        }
        const std::ptrdiff_t row = (y - band.y0) * band.stride;
        finish_row(a, z, wz, x0, dx, width, tmp[0], tmp[1], tmp[2], tmp[7], tmp[8], band.r + row,
                   band.g + row, band.b + row);
    }
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
