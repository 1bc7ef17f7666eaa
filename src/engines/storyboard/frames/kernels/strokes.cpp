// frames/kernels/strokes.cpp: the mean of the calmest of four neighbouring squares (M. Kuwahara,
// 1976): flat strokes, sharp edges. Box sums slide, so the cost does not grow with the radius.
#include "engines/storyboard/frames/kernels/lanes.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {
namespace {

// Red, green, blue, and the square of green in 18 bits, by which calm is judged. All in whole
// numbers: every processor chooses the same square.
constexpr int kSums = 4, kShift = 6;

struct Work {
    int *padded, *across, *down, *boxes;
    int columns, row;  // Corners in a row, and integers of one row of all sums.
};

KINORA_LANE Work divide(const StrokeArgs& a) {
    const int side = a.radius + 1, columns = a.width + a.radius;
    Work w{};
    w.columns = columns, w.row = kSums * columns;
    w.padded = a.scratch;
    w.across = w.padded + (a.width + 2 * a.radius + 16);
    w.down = w.across + std::ptrdiff_t(side) * w.row;
    w.boxes = w.down + w.row;
    return w;
}

// Sums of `radius` + 1 neighbours to the right, for one row of the picture.
void sum_across(const StrokeArgs& a, const Work& w, int y, int* out) {
    // Lengths are locals: a store through `p` could change a member, for all the compiler knows.
    const int r = a.radius, row = lowest(highest(y, 0), a.height - 1);
    const int width = a.width, wide = width + 2 * r, columns = w.columns;
    for (int c = 0; c < kSums; ++c) {
        const std::uint16_t* in = a.in[c == 3 ? 1 : c] + row * a.stride;
        int* __restrict p = w.padded;
        for (int x = 0; x < r; ++x) p[x] = in[0], p[r + width + x] = in[width - 1];
        for (int x = 0; x < width; ++x) p[r + x] = in[x];
        if (c == 3) {
            for (int x = 0; x < wide; ++x) p[x] = (p[x] >> kShift) * (p[x] >> kShift);
        }
        int* __restrict o = out + c * columns;
        for (int x = 0; x < columns; ++x) o[x] = p[x];
        for (int k = 1; k <= r; ++k) {
            for (int x = 0; x < columns; ++x) o[x] += p[x + k];
        }
    }
}

// Paints one row from the boxes that begin in it and those that end in it.
void choose(const StrokeArgs& a, const Work& w, int y, const int* above, const int* below) {
    const int n = (a.radius + 1) * (a.radius + 1), r = a.radius, width = a.width;
    const float inverse = 1.0F / float(n);
    const int* corner[4] = {above, above + r, below, below + r};
    std::uint16_t* __restrict red = a.out[0] + y * a.stride;
    std::uint16_t* __restrict green = a.out[1] + y * a.stride;
    std::uint16_t* __restrict blue = a.out[2] + y * a.stride;
    const int* __restrict c0 = corner[0];
    const int* __restrict c1 = corner[1];
    const int* __restrict c2 = corner[2];
    const int* __restrict c3 = corner[3];
    const int g = w.columns, b = 2 * w.columns, s = 3 * w.columns;
#pragma GCC ivdep
    for (int x = 0; x < width; ++x) {
        const int m0 = c0[g + x] >> kShift, m1 = c1[g + x] >> kShift, m2 = c2[g + x] >> kShift,
                  m3 = c3[g + x] >> kShift;
        const int v0 = n * c0[s + x] - m0 * m0, v1 = n * c1[s + x] - m1 * m1,
                  v2 = n * c2[s + x] - m2 * m2, v3 = n * c3[s + x] - m3 * m3;
        const bool left = v0 <= v1, low = v2 <= v3;
        const int va = left ? v0 : v1, vb = low ? v2 : v3;
        const bool up = va <= vb;
        // Loaded before they are chosen from: what may not be read cannot be chosen in a vector.
        const int r0 = c0[x], r1 = c1[x], r2 = c2[x], r3 = c3[x];
        const int g0 = c0[g + x], g1 = c1[g + x], g2 = c2[g + x], g3 = c3[g + x];
        const int b0 = c0[b + x], b1 = c1[b + x], b2 = c2[b + x], b3 = c3[b + x];
        const int ra = left ? r0 : r1, rb = low ? r2 : r3;
        const int ga = left ? g0 : g1, gb = low ? g2 : g3;
        const int ba = left ? b0 : b1, bb = low ? b2 : b3;
        // Paper or canvas shows through a little.
        const std::uint32_t grain = grain_at(x / 2, y / 2);
        const float tone = inverse * (1.0F + float(int(grain >> 25) - 64) * (1.0F / 1800.0F));
        red[x] = std::uint16_t(int(float(up ? ra : rb) * tone));
        green[x] = std::uint16_t(int(float(up ? ga : gb) * tone));
        blue[x] = std::uint16_t(int(float(up ? ba : bb) * tone));
    }
}

}  // namespace

void strokes(const StrokeArgs& a, int y0, int y1) {
    const Work w = divide(a);
    const int r = a.radius, side = r + 1, first = y0 - r, length = w.row;
    for (int i = 0; i < length; ++i) w.down[i] = 0;
    for (int y = first; y < first + r; ++y) {
        int* row = w.across + std::ptrdiff_t(y - first) * w.row;
        sum_across(a, w, y, row);
        for (int i = 0; i < length; ++i) w.down[i] += row[i];
    }
    for (int corner = first; corner < y1; ++corner) {
        // The row that comes in takes the place of the one that has left.
        int* __restrict row = w.across + std::ptrdiff_t((corner + r - first) % side) * w.row;
        int* __restrict down = w.down;
        int* __restrict box = w.boxes + std::ptrdiff_t((corner - first) % side) * w.row;
        sum_across(a, w, corner + r, row);
        const int* __restrict leaves = w.across + std::ptrdiff_t((corner - first) % side) * w.row;
        for (int i = 0; i < length; ++i) down[i] += row[i];
        for (int i = 0; i < length; ++i) box[i] = down[i];
        for (int i = 0; i < length; ++i) down[i] -= leaves[i];
        if (corner < y0) continue;
        choose(a, w, corner, w.boxes + std::ptrdiff_t((corner - r - first) % side) * w.row, box);
    }
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
