// tests/support/pictures.hpp: how alike two pictures are, and how evenly a clip goes.
#pragma once

#include "media/picture.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace kinora::test {

// Structural similarity of luma (Z. Wang and others, 2004), the mean over windows of 8 x 8 every
// 4 pixels; 1 where both are equal.
inline double ssim(const media::Picture& one, const media::Picture& other) {
    const auto a = one.plane(0), b = other.plane(0);
    constexpr double c1 = 6.5025, c2 = 58.5225;
    double sum = 0;
    int count = 0;
    for (int y = 0; y + 8 <= a.height; y += 4) {
        for (int x = 0; x + 8 <= a.width; x += 4) {
            double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
            for (int v = y; v < y + 8; ++v) {
                for (int u = x; u < x + 8; ++u) {
                    const double p = a.data[v * a.stride + u], q = b.data[v * b.stride + u];
                    ma += p, mb += q, aa += p * p, bb += q * q, ab += p * q;
                }
            }
            ma /= 64, mb /= 64;
            const double va = aa / 64 - ma * ma, vb = bb / 64 - mb * mb, vab = ab / 64 - ma * mb;
            sum +=
                (2 * ma * mb + c1) * (2 * vab + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
            ++count;
        }
    }
    return sum / count;
}

// Mean distance of luma, in steps of 0..255.
inline double step_between(const media::Picture& one, const media::Picture& other) {
    const auto a = one.plane(0), b = other.plane(0);
    std::int64_t sum = 0;
    for (int y = 0; y < a.height; ++y) {
        for (int x = 0; x < a.width; ++x)
            sum += std::abs(a.data[y * a.stride + x] - b.data[y * b.stride + x]);
    }
    return double(sum) / (double(a.width) * a.height);
}

inline std::vector<double> steps_of(const std::vector<media::Picture>& clip) {
    std::vector<double> out;
    for (std::size_t i = 1; i < clip.size(); ++i) out.push_back(step_between(clip[i - 1], clip[i]));
    return out;
}

inline double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

// Peak signal-to-noise ratio of one plane in decibels; 100 where both are equal.
inline double psnr(const media::Picture& one, const media::Picture& other, int index) {
    const auto a = one.plane(index), b = other.plane(index);
    double sum = 0;
    for (int y = 0; y < a.height; ++y) {
        for (int x = 0; x < a.width; ++x) {
            const double off = a.data[y * a.stride + x] - b.data[y * b.stride + x];
            sum += off * off;
        }
    }
    return sum == 0 ? 100 : 10 * std::log10(255.0 * 255.0 * a.width * a.height / sum);
}

// Mean square of the steps from pixel to pixel: less where a picture is blurred.
inline double sharpness(const media::Picture& picture) {
    const auto p = picture.plane(0);
    double sum = 0;
    for (int y = 0; y + 1 < p.height; ++y) {
        for (int x = 0; x + 1 < p.width; ++x) {
            const auto* at = p.data + y * p.stride + x;
            const double dx = at[1] - at[0], dy = at[p.stride] - at[0];
            sum += dx * dx + dy * dy;
        }
    }
    return sum / (double(p.width) * p.height);
}

inline double mean_luma(const media::Picture& picture) {
    const auto p = picture.plane(0);
    double sum = 0;
    for (int y = 0; y < p.height; ++y) {
        for (int x = 0; x < p.width; ++x) sum += p.data[y * p.stride + x];
    }
    return sum / (double(p.width) * p.height);
}

// The darkest pixel of the outermost rows and columns.
inline int darkest_border(const media::Picture& picture) {
    const auto p = picture.plane(0);
    int least = 255;
    for (int y = 0; y < p.height; ++y) {
        const bool whole = y == 0 || y == p.height - 1;
        for (int x = 0; x < p.width; x += whole ? 1 : p.width - 1)
            least = std::min(least, int(p.data[y * p.stride + x]));
    }
    return least;
}

}  // namespace kinora::test
