// stills/still_picture.cpp: Lanczos's filter, wide enough that nothing is skipped when it shrinks.
#include "engines/storyboard/stills/still_picture.hpp"

#include <algorithm>
#include <cmath>

namespace kinora::engines::storyboard {
namespace {

// Which inputs make one output, and how much of each.
struct Taps {
    int first = 0;
    std::vector<float> weights;
};

double lanczos(double x) {
    constexpr double pi = 3.14159265358979, lobes = 3;
    if (std::abs(x) < 1e-9) return 1;
    if (std::abs(x) >= lobes) return 0;
    return lobes * std::sin(pi * x) * std::sin(pi * x / lobes) / (pi * pi * x * x);
}

// Output i looks at the middle `from` + (i + 0.5) * `scale` of the input.
std::vector<Taps> taps_for(int outputs, int inputs, double from, double scale) {
    std::vector<Taps> out(std::size_t(std::max(0, outputs)));
    const double wide = std::max(1.0, scale);
    for (int i = 0; i < outputs; ++i) {
        auto& taps = out[std::size_t(i)];
        const double middle = from + (i + 0.5) * scale - 0.5;
        const int a = int(std::ceil(middle - 3 * wide)), b = int(std::floor(middle + 3 * wide));
        taps.first = std::clamp(a, 0, inputs - 1);
        taps.weights.assign(std::size_t(std::clamp(b, 0, inputs - 1) - taps.first + 1), 0.0F);
        double sum = 0;
        for (int j = a; j <= b; ++j) sum += lanczos((j - middle) / wide);
        for (int j = a; j <= b; ++j)
            taps.weights[std::size_t(std::clamp(j, 0, inputs - 1) - taps.first)] +=
                float(lanczos((j - middle) / wide) / sum);
    }
    return out;
}

std::uint8_t byte(float v) {
    return std::uint8_t(std::clamp(v + 0.5F, 0.0F, 255.0F));
}

// One row of the input, three floats a pixel, over black.
void load(const PixelView& pixels, int y, std::vector<float>& row) {
    const auto* from = pixels.data + y * pixels.stride;
    for (int x = 0; x < pixels.width; ++x, from += pixels.channels) {
        const float over = pixels.channels == 4 ? float(from[3]) / 255.0F : 1.0F;
        for (int c = 0; c < 3; ++c) row[std::size_t(3 * x + c)] = float(from[c]) * over;
    }
}

}  // namespace

StillPicture cover_and_crop(const PixelView& pixels, int width, int height) {
    const double scale = std::min(double(pixels.width) / width, double(pixels.height) / height);
    const auto columns = taps_for(width, pixels.width, (pixels.width - scale * width) / 2, scale);
    const auto rows = taps_for(height, pixels.height, (pixels.height - scale * height) / 2, scale);
    StillPicture out{width, height, {}};
    out.rgb.resize(std::size_t(width) * std::size_t(height) * 3);

    // Rows that were scaled across are kept as long as some output row needs them.
    const auto line = std::size_t(width) * 3;
    std::vector<float> row(std::size_t(pixels.width) * 3), sum(line);
    std::size_t kept = 1;
    for (const auto& taps : rows) kept = std::max(kept, taps.weights.size());
    std::vector<float> ring(kept * line);
    int loaded = rows.front().first;
    for (int y = 0; y < height; ++y) {
        const auto& taps = rows[std::size_t(y)];
        const int end = taps.first + int(taps.weights.size());
        for (loaded = std::max(loaded, taps.first); loaded < end; ++loaded) {
            load(pixels, loaded, row);
            float* to = &ring[std::size_t(loaded) % kept * line];
            for (const auto& t : columns) {
                float r = 0, g = 0, b = 0;
                const float* p = &row[std::size_t(t.first) * 3];
                for (const float weight : t.weights) {
                    r += weight * p[0], g += weight * p[1], b += weight * p[2];
                    p += 3;
                }
                *to++ = r, *to++ = g, *to++ = b;
            }
        }
        std::fill(sum.begin(), sum.end(), 0.0F);
        for (std::size_t j = 0; j < taps.weights.size(); ++j) {
            const float weight = taps.weights[j];
            const float* p = &ring[(std::size_t(taps.first) + j) % kept * line];
            for (std::size_t i = 0; i < line; ++i) sum[i] += weight * p[i];
        }
        std::uint8_t* to = &out.rgb[std::size_t(y) * line];
        for (std::size_t i = 0; i < line; ++i) to[i] = byte(sum[i]);
    }
    return out;
}

StillPicture from_video(const media::Picture& picture) {
    StillPicture out{picture.width(), picture.height(), {}};
    out.rgb.resize(std::size_t(out.width) * std::size_t(out.height) * 3);
    const auto luma = picture.plane(0), cb = picture.plane(1), cr = picture.plane(2);
    // A chroma sample lies between four pixels; each pixel takes nine parts of the nearest.
    auto chroma = [](const media::Picture::ConstPlane& p, int x, int y) {
        const int x0 = x / 2, y0 = y / 2;
        const int x1 = std::clamp(x % 2 != 0 ? x0 + 1 : x0 - 1, 0, p.width - 1),
                  y1 = std::clamp(y % 2 != 0 ? y0 + 1 : y0 - 1, 0, p.height - 1);
        const auto* a = p.data + y0 * p.stride;
        const auto* b = p.data + y1 * p.stride;
        return float(9 * a[x0] + 3 * a[x1] + 3 * b[x0] + b[x1]) / 16.0F - 128.0F;
    };
    std::uint8_t* to = out.rgb.data();
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x, to += 3) {
            const float l = float(luma.data[y * luma.stride + x] - 16) * (255.0F / 219.0F),
                        b = chroma(cb, x, y) * (127.5F / 112.0F),
                        r = chroma(cr, x, y) * (127.5F / 112.0F);
            to[0] = byte(l + 1.5748F * r), to[1] = byte(l - 0.18732F * b - 0.46812F * r),
            to[2] = byte(l + 1.8556F * b);
        }
    }
    return out;
}

media::Picture to_video(const StillPicture& still) {
    media::Picture out(still.width, still.height);
    const auto luma = out.plane(0), cb = out.plane(1), cr = out.plane(2);
    for (int y = 0; y < still.height; y += 2) {
        for (int x = 0; x < still.width; x += 2) {
            float r = 0, g = 0, b = 0;
            for (int i = 0; i < 4; ++i) {
                const std::uint8_t* p = still.row(y + i / 2) + (x + i % 2) * 3;
                luma.data[(y + i / 2) * luma.stride + x + i % 2] =
                    byte(16.0F + (46.559F * p[0] + 156.629F * p[1] + 15.812F * p[2]) / 255.0F);
                r += p[0], g += p[1], b += p[2];
            }
            r /= 1020.0F, g /= 1020.0F, b /= 1020.0F;
            cb.data[y / 2 * cb.stride + x / 2] =
                byte(128.0F - 25.664F * r - 86.336F * g + 112.0F * b);
            cr.data[y / 2 * cr.stride + x / 2] =
                byte(128.0F + 112.0F * r - 101.730F * g - 10.270F * b);
        }
    }
    return out;
}

}  // namespace kinora::engines::storyboard
