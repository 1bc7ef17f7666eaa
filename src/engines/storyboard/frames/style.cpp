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
            steps(planes, team, 9), lines(planes, team, kernels().outline);
            break;
        case Style::paper_cutout:
            steps(planes, team, 7), lines(planes, team, kernels().outline);
            break;
        case Style::sketch:
            pencil(planes, team);
            break;
        default:
            break;
    }
}

template <class Args>
void StyleFilter::run(LightPlanes& p, Team& team, Args args, const Work<Args>& work) {
    std::vector<std::uint16_t>* planes[3] = {&p.r, &p.g, &p.b};
    args.stride = p.stride, args.width = width_, args.height = height_;
    for (int c = 0; c < 3; ++c) {
        args.out[c] = planes[c]->data();
        if (work.apart) work_[c] = *planes[c];
        args.in[c] = work.apart ? work_[c].data() : args.out[c];
    }
    scratch_.resize(std::size_t(team.size()));
    team.run((height_ + work.rows - 1) / work.rows, [&](int block, int thread) {
        auto& scratch = scratch_[std::size_t(thread)];
        scratch.resize(std::size_t(work.scratch));
        Args own = args;
        own.scratch = scratch.data();
        work.kernel(own, block * work.rows, std::min(height_, (block + 1) * work.rows));
    });
}

void StyleFilter::pixels(LightPlanes& p, Team& team) {
    InkArgs args{};
    args.reach = std::max(2, std::min(width_, height_) / 84), args.levels = 11;
    const int rows = args.reach * std::max(1, 32 / args.reach);
    run<InkArgs>(p, team, args, {kernels().mosaic, rows, width_, false});
}

void StyleFilter::paint(LightPlanes& p, Team& team, int radius) {
    StrokeArgs args{};
    args.radius = std::clamp(radius, 1, kStrokeRadiusMax);
    const auto scratch = stroke_scratch(width_, args.radius);
    run<StrokeArgs>(p, team, args, {kernels().strokes, 48, scratch, true});
}

void StyleFilter::steps(LightPlanes& p, Team& team, float count) {
    InkArgs args{};
    args.levels = count;
    run<InkArgs>(p, team, args, {kernels().posterize, 16, width_, false});
}

void StyleFilter::lines(LightPlanes& p, Team& team, Kernel<InkArgs> kernel) {
    InkArgs args{};
    args.reach = line_reach(), args.strokes = hatching_.data();
    run<InkArgs>(p, team, args, {kernel, 16, width_, true});
}

void StyleFilter::pencil(LightPlanes& p, Team& team) {
    if (hatching_.empty()) {
        for (int i = 0; i < width_ + height_; ++i)
            hatching_.push_back(0.5F + 0.5F * std::sin(float(i) * 3.0F / float(line_reach() + 1)));
    }
    lines(p, team, kernels().pencil);
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
