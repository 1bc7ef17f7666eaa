// frames/kernels/walls.cpp: upright walls in perspective, one distance for each column.
//
// Columns side by side that read one level of one texture are drawn together, row by row, so that
// the loop over them vectorises.
#include "engines/storyboard/frames/kernels/lanes.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {
namespace {

// What the columns of a band need again and again, each a row of the band's scratch.
struct Columns {
    float* __restrict scale;    // Scene units that a pixel is high.
    float* __restrict inverse;  // 1 / scale.
    float* __restrict u;        // In texels of the level.
    float* __restrict fog;
};

// The mip level by distance: texels of the texture's height for each pixel.
KINORA_LANE int level_of(const WallArgs& a, const Texels* chain, float scale) {
    const float step = scale / a.texture_height * float(chain[0].height);
    return lowest(int(log2f(highest(step * 1.2F, 1.0F)) + 0.3F), a.levels - 1);
}

struct Run {
    int x0, x1;
    int y0, y1;  // Rows that any of its columns may touch.
    Texels texture;
    Color light;
};

// Takes the columns from `x0` on that belong together, and says what they need.
Run next_run(const WallArgs& a, const Band& band, int x0, const Columns& columns) {
    const int kind = a.kind[x0];
    const Texels* chain = a.textures[kind];
    const float inverse_f = 1.0F / a.view.focal;
    const int level = level_of(a, chain, a.z[x0] * inverse_f);
    Run run = {x0, x0, 0, 0, chain[level], a.light[kind & 3]};
    float top = 1e6F, bottom = -1e6F;
    for (int x = x0; x < band.width && a.kind[x] == kind; ++x) {
        const float scale = a.z[x] * inverse_f, inverse = 1.0F / scale;
        if (level_of(a, chain, scale) != level) break;
        columns.scale[x] = scale;
        columns.inverse[x] = inverse;
        columns.u[x] = (a.u[x] - floorf(a.u[x])) * float(run.texture.width);
        columns.fog[x] = 1.0F - expf(-a.z[x] * a.fog_density);
        const float foot = a.view.horizon_y + a.view.y * inverse;  // The row of height 0.
        top = lowest(top, foot - a.height[x] * inverse);
        bottom = highest(bottom, foot - a.base[x] * inverse);
        run.x1 = x + 1;
    }
    run.y0 = highest(band.y0, int(clamp(top - 2.0F, 0.0F, 1e6F)));
    run.y1 = lowest(band.y1, int(clamp(bottom + 2.0F, 0.0F, 1e6F)));
    return run;
}

void draw_row(const WallArgs& a, const Band& band, const Run& run, const Columns& columns, int y) {
    const std::ptrdiff_t row = (y - band.y0) * band.stride;
    float* __restrict r = band.r + row;
    float* __restrict g = band.g + row;
    float* __restrict b = band.b + row;
    const float *fr = a.fog, *fg = fr + a.fog_stride, *fb = fg + a.fog_stride;
    const float *scale = columns.scale, *inverse = columns.inverse, *us = columns.u;
    const float *fogs = columns.fog, *tops = a.height, *bases = a.base;
    const std::uint32_t* __restrict texels = run.texture.data;
    const int pitch = run.texture.width, mask = pitch - 1;
    const float tall = float(run.texture.height), v_unit = tall / a.texture_height;
    const float above = a.view.horizon_y - float(y) - 0.5F, eye = a.view.y;
    const Color light = run.light;
#pragma GCC ivdep
    for (int x = run.x0; x < run.x1; ++x) {
        const float h = eye + above * scale[x];
        // The upper edge is softened over one pixel.
        const float cover =
            clamp((tops[x] - h) * inverse[x] + 0.5F, 0.0F, 1.0F) * (h >= bases[x] ? 1.0F : 0.0F);
        const float v = clamp(tall - h * v_unit - 0.5F, 0.0F, tall - 1.01F);
        const int vi = int(v), ui = int(us[x]);
        const int i = vi * pitch + (ui & mask), j = vi * pitch + ((ui + 1) & mask);
        const std::uint32_t c = blend4(texels[i], texels[j], texels[i + pitch], texels[j + pitch],
                                       std::uint32_t(int((us[x] - float(ui)) * 256.0F)),
                                       std::uint32_t(int((v - float(vi)) * 256.0F)));
        const float glow = float(int(c >> 24)) * (1.0F / 255.0F);  // Lit windows keep their light.
        const float cr = float(int(c & 255)) * kTexelScale * mix(1.25F, light.r, glow);
        const float cg = float(int(c >> 8 & 255)) * kTexelScale * mix(1.25F, light.g, glow);
        const float cb = float(int(c >> 16 & 255)) * kTexelScale * mix(1.25F, light.b, glow);
        r[x] = mix(r[x], mix(cr, fr[x], fogs[x]), cover);
        g[x] = mix(g[x], mix(cg, fg[x], fogs[x]), cover);
        b[x] = mix(b[x], mix(cb, fb[x], fogs[x]), cover);
    }
}

}  // namespace

void walls(const WallArgs& a, const Band& band) {
    const Columns columns = {band.scratch, band.scratch + band.stride,
                             band.scratch + 2 * band.stride, band.scratch + 3 * band.stride};
    for (int x = 0; x < band.width;) {
        if (a.kind[x] == 255) {
            ++x;
            continue;
        }
        const Run run = next_run(a, band, x, columns);
        for (int y = run.y0; y < run.y1; ++y) draw_row(a, band, run, columns, y);
        x = run.x1;
    }
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
