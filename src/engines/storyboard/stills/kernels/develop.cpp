// stills/kernels/develop.cpp: display colours to YUV, with a little light and colour on the way.
#include "engines/storyboard/frames/kernels/lanes.hpp"
#include "engines/storyboard/stills/kernels/stills_kernels.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {
namespace {

void color_row(const DevelopArgs& a, int y, float* __restrict r, float* __restrict g,
               float* __restrict b) {
    const std::uint16_t* __restrict pr = a.r + y * a.stride;
    const std::uint16_t* __restrict pg = a.g + y * a.stride;
    const std::uint16_t* __restrict pb = a.b + y * a.stride;
    const float unit = 1.0F / kStoreScale, sat = a.saturation, contrast = a.contrast;
    // What is stored is cut to whole steps; half a step on the way back keeps the middle.
    const float half = 0.5F * unit;
    const Color gain = a.gain, dark = a.tone_dark, light = a.tone_light;
#pragma GCC ivdep
    for (int x = 0; x < a.width; ++x) {
        float cr = (float(int(pr[x])) * unit + half) * gain.r;
        float cg = (float(int(pg[x])) * unit + half) * gain.g;
        float cb = (float(int(pb[x])) * unit + half) * gain.b;
        const float grey = 0.2126F * cr + 0.7152F * cg + 0.0722F * cb;
        cr = (mix(grey, cr, sat) - 0.5F) * contrast + 0.5F;
        cg = (mix(grey, cg, sat) - 0.5F) * contrast + 0.5F;
        cb = (mix(grey, cb, sat) - 0.5F) * contrast + 0.5F;
        const float least = lowest(grey, 1.0F), low = (1.0F - least) * (1.0F - least);
        r[x] = clamp(cr * light.r + dark.r * low, 0.0F, 1.0F);
        g[x] = clamp(cg * light.g + dark.g * low, 0.0F, 1.0F);
        b[x] = clamp(cb * light.b + dark.b * low, 0.0F, 1.0F);
    }
}

}  // namespace

void develop(const DevelopArgs& a, int y0, int y1) {
    alignas(64) float row[2][3][4096];
    for (int yy = y0; yy < y1; yy += 2) {
        for (int j = 0; j < 2; ++j) {
            color_row(a, yy + j, row[j][0], row[j][1], row[j][2]);
            std::uint8_t* __restrict luma = a.luma + (yy + j) * a.luma_stride;
            const float* __restrict r = row[j][0];
            const float* __restrict g = row[j][1];
            const float* __restrict b = row[j][2];
            // BT.709, limited range (ITU-R BT.709-6, section 3.5): 219 steps of luma from 16.
            const int width = a.width;  // A copy: bytes may alias everything.
            for (int x = 0; x < width; ++x) {
                luma[x] =
                    std::uint8_t(int(16.5F + 46.559F * r[x] + 156.629F * g[x] + 15.812F * b[x]));
            }
        }
        std::uint8_t* __restrict cb = a.cb + yy / 2 * a.chroma_stride;
        std::uint8_t* __restrict cr = a.cr + yy / 2 * a.chroma_stride;
        const float(*p)[4096] = row[0], (*q)[4096] = row[1];
        const int half = a.width / 2;
        for (int x = 0; x < half; ++x) {
            const float r = (p[0][2 * x] + p[0][2 * x + 1] + q[0][2 * x] + q[0][2 * x + 1]) * 0.25F;
            const float g = (p[1][2 * x] + p[1][2 * x + 1] + q[1][2 * x] + q[1][2 * x + 1]) * 0.25F;
            const float b = (p[2][2 * x] + p[2][2 * x + 1] + q[2][2 * x] + q[2][2 * x + 1]) * 0.25F;
            cb[x] = std::uint8_t(int(128.5F - 25.664F * r - 86.336F * g + 112.0F * b));
            cr[x] = std::uint8_t(int(128.5F + 112.0F * r - 101.730F * g - 10.270F * b));
        }
    }
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
