// frames/frame_buffer.cpp: bands of 16 rows stay in a core's own cache while all layers are laid.
#include "engines/storyboard/frames/frame_buffer.hpp"

namespace kinora::engines::storyboard {
namespace {

std::ptrdiff_t padded(int width) {
    return (width + 31) / 16 * 16;
}

}  // namespace

LightPlanes::LightPlanes(int width, int height) : stride(padded(width)) {
    const auto size = std::size_t(stride) * std::size_t(height);
    r.resize(size), g.resize(size), b.resize(size);
    // At least two cells each way, so that interpolation always has a neighbour.
    bloom_width = std::max(2, (width + 7) / 8), bloom_height = std::max(2, (height + 7) / 8);
    bloom.resize(std::size_t(bloom_width) * std::size_t(bloom_height) * 3 + 8);
}

FrameBuffer::FrameBuffer(int width, int height, int threads)
    : width_(width), height_(height), stride_(padded(width)), planes_(width, height) {
    bands_.resize(std::size_t(threads));
    for (auto& band : bands_) band.resize(std::size_t(stride_) * (3 * kBandRows + kScratchRows));
}

void FrameBuffer::paint(Team& team, float threshold, const std::function<void(const Band&)>& draw) {
    const int count = (height_ + kBandRows - 1) / kBandRows;
    StoreArgs store{};
    store.r = planes_.r.data(), store.g = planes_.g.data(), store.b = planes_.b.data(),
    store.stride = planes_.stride;
    store.bloom = planes_.bloom.data(), store.bloom_width = planes_.bloom_width,
    store.bloom_height = planes_.bloom_height;
    store.threshold = threshold;
    std::fill(planes_.bloom.begin(), planes_.bloom.end(), 0.0F);
    team.run(count, [&](int index, int thread) {
        float* memory = bands_[std::size_t(thread)].data();
        Band band{};
        band.r = memory, band.g = memory + stride_ * kBandRows,
        band.b = memory + 2 * stride_ * kBandRows;
        band.scratch = memory + 3 * stride_ * kBandRows;
        band.stride = stride_, band.width = width_;
        band.y0 = index * kBandRows, band.y1 = std::min(height_, band.y0 + kBandRows);
        draw(band);
        kernels().store(store, band);
    });
    const auto plane = std::size_t(planes_.bloom_width) * std::size_t(planes_.bloom_height);
    team.run(3, [&](int c, int) {
        const auto from = planes_.bloom.begin() + std::ptrdiff_t(plane) * c;
        std::vector<float> one(from, from + std::ptrdiff_t(plane));
        blur(one, planes_.bloom_width, planes_.bloom_height, std::max(1, planes_.bloom_width / 34),
             2);
        std::copy(one.begin(), one.end(), from);
    });
}

void FrameBuffer::blend(Team& team, const LightPlanes& other, float share) {
    const auto weight = std::uint32_t(std::clamp(share, 0.0F, 1.0F) * 256.0F + 0.5F);
    team.run(height_ / 2, [&](int pair, int) {
        auto mix_rows = [&](std::vector<std::uint16_t>& to,
                            const std::vector<std::uint16_t>& from) {
            const auto start = 2 * pair * planes_.stride;
            kernels().dissolve(to.data() + start, from.data() + start, 2 * planes_.stride, weight);
        };
        mix_rows(planes_.r, other.r), mix_rows(planes_.g, other.g), mix_rows(planes_.b, other.b);
    });
    for (std::size_t i = 0; i < planes_.bloom.size(); ++i)
        planes_.bloom[i] = mix(planes_.bloom[i], other.bloom[i], share);
}

void FrameBuffer::finish(Team& team, const Lens& lens, std::uint32_t frame,
                         media::Picture& picture) {
    PostArgs a{};
    a.r = planes_.r.data(), a.g = planes_.g.data(), a.b = planes_.b.data(),
    a.stride = planes_.stride;
    a.width = width_, a.height = height_;
    a.bloom = planes_.bloom.data(), a.bloom_width = planes_.bloom_width,
    a.bloom_height = planes_.bloom_height;
    a.bloom_gain = lens.bloom * 2.0F, a.exposure = lens.exposure, a.grade = lens.grade.color();
    a.vignette = lens.vignette, a.grain = lens.grain, a.saturation = lens.saturation,
    a.contrast = lens.contrast;
    a.tone_dark = lens.tone_dark.color(), a.tone_light = lens.tone_light.color(), a.frame = frame;
    const auto luma = picture.plane(0), cb = picture.plane(1), cr = picture.plane(2);
    a.luma = luma.data, a.cb = cb.data, a.cr = cr.data, a.luma_stride = luma.stride,
    a.chroma_stride = cb.stride;
    team.run((height_ + 31) / 32, [&](int block, int) {
        kernels().post(a, block * 32, std::min(height_, block * 32 + 32));
    });
}

}  // namespace kinora::engines::storyboard
