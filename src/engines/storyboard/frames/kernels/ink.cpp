// frames/kernels/ink.cpp: what styles do to finished light: steps, lines, hatching, squares.
#include "engines/storyboard/frames/kernels/lanes.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {
namespace {

constexpr float kInverse = 1.0F / kStoreScale;

struct Rows {
    const std::uint16_t* here[3];
    const std::uint16_t* above[3];
    const std::uint16_t* below[3];
};

KINORA_LANE Rows rows_at(const InkArgs& a, int y) {
    const int up = highest(0, y - a.reach), down = lowest(a.height - 1, y + a.reach);
    Rows rows{};
    for (int c = 0; c < 3; ++c) {
        rows.here[c] = a.in[c] + y * a.stride;
        rows.above[c] = a.in[c] + up * a.stride;
        rows.below[c] = a.in[c] + down * a.stride;
    }
    return rows;
}

KINORA_LANE int away(int a, int b) {
    const int d = a - b;
    return d < 0 ? -d : d;
}

// How much the light changes round a pixel, as differences of all colours, both ways. Behind the
// edges of the picture lie its outermost pixels.
KINORA_LANE int change(const Rows& rows, int c, int x, int left, int right) {
    return away(rows.here[c][right], rows.here[c][left]) + away(rows.below[c][x], rows.above[c][x]);
}

void changes(const InkArgs& a, const Rows& rows, int* __restrict out) {
    const int width = a.width, reach = a.reach;
    const int from = lowest(reach, width), to = highest(from, width - reach);
    for (int x = 0; x < width; ++x) out[x] = 0;
    for (int c = 0; c < 3; ++c) {
        for (int x = 0; x < from; ++x)
            out[x] += change(rows, c, x, highest(0, x - reach), lowest(width - 1, x + reach));
        const std::uint16_t* __restrict here = rows.here[c];
        const std::uint16_t* __restrict up = rows.above[c];
        const std::uint16_t* __restrict down = rows.below[c];
#pragma GCC ivdep
        for (int x = from; x < to; ++x)
            out[x] += away(here[x + reach], here[x - reach]) + away(down[x], up[x]);
        for (int x = to; x < width; ++x)
            out[x] += change(rows, c, x, highest(0, x - reach), lowest(width - 1, x + reach));
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
        const Rows rows = rows_at(a, y);
        changes(a, rows, edge);
        for (int c = 0; c < 3; ++c) {
            const std::uint16_t* __restrict in = rows.here[c];
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
        const Rows rows = rows_at(a, y);
        changes(a, rows, edge);
        const std::uint16_t* __restrict r = rows.here[0];
        const std::uint16_t* __restrict g = rows.here[1];
        const std::uint16_t* __restrict b = rows.here[2];
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
            std::uint32_t dust = std::uint32_t(x + y * 4099) * 0x9e3779b1U;
            dust = (dust ^ dust >> 15) * 0x85ebca77U;
            const float grain = float(int(dust >> 24)) * (1.0F / 255.0F);
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
