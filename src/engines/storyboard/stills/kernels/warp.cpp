// stills/kernels/warp.cpp: looks pictures up along fields, one or two of them for each pixel.
#include "engines/storyboard/frames/kernels/lanes.hpp"
#include "engines/storyboard/stills/kernels/stills_kernels.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {
namespace {

struct Rgb3 {
    float r, g, b;
};

// A place before the first or after the last pixel is the one as far inside.
KINORA_LANE float mirrored(float v, float last) {
    v = last - __builtin_fabsf(last - __builtin_fabsf(v));
    return clamp(v, 0.0F, last);
}

KINORA_LANE Rgb3 look(const std::uint32_t* texels, int pitch, float last_x, float last_y, float x,
                      float y) {
    const float u = mirrored(x, last_x) * 2.0F, v = mirrored(y, last_y) * 2.0F;
    const int i = int(u), j = int(v);
    const float fx = u - float(i), fy = v - float(j);
    const int at = j * pitch + i;
    const std::uint32_t p = texels[at], q = texels[at + 1], r = texels[at + pitch],
                        s = texels[at + pitch + 1];
    Rgb3 out;
    auto part = [&](int shift) __attribute__((always_inline)) {
        const float a = float(int(p >> shift & 255U)), b = float(int(q >> shift & 255U)),
                    c = float(int(r >> shift & 255U)), d = float(int(s >> shift & 255U));
        const float top = a + (b - a) * fx, bottom = c + (d - c) * fx;
        return (top + (bottom - top) * fy) * (1.0F / 255.0F);
    };
    out.r = part(0), out.g = part(8), out.b = part(16);
    return out;
}

// The values of a field along one row of pixels, from the nodes above and below.
void spread(const WarpArgs& a, const float* field, int y, int width, float* __restrict nodes,
            float* __restrict out) {
    const int shift = a.shift, mask = (1 << shift) - 1, columns = a.columns;
    const float unit = 1.0F / float(1 << shift), fy = float(y & mask) * unit;
    const float* __restrict p = field + std::ptrdiff_t(y >> shift) * columns;
    const float* __restrict q = p + columns;
    for (int i = 0; i < columns; ++i) nodes[i] = p[i] + (q[i] - p[i]) * fy;
    if (shift == 0) {
        for (int x = 0; x < width; ++x) out[x] = nodes[x];
        return;
    }
#pragma GCC ivdep
    for (int x = 0; x < width; ++x) {
        const int i = x >> shift;
        out[x] = nodes[i] + (nodes[i + 1] - nodes[i]) * (float(x & mask) * unit);
    }
}

void one(const WarpSource& s, const float* __restrict xs, const float* __restrict ys, int width,
         float* __restrict r, float* __restrict g, float* __restrict b) {
    const std::uint32_t* __restrict texels = s.texels;
    const int pitch = s.pitch;
    const float last_x = float(s.width - 1), last_y = float(s.height - 1);
#pragma GCC ivdep
    for (int x = 0; x < width; ++x) {
        const Rgb3 c = look(texels, pitch, last_x, last_y, xs[x], ys[x]);
        r[x] = c.r, g[x] = c.g, b[x] = c.b;
    }
}

void mix_in(const float* __restrict share, const float* __restrict r, const float* __restrict g,
            const float* __restrict b, int width, float* __restrict to_r, float* __restrict to_g,
            float* __restrict to_b) {
    for (int x = 0; x < width; ++x) {
        const float s = share[x];
        to_r[x] += (r[x] - to_r[x]) * s;
        to_g[x] += (g[x] - to_g[x]) * s;
        to_b[x] += (b[x] - to_b[x]) * s;
    }
}

}  // namespace

void warp(const WarpArgs& a, const Band& band) {
    const auto row = band.stride;
    float* nodes = band.scratch;
    float* xs = nodes + row;
    float* ys = xs + row;
    float* share = ys + row;
    float* other = share + row;  // Three rows.
    for (int y = band.y0; y < band.y1; ++y) {
        const auto at = (y - band.y0) * row;
        float *r = band.r + at, *g = band.g + at, *b = band.b + at;
        float least = 0, most = 0;
        if (a.share != nullptr) {
            spread(a, a.share, y, band.width, nodes, share);
            least = 1;
            for (int x = 0; x < band.width; ++x)
                least = lowest(least, share[x]), most = highest(most, share[x]);
        }
        if (least < 1) {
            spread(a, a.from_x, y, band.width, nodes, xs);
            spread(a, a.from_y, y, band.width, nodes, ys);
            one(a.from, xs, ys, band.width, r, g, b);
        }
        if (most > 0) {
            spread(a, a.to_x, y, band.width, nodes, xs);
            spread(a, a.to_y, y, band.width, nodes, ys);
            if (least >= 1) {
                one(a.to, xs, ys, band.width, r, g, b);
            } else {
                one(a.to, xs, ys, band.width, other, other + row, other + 2 * row);
                mix_in(share, other, other + row, other + 2 * row, band.width, r, g, b);
            }
        }
        if (a.light == nullptr) continue;
        spread(a, a.light, y, band.width, nodes, share);
        const int width = band.width;
#pragma GCC ivdep
        for (int x = 0; x < width; ++x)
            r[x] += share[x], g[x] += share[x] * 0.94F, b[x] += share[x] * 0.82F;
    }
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
