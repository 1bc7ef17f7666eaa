// frames/kernels/ink.cpp: what styles do to finished light: steps, lines, hatching, squares.
#include "engines/storyboard/frames/kernels/lanes.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {
namespace {

constexpr float kInverse = 1.0F / kStoreScale;

KINORA_LANE int away(int a, int b) {
    const int d = a - b;
    return d < 0 ? -d : d;
}

// How much the light changes round the pixels of a row, as differences of all colours, both ways.
// Behind the edges of the picture lie its outermost pixels.
void changes(const InkArgs& a, int y, int* __restrict out) {
    const int width = a.width, reach = a.reach;
    const int above = highest(0, y - reach), below = lowest(a.height - 1, y + reach);
    const int from = lowest(reach, width), to = highest(from, width - reach);
    for (int x = 0; x < width; ++x) out[x] = 0;
    for (int c = 0; c < 3; ++c) {
        const std::uint16_t* __restrict here = a.in[c] + y * a.stride;
        const std::uint16_t* __restrict up = a.in[c] + above * a.stride;
        const std::uint16_t* __restrict down = a.in[c] + below * a.stride;
        auto change = [=](int x, int left, int right) __attribute__((always_inline)) {
            return away(here[right], here[left]) + away(down[x], up[x]);
        };
        for (int x = 0; x < from; ++x)
            out[x] += change(x, highest(0, x - reach), lowest(width - 1, x + reach));
#pragma GCC ivdep
        for (int x = from; x < to; ++x) out[x] += change(x, x - reach, x + reach);
        for (int x = to; x < width; ++x)
            out[x] += change(x, highest(0, x - reach), lowest(width - 1, x + reach));
    }
}

}  // namespace

void posterize(const InkArgs& a, int y0, int y1) {
    const int width = a.width;
    const float scale = a.levels * kInverse, back = kStoreScale / a.levels;
    for (int y = y0; y < y1; ++y) {
        const std::uint16_t* r = a.in[0] + y * a.stride;
        const std::uint16_t* g = a.in[1] + y * a.stride;
        const std::uint16_t* b = a.in[2] + y * a.stride;
        std::uint16_t* red = a.out[0] + y * a.stride;
        std::uint16_t* green = a.out[1] + y * a.stride;
        std::uint16_t* blue = a.out[2] + y * a.stride;
#pragma GCC ivdep
        for (int x = 0; x < width; ++x) {
            const int rx = r[x], gx = g[x], bx = b[x];
            const float high = float(highest(highest(rx, gx), highest(bx, 1)));
            const float level = high * scale, base = float(int(level));
            const float factor = (base + step(0.35F, 0.65F, level - base)) * back / high;
            red[x] = std::uint16_t(int(float(rx) * factor));
            green[x] = std::uint16_t(int(float(gx) * factor));
            blue[x] = std::uint16_t(int(float(bx) * factor));
        }
    }
}

void outline(const InkArgs& a, int y0, int y1) {
    const int width = a.width;
    int* __restrict edge = a.scratch;
    for (int y = y0; y < y1; ++y) {
        changes(a, y, edge);
        for (int c = 0; c < 3; ++c) {
            const std::uint16_t* __restrict in = a.in[c] + y * a.stride;
            std::uint16_t* __restrict out = a.out[c] + y * a.stride;
#pragma GCC ivdep
            for (int x = 0; x < width; ++x) {
                const float keep = 1.0F - 0.8F * step(0.28F, 0.85F, float(edge[x]) * kInverse);
                out[x] = std::uint16_t(int(float(in[x]) * keep));
            }
        }
    }
}

void pencil(const InkArgs& a, int y0, int y1) {
    const int width = a.width;
    int* __restrict edge = a.scratch;
    for (int y = y0; y < y1; ++y) {
        changes(a, y, edge);
        const std::uint16_t* __restrict r = a.in[0] + y * a.stride;
        const std::uint16_t* __restrict g = a.in[1] + y * a.stride;
        const std::uint16_t* __restrict b = a.in[2] + y * a.stride;
        // The second hatching runs the other way: column minus row, from below.
        const float* __restrict fall = a.strokes + y;
        const float* __restrict rise = a.strokes + (a.height - 1 - y);
        std::uint16_t* __restrict out = a.out[0] + y * a.stride;
#pragma GCC ivdep
        for (int x = 0; x < width; ++x) {
            const float line = step(0.05F, 0.45F, float(edge[x]) * kInverse);
            const float light = float(int(r[x]) + int(g[x]) + int(b[x])) * (kInverse / 3.0F);
            const float dark = 1.0F - lowest(1.0F, light * (1.0F / 0.85F));
            const float hatch =
                step(0.25F, 0.75F, dark) * fall[x] + step(0.6F, 0.95F, dark) * rise[x];
            const float grain = float(int(grain_at(x, y) >> 24)) * (1.0F / 255.0F);
            const float paper = 1.12F - 0.05F * grain -
                                0.85F * lowest(1.0F, line * (0.7F + 0.3F * grain) + 0.40F * hatch) -
                                0.12F * dark;
            out[x] = std::uint16_t(int(highest(0.04F, paper) * kStoreScale));
        }
        std::uint16_t* __restrict green = a.out[1] + y * a.stride;
        std::uint16_t* __restrict blue = a.out[2] + y * a.stride;
        for (int x = 0; x < width; ++x) green[x] = blue[x] = out[x];
    }
}

void mosaic(const InkArgs& a, int y0, int y1) {
    const int width = a.width, side = a.reach;
    int* __restrict sums = a.scratch;
    for (int top = y0; top < y1; top += side) {
        const int bottom = lowest(top + side, y1);
        for (int c = 0; c < 3; ++c) {
            for (int x = 0; x < width; ++x) sums[x] = 0;
            for (int y = top; y < bottom; ++y) {
                const std::uint16_t* __restrict in = a.in[c] + y * a.stride;
                for (int x = 0; x < width; ++x) sums[x] += in[x];
            }
            std::uint16_t* first = a.out[c] + top * a.stride;
            for (int left = 0; left < width; left += side) {
                const int right = lowest(left + side, width);
                int sum = 0;
                for (int x = left; x < right; ++x) sum += sums[x];
                const float mean = float(sum) * kInverse / float((right - left) * (bottom - top));
                const float dither = (left / side + top / side) % 2 != 0 ? 0.75F : 0.25F;
                const float level = float(int(mean * a.levels + dither)) / a.levels;
                const auto value = std::uint16_t(int(lowest(level, 3.9F) * kStoreScale));
                for (int x = left; x < right; ++x) first[x] = value;
            }
            for (int y = top + 1; y < bottom; ++y) {
                std::uint16_t* __restrict out = a.out[c] + y * a.stride;
                for (int x = 0; x < width; ++x) out[x] = first[x];
            }
        }
    }
}

void dissolve(std::uint16_t* __restrict to, const std::uint16_t* __restrict from,
              std::ptrdiff_t count, std::uint32_t weight) {
    const std::uint32_t rest = 256 - weight;
    for (std::ptrdiff_t i = 0; i < count; ++i)
        to[i] = std::uint16_t((to[i] * rest + from[i] * weight) >> 8);
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
