#include "media/decoder/colors.hpp"

#include "media/decoder/refusal.hpp"

#include <new>

namespace kinora::media::decoder {
namespace {

constexpr int kOne = 1 << 16;  // swscale's 1.0 for contrast and saturation.
constexpr int kQuality = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP;
// Video that is larger than this and does not say is in the colours of high definition.
constexpr int kOldWidthMax = 1024;
constexpr int kOldHeightMax = 576;

bool is_full_format(AVPixelFormat format) {
    switch (format) {
        case AV_PIX_FMT_YUVJ420P:
        case AV_PIX_FMT_YUVJ422P:
        case AV_PIX_FMT_YUVJ444P:
        case AV_PIX_FMT_YUVJ440P:
        case AV_PIX_FMT_YUVJ411P:
            return true;
        default:
            return false;
    }
}

}  // namespace

bool has_alpha(const AVFrame& frame) {
    const auto* described = av_pix_fmt_desc_get(AVPixelFormat(frame.format));
    return frame.format == AV_PIX_FMT_PAL8 ||
           (described != nullptr && (described->flags & AV_PIX_FMT_FLAG_ALPHA) != 0);
}

Colors colors_of(const AVFrame& frame, Untagged untagged) {
    const auto format = AVPixelFormat(frame.format);
    const auto* described = av_pix_fmt_desc_get(format);
    if (described == nullptr) refuse();
    const bool rgb = (described->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
    const bool grey = described->nb_components <= 2;
    Colors colors{SWS_CS_ITU601, rgb || frame.color_range == AVCOL_RANGE_JPEG};
    if (is_full_format(format)) colors.full_range = true;
    if (grey && frame.color_range == AVCOL_RANGE_UNSPECIFIED && untagged == Untagged::picture) {
        colors.full_range = true;
    }
    switch (frame.colorspace) {
        case AVCOL_SPC_BT709:
            colors.matrix = SWS_CS_ITU709;
            break;
        case AVCOL_SPC_BT2020_NCL:
        case AVCOL_SPC_BT2020_CL:
            colors.matrix = SWS_CS_BT2020;
            break;
        case AVCOL_SPC_SMPTE240M:
            colors.matrix = SWS_CS_SMPTE240M;
            break;
        case AVCOL_SPC_UNSPECIFIED: {
            const bool large = frame.width > kOldWidthMax || frame.height > kOldHeightMax;
            if (untagged == Untagged::video && large) colors.matrix = SWS_CS_ITU709;
            break;
        }
        default:
            break;
    }
    return colors;
}

void prepare(ScalerPtr& scaler, const AVFrame& frame, int width, int height, Colors colors,
             const Target& target) {
    scaler.reset(sws_getCachedContext(scaler.release(), width, height, AVPixelFormat(frame.format),
                                      target.width, target.height, target.format, kQuality, nullptr,
                                      nullptr, nullptr));
    if (!scaler) refuse();
    sws_setColorspaceDetails(scaler.get(), sws_getCoefficients(colors.matrix),
                             int(colors.full_range), sws_getCoefficients(target.colors.matrix),
                             int(target.colors.full_range), 0, kOne, kOne);
}

Rgba to_rgba(const AVFrame& frame, Untagged untagged) {
    Rgba rgba{frame.width, frame.height, {}};
    rgba.bytes.resize(std::size_t(frame.width) * std::size_t(frame.height) * 4);
    ScalerPtr scaler;
    prepare(scaler, frame, frame.width, frame.height, colors_of(frame, untagged),
            {frame.width, frame.height, AV_PIX_FMT_RGBA, {SWS_CS_ITU601, true}});
    std::uint8_t* planes[4] = {rgba.bytes.data()};
    const int strides[4] = {frame.width * 4};
    require(sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, planes, strides));
    return rgba;
}

}  // namespace kinora::media::decoder
