// frames/kernels/post.cpp: from light to the encoder's YUV: bloom, tone curve, vignette, grain.
#include "engines/storyboard/frames/kernels/lanes.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {

void store(const StoreArgs& a, const Band& band) {
    const float* in[3] = {band.r, band.g, band.b};
    std::uint16_t* out[3] = {a.r, a.g, a.b};
    // A local: a store through `o` could change a member, for all the compiler knows.
    const int width = band.width;
    for (int c = 0; c < 3; ++c) {
        for (int y = band.y0; y < band.y1; ++y) {
            const float* __restrict p = in[c] + (y - band.y0) * band.stride;
            std::uint16_t* __restrict o = out[c] + y * a.stride;
#pragma GCC ivdep
            for (int x = 0; x < width; ++x) {
                o[x] = std::uint16_t(int(clamp(p[x], 0.0F, 3.99F) * kStoreScale));
            }
        }
        float* bloom = a.bloom + std::ptrdiff_t(c) * a.bloom_width * a.bloom_height;
        for (int y = band.y0; y + 7 < band.y1; y += 8) {
            float* __restrict o = bloom + std::ptrdiff_t(y / 8) * a.bloom_width;
            // Three rows of eight stand for all: summed downwards first, where the loop is long.
            const float* __restrict p1 = in[c] + (y - band.y0 + 1) * band.stride;
            const float* __restrict p4 = p1 + 3 * band.stride;
            const float* __restrict p7 = p4 + 3 * band.stride;
            float* __restrict sums = band.scratch;
            for (int x = 0; x < width; ++x) {
                sums[x] = p1[x] * p1[x] + p4[x] * p4[x] + p7[x] * p7[x];
            }
            for (int i = 0; i < a.bloom_width; ++i) {
                const float* s = sums + lowest(i * 8, width - 8);
                float sum = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
                sum *= 1.0F / 24.0F;
                o[i] = lowest(highest(sum - a.threshold, 0.0F) * 0.8F + sum * 0.10F, 4.0F);
            }
        }
    }
}

namespace {

// The tone curve of the Academy's reference transform, as fitted by K. Narkowicz (2016), then the
// display's gamma, as a square root with a small correction towards 1 / 2.2.
KINORA_LANE float tone(float c) {
    c = (c * (2.51F * c + 0.03F)) / (c * (2.43F * c + 0.59F) + 0.14F);
    const float q = sqrtf(clamp(c, 0.0F, 1.0F));
    return q * 1.10F - 0.10F * c;
}

// One row of the bloom, in pixels: between the middles of its cells of 8 x 8 pixels.
void bloom_row(const PostArgs& a, int y, int channel, float* __restrict out) {
    const float by = clamp((float(y) - 3.5F) * 0.125F, 0.0F, float(a.bloom_height) - 1.001F);
    const int yi = int(by), width = a.bloom_width, pixels = a.width;
    const float fy = by - float(yi), gain = a.bloom_gain;
    const float* __restrict p = a.bloom + (std::ptrdiff_t(channel) * a.bloom_height + yi) * width;
    const float* __restrict q = p + width;
    alignas(64) float cells[4096 / 8 + 1];
    for (int i = 0; i < width; ++i) cells[i] = mix(p[i], q[i], fy) * gain;
    for (int x = 0; x < 4; ++x) out[x] = cells[0];
    for (int i = 0; i + 1 < width; ++i) {
        const float cell = cells[i], way = (cells[i + 1] - cell) * 0.125F;
        float* __restrict o = out + 4 + 8 * i;
        for (int k = 0; k < 8; ++k) o[k] = cell + way * (float(k) + 0.5F);
    }
    for (int x = 8 * width - 4; x < pixels; ++x) out[x] = cells[width - 1];
}

void tone_row(const PostArgs& a, int y, float* __restrict r, float* __restrict g,
              float* __restrict b) {
    const std::uint16_t* __restrict pr = a.r + y * a.stride;
    const std::uint16_t* __restrict pg = a.g + y * a.stride;
    const std::uint16_t* __restrict pb = a.b + y * a.stride;
    const float half_w = 0.5F * float(a.width), half_h = 0.5F * float(a.height);
    const float vy = (float(y) - half_h) / half_h, vy2 = vy * vy, ivx = 1.0F / half_w;
    const float unit = 1.0F / kStoreScale;
    const float exposure = a.exposure, vignette = a.vignette;
    const float grain = a.grain, sat = a.saturation, contrast = a.contrast;
    const Color grade = a.grade, dark = a.tone_dark, light = a.tone_light;
    const std::uint32_t salt = a.frame * 0x85EBCA77U + std::uint32_t(y) * 0x27d4eb2fU;
#pragma GCC ivdep
    for (int x = 0; x < a.width; ++x) {
        const float vx = (float(x) - half_w) * ivx;
        std::uint32_t h = (std::uint32_t(x) * 0x9E3779B1U) ^ salt;
        h ^= h >> 15;
        h *= 0x2c1b3c6dU;
        const float noise = float(int(h >> 20) - 2048) * (1.0F / 2048.0F);
        const float e = exposure * (1.0F - vignette * step(0.35F, 1.6F, vx * vx + vy2)) *
                        (1.0F + noise * grain);
        const float sr = float(int(pr[x])) * unit, sg = float(int(pg[x])) * unit,
                    sb = float(int(pb[x])) * unit;
        float cr = tone((sr * sr + r[x]) * e * grade.r);
        float cg = tone((sg * sg + g[x]) * e * grade.g);
        float cb = tone((sb * sb + b[x]) * e * grade.b);
        const float grey = 0.2126F * cr + 0.7152F * cg + 0.0722F * cb;
        cr = (mix(grey, cr, sat) - 0.5F) * contrast + 0.5F;
        cg = (mix(grey, cg, sat) - 0.5F) * contrast + 0.5F;
        cb = (mix(grey, cb, sat) - 0.5F) * contrast + 0.5F;
        const float low = (1.0F - grey) * (1.0F - grey);
        r[x] = clamp(cr * light.r + dark.r * low, 0.0F, 1.0F);
        g[x] = clamp(cg * light.g + dark.g * low, 0.0F, 1.0F);
        b[x] = clamp(cb * light.b + dark.b * low, 0.0F, 1.0F);
    }
}

}  // namespace

void post(const PostArgs& a, int y0, int y1) {
    alignas(64) float row[2][3][4096 + 16];  // The bloom first, then the colours.
    for (int yy = y0; yy < y1; yy += 2) {
        for (int j = 0; j < 2; ++j) {
            const int y = yy + j;
            for (int c = 0; c < 3; ++c) bloom_row(a, y, c, row[j][c]);
            tone_row(a, y, row[j][0], row[j][1], row[j][2]);
            std::uint8_t* __restrict luma = a.luma + y * a.luma_stride;
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
        const float(*p)[4096 + 16] = row[0], (*q)[4096 + 16] = row[1];
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
