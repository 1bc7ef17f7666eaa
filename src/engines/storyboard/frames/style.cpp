// frames/style.cpp: each style is one or two passes over the light at most.
#include "engines/storyboard/frames/style.hpp"

namespace kinora::engines::storyboard {

void StyleFilter::bend(Lens& l) const {
    switch (style_) {
        case Style::claymation:
            break;
        case Style::cinematic:
            l.contrast *= 1.07F, l.saturation *= 0.94F, l.vignette += 0.10F,
                l.tone_dark = {0.0F, 0.012F, 0.03F}, l.tone_light = {1.03F, 1.0F, 0.95F};
            break;
        case Style::noir:
            l.saturation = 0, l.contrast *= 1.34F, l.vignette += 0.25F, l.exposure *= 0.92F,
            l.grain += 0.05F;
            break;
        case Style::black_and_white:
            l.saturation = 0, l.contrast *= 1.10F;
            break;
        case Style::watercolor:
            l.saturation *= 0.86F, l.exposure *= 1.18F, l.contrast *= 0.88F, l.vignette = -0.25F,
                                                                             l.grain = 0.03F;
            break;
        case Style::oil:
            l.saturation *= 1.14F, l.contrast *= 1.05F;
            break;
        case Style::pixel_art:
            l.saturation *= 1.15F, l.grain = 0, l.vignette *= 0.3F, l.bloom *= 0.6F;
            break;
        case Style::paper_cutout:
            l.saturation *= 1.05F, l.grain = 0.03F, l.bloom *= 0.3F, l.exposure *= 1.05F;
            break;
        case Style::anime:
            l.saturation *= 1.22F, l.contrast *= 1.03F, l.grain = 0, l.bloom *= 1.3F;
            break;
        case Style::sketch:
            l.saturation = 0.0F, l.grain = 0.03F, l.vignette = 0, l.bloom = 0,
            l.tone_light = {1.0F, 0.985F, 0.95F};
            break;
        case Style::cyberpunk:
            l.saturation *= 1.25F, l.contrast *= 1.10F, l.bloom *= 1.8F,
                l.tone_dark = {0.10F, 0.0F, 0.16F}, l.tone_light = {0.98F, 1.0F, 1.06F},
                l.grade = l.grade * Vec3{1.02F, 0.80F, 1.14F};
            break;
        case Style::vintage_film:
            l.saturation *= 0.52F, l.contrast *= 0.92F, l.grain += 0.07F, l.vignette += 0.24F,
                l.tone_dark = {0.06F, 0.04F, 0.015F}, l.tone_light = {1.04F, 0.96F, 0.80F};
            break;
    }
}

void StyleFilter::filter(LightPlanes& planes, Team& team, std::uint32_t) {
    const int unit = std::max(1, std::min(width_, height_) / 250);
    switch (style_) {
        case Style::pixel_art:
            pixels(planes, team);
            break;
        case Style::oil:
            paint(planes, team, unit + 3);
            break;
        case Style::watercolor:
            paint(planes, team, unit + 1);
            break;
        case Style::anime:
            steps(planes, team, 9), outline(planes, team, false);
            break;
        case Style::paper_cutout:
            steps(planes, team, 7), outline(planes, team, false);
            break;
        case Style::sketch:
            outline(planes, team, true);
            break;
        default:
            break;
    }
}

void StyleFilter::pixels(LightPlanes& p, Team& team) const {
    const int cell = std::max(2, std::min(width_, height_) / 84);
    team.run((height_ + cell - 1) / cell, [&](int row, int) {
        const int y0 = row * cell, y1 = std::min(height_, y0 + cell);
        for (int x0 = 0; x0 < width_; x0 += cell) {
            const int x1 = std::min(width_, x0 + cell);
            for (auto* plane : {&p.r, &p.g, &p.b}) {
                std::uint32_t sum = 0;
                for (int y = y0; y < y1; ++y) {
                    for (int x = x0; x < x1; ++x) sum += (*plane)[std::size_t(y * p.stride + x)];
                }
                const float mean = float(sum) / float((x1 - x0) * (y1 - y0)) / kStoreScale;
                // Few colours, with the checkered mixing of old games.
                const float dither = ((x0 / cell + row) % 2 != 0 ? 0.25F : -0.25F);
                const float level = std::floor(mean * 11.0F + 0.5F + dither) / 11.0F;
                const auto value = std::uint16_t(std::clamp(level, 0.0F, 3.9F) * kStoreScale);
                for (int y = y0; y < y1; ++y)
                    std::fill_n(plane->begin() + y * p.stride + x0, x1 - x0, value);
            }
        }
    });
}

void StyleFilter::paint(LightPlanes& p, Team& team, int radius) {
    std::vector<std::uint16_t>* planes[3] = {&p.r, &p.g, &p.b};
    StrokeArgs args{};
    args.stride = p.stride, args.width = width_, args.height = height_;
    args.radius = std::clamp(radius, 1, kStrokeRadiusMax);
    for (int c = 0; c < 3; ++c)
        work_[c] = *planes[c], args.in[c] = work_[c].data(), args.out[c] = planes[c]->data();
    scratch_.resize(std::size_t(team.size()));
    constexpr int kRows = 48;
    team.run((height_ + kRows - 1) / kRows, [&](int block, int thread) {
        auto& scratch = scratch_[std::size_t(thread)];
        scratch.resize(std::size_t(stroke_scratch(width_, args.radius)));
        StrokeArgs own = args;
        own.scratch = scratch.data();
        kernels().strokes(own, block * kRows, std::min(height_, (block + 1) * kRows));
    });
}

void StyleFilter::steps(LightPlanes& p, Team& team, float count) const {
    team.run((height_ + 15) / 16, [&](int block, int) {
        for (int y = block * 16; y < std::min(height_, block * 16 + 16); ++y) {
            for (int x = 0; x < width_; ++x) {
                const auto k = std::size_t(y * p.stride + x);
                const int high = std::max({int(p.r[k]), int(p.g[k]), int(p.b[k]), 1});
                const float level = float(high) / kStoreScale * count, base = std::floor(level),
                            part = level - base;
                const float stepped =
                    (base + smooth(0.35F, 0.65F, part)) / count * kStoreScale / float(high);
                p.r[k] = std::uint16_t(float(p.r[k]) * stepped),
                p.g[k] = std::uint16_t(float(p.g[k]) * stepped),
                p.b[k] = std::uint16_t(float(p.b[k]) * stepped);
            }
        }
    });
}

void StyleFilter::outline(LightPlanes& p, Team& team, bool only_lines) {
    const std::vector<std::uint16_t>* planes[3] = {&p.r, &p.g, &p.b};
    for (int c = 0; c < 3; ++c) work_[c] = *planes[c];
    const int d = std::max(1, std::min(width_, height_) / 500);
    team.run((height_ + 15) / 16, [&](int block, int) {
        for (int y = block * 16; y < std::min(height_, block * 16 + 16); ++y) {
            const int ya = std::max(0, y - d), yb = std::min(height_ - 1, y + d);
            for (int x = 0; x < width_; ++x) {
                const int xa = std::max(0, x - d), xb = std::min(width_ - 1, x + d);
                int edge = 0, light = 0;
                for (const auto& w : work_) {
                    const int gx = int(w[std::size_t(y * p.stride + xb)]) -
                                   int(w[std::size_t(y * p.stride + xa)]);
                    const int gy = int(w[std::size_t(yb * p.stride + x)]) -
                                   int(w[std::size_t(ya * p.stride + x)]);
                    edge += std::abs(gx) + std::abs(gy), light += w[std::size_t(y * p.stride + x)];
                }
                const auto k = std::size_t(y * p.stride + x);
                const float line = smooth(only_lines ? 0.05F : 0.28F, only_lines ? 0.45F : 0.85F,
                                          float(edge) / kStoreScale);
                if (!only_lines) {
                    const float keep = 1.0F - 0.8F * line;
                    p.r[k] = std::uint16_t(float(p.r[k]) * keep),
                    p.g[k] = std::uint16_t(float(p.g[k]) * keep),
                    p.b[k] = std::uint16_t(float(p.b[k]) * keep);
                    continue;
                }
                // Pencil: lines, and hatching where it is dark.
                const float dark = 1.0F - std::min(1.0F, float(light) / 3.0F / kStoreScale / 0.85F);
                const float hatch =
                    smooth(0.25F, 0.75F, dark) *
                        (0.5F + 0.5F * std::sin((float(x) + float(y)) * 3.0F / float(d + 1))) +
                    smooth(0.6F, 0.95F, dark) *
                        (0.5F + 0.5F * std::sin((float(x) - float(y)) * 3.0F / float(d + 1)));
                const float grain = float(hash(std::uint32_t(x + y * 4099)) >> 24) / 255.0F;
                const float paper =
                    1.12F - 0.05F * grain -
                    0.85F * std::min(1.0F, line * (0.7F + 0.3F * grain) + 0.40F * hatch) -
                    0.12F * dark;
                p.r[k] = p.g[k] = p.b[k] = std::uint16_t(std::max(0.04F, paper) * kStoreScale);
            }
        }
    });
}

void StyleFilter::finish(media::Picture& picture, Team&) const {
    if (style_ != Style::cinematic || width_ * 10 < height_ * 15) return;
    // Bars of a wide screen, 2.2 to 1.
    const int bar = std::max(0, (height_ - int(float(width_) / 2.2F)) / 4 * 2);
    for (int i = 0; i < 3; ++i) {
        const auto plane = picture.plane(i);
        const int rows = i == 0 ? bar : bar / 2;
        for (int y = 0; y < rows; ++y) {
            std::fill_n(plane.data + y * plane.stride, plane.width,
                        std::uint8_t(i == 0 ? 16 : 128));
            std::fill_n(plane.data + (plane.height - 1 - y) * plane.stride, plane.width,
                        std::uint8_t(i == 0 ? 16 : 128));
        }
    }
}

}  // namespace kinora::engines::storyboard
