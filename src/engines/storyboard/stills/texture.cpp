// stills/texture.cpp: doubled as H.264 does between its pixels: 1, -5, 20, 20, -5, 1 of 32.
#include "engines/storyboard/stills/texture.hpp"

#include "engines/storyboard/frames/bitmap.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {
namespace {

constexpr int kMargin = 3;

int middle(int a, int b, int c, int d, int e, int f) {
    return std::clamp((a - 5 * b + 20 * c + 20 * d - 5 * e + f + 16) >> 5, 0, 255);
}

// A row of one colour with its ends repeated.
struct Line {
    std::vector<std::uint8_t> bytes;
    explicit Line(int width) : bytes(std::size_t(width + 2 * kMargin)) {}
    void load(const std::uint8_t* from, int width) {
        for (int x = -kMargin; x < width + kMargin; ++x)
            bytes[std::size_t(x + kMargin)] = from[std::clamp(x, 0, width - 1) * 3];
    }
    void between(const std::uint8_t* const rows[6], int width) {
        for (int x = -kMargin; x < width + kMargin; ++x) {
            const int i = std::clamp(x, 0, width - 1) * 3;
            bytes[std::size_t(x + kMargin)] = std::uint8_t(
                middle(rows[0][i], rows[1][i], rows[2][i], rows[3][i], rows[4][i], rows[5][i]));
        }
    }
};

void spread(const Line lines[3], int width, std::uint32_t* out) {
    const std::uint8_t* p[3] = {lines[0].bytes.data() + kMargin, lines[1].bytes.data() + kMargin,
                                lines[2].bytes.data() + kMargin};
    for (int x = 0; x < width; ++x) {
        std::uint32_t at = 0xff000000U, next = 0xff000000U;
        for (int c = 0; c < 3; ++c) {
            const std::uint8_t* q = p[c] + x;
            at |= std::uint32_t(q[0]) << (8 * c);
            next |= std::uint32_t(middle(q[-2], q[-1], q[0], q[1], q[2], q[3])) << (8 * c);
        }
        out[2 * x] = at, out[2 * x + 1] = next;
    }
    out[2 * width] = out[2 * width + 1] = out[2 * width - 1];
}

}  // namespace

Texture::Texture(const StillPicture& still, Team& team)
    : width_(still.width), height_(still.height), pitch_(2 * still.width + 2) {
    texels_.resize(std::size_t(pitch_) * std::size_t(2 * height_ + 2));
    constexpr int block = 16;
    team.run((height_ + block - 1) / block, [&](int index, int) {
        Line lines[3] = {Line(width_), Line(width_), Line(width_)};
        for (int y = index * block; y < std::min(height_, index * block + block); ++y) {
            std::uint32_t* out = &texels_[std::size_t(pitch_) * std::size_t(2 * y)];
            for (int c = 0; c < 3; ++c) lines[c].load(still.row(y) + c, width_);
            spread(lines, width_, out);
            for (int c = 0; c < 3; ++c) {
                const std::uint8_t* rows[6];
                for (int j = 0; j < 6; ++j)
                    rows[j] = still.row(std::clamp(y + j - 2, 0, height_ - 1)) + c;
                lines[c].between(rows, width_);
            }
            spread(lines, width_, out + pitch_);
        }
    });
    const auto last = texels_.begin() + std::ptrdiff_t(pitch_) * (2 * height_ - 1);
    for (int extra = 1; extra <= 2; ++extra)
        std::copy_n(last, pitch_, last + std::ptrdiff_t(pitch_) * extra);
}

StillPicture blurred(const StillPicture& still, int radius, Team& team) {
    StillPicture out{still.width, still.height, {}};
    out.rgb.resize(still.rgb.size());
    const auto size = std::size_t(still.width) * std::size_t(still.height);
    team.run(3, [&](int c, int) {
        std::vector<float> plane(size);
        for (std::size_t i = 0; i < size; ++i) plane[i] = float(still.rgb[3 * i + std::size_t(c)]);
        blur(plane, still.width, still.height, radius, 2);
        for (std::size_t i = 0; i < size; ++i)
            out.rgb[3 * i + std::size_t(c)] =
                std::uint8_t(std::clamp(plane[i] + 0.5F, 0.0F, 255.0F));
    });
    return out;
}

}  // namespace kinora::engines::storyboard
