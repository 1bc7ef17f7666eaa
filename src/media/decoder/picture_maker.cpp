#include "media/decoder/picture_maker.hpp"

#include "media/decoder/orientation.hpp"
#include "media/decoder/refusal.hpp"

#include <algorithm>
#include <cmath>

namespace kinora::media::decoder {
namespace {

constexpr int kSideMin = 16;
constexpr Colors kOurs{SWS_CS_ITU709, false};
constexpr Colors kRgb{SWS_CS_ITU709, true};
// swscale reads a little past the end of what it is given.
constexpr std::size_t kSpareBytes = 64;

int even(double side) {
    return std::max(int(std::lround(side / 2)) * 2, kSideMin);
}

void darken_what_is_transparent(std::vector<std::uint8_t>& rgba) {
    for (std::size_t i = 0; i + 3 < rgba.size(); i += 4) {
        const int alpha = rgba[i + 3];
        for (std::size_t c = 0; c < 3; ++c) {
            rgba[i + c] = std::uint8_t((rgba[i + c] * alpha + 127) / 255);
        }
        rgba[i + 3] = 255;
    }
}

}  // namespace

Size shown_size(Size coded, AVRational pixel_shape, int orientation) {
    double width = coded.width;
    const double shape = pixel_shape.den > 0 ? av_q2d(pixel_shape) : 0;
    // Others are lies or accidents.
    if (shape >= 0.125 && shape <= 8) width *= shape;
    const Size lying{std::max(int(std::lround(width)), 1), std::max(coded.height, 1)};
    return swaps_sides(orientation) ? Size{lying.height, lying.width} : lying;
}

Size fitted(Size shown, Size fit) {
    const double factor =
        std::min({1.0, double(fit.width) / shown.width, double(fit.height) / shown.height});
    if (factor == 1.0) {  // Odd sides lose a row or column instead of being resampled.
        return {std::max(shown.width & ~1, kSideMin), std::max(shown.height & ~1, kSideMin)};
    }
    return {std::min(even(shown.width * factor), std::max(fit.width & ~1, kSideMin)),
            std::min(even(shown.height * factor), std::max(fit.height & ~1, kSideMin))};
}

PictureMaker::PictureMaker(Size out, int orientation)
    : out_(out),
      lying_(swaps_sides(orientation) ? Size{out.height, out.width} : out),
      orientation_(orientation),
      lying_planes_(room_for(lying_)),
      upright_planes_(room_for(out_)) {}

PictureMaker::Planes PictureMaker::room_for(Size size) {
    Planes planes;
    const auto luma = std::size_t(size.width) * std::size_t(size.height);
    planes.bytes.resize(luma * 3 / 2 + kSpareBytes);
    planes.data = {planes.bytes.data(), planes.bytes.data() + luma,
                   planes.bytes.data() + luma + luma / 4, nullptr};
    planes.strides = {size.width, size.width / 2, size.width / 2, 0};
    return planes;
}

std::span<const std::uint8_t> PictureMaker::make(const AVFrame& frame) {
    const auto bytes = std::size_t(out_.width) * std::size_t(out_.height) * 3 / 2;
    convert(frame, lying_planes_);
    if (orientation_ == 1) return std::span(lying_planes_.bytes).first(bytes);
    for (std::size_t i = 0; i < 3; ++i) {
        const int part = i == 0 ? 1 : 2;
        put_upright({lying_planes_.data[i], lying_planes_.strides[i], lying_.width / part,
                     lying_.height / part},
                    {upright_planes_.data[i], upright_planes_.strides[i], out_.width / part,
                     out_.height / part},
                    1, orientation_);
    }
    return std::span(upright_planes_.bytes).first(bytes);
}

void PictureMaker::convert(const AVFrame& frame, Planes& to) {
    const int width = std::max(frame.width & ~1, 1), height = std::max(frame.height & ~1, 1);
    const auto colors = colors_of(frame, Untagged::video);
    const auto* described = av_pix_fmt_desc_get(AVPixelFormat(frame.format));
    const bool rgb = (described->flags & AV_PIX_FMT_FLAG_RGB) != 0;
    // Between two YUV formats swscale changes the range, but not the matrix.
    if (has_alpha(frame) || (!rgb && colors.matrix != SWS_CS_ITU709)) {
        return convert_through_rgb(frame, width, height, to);
    }
    prepare(scaler_, frame, width, height, colors,
            {lying_.width, lying_.height, AV_PIX_FMT_YUV420P, kOurs});
    require(sws_scale(scaler_.get(), frame.data, frame.linesize, 0, height, to.data.data(),
                      to.strides.data()));
}

void PictureMaker::convert_through_rgb(const AVFrame& frame, int width, int height, Planes& to) {
    rgba_.resize(std::size_t(lying_.width) * std::size_t(lying_.height) * 4 + kSpareBytes);
    std::uint8_t* data[4] = {rgba_.data()};
    const int strides[4] = {lying_.width * 4};
    prepare(scaler_, frame, width, height, colors_of(frame, Untagged::video),
            {lying_.width, lying_.height, AV_PIX_FMT_RGBA, kRgb});
    require(sws_scale(scaler_.get(), frame.data, frame.linesize, 0, height, data, strides));
    if (has_alpha(frame)) darken_what_is_transparent(rgba_);
    AVFrame shape{};
    shape.format = AV_PIX_FMT_RGBA;
    prepare(from_rgb_, shape, lying_.width, lying_.height, kRgb,
            {lying_.width, lying_.height, AV_PIX_FMT_YUV420P, kOurs});
    require(sws_scale(from_rgb_.get(), data, strides, 0, lying_.height, to.data.data(),
                      to.strides.data()));
}

}  // namespace kinora::media::decoder
