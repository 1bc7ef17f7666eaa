// media/jpeg_writer.cpp: one picture as a baseline JPEG.
//
// JFIF means BT.601 and full range, our pictures are BT.709 and limited, so colours are converted
// first. libswscale changes only the range between two YUV formats, not the matrix; hence our own.
#include "media/durable_file.hpp"
#include "media/ffmpeg.hpp"
#include "media/video_writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kinora::media {
namespace {

constexpr const char* kCannotWrite = "The picture could not be written.";

// Luma weights of red and blue: ITU-R BT.709-6 and BT.601-7. Green has the rest.
struct Weights {
    double red, blue;
    constexpr double green() const { return 1 - red - blue; }
};
constexpr Weights kFrom{0.2126, 0.0722};
constexpr Weights kTo{0.299, 0.114};

// With Y, Cb, Cr of BT.709 in 0..1 and -0.5..0.5: R - Y = r*Cr, B - Y = b*Cb, and G - Y follows
// from Y being the weighted sum. The new luma is then Y plus a part of each chroma, and the new
// chroma is (B - Y') and (R - Y') over their spans: no part of Y is in it.
constexpr double kRedOfCr = 2 * (1 - kFrom.red);
constexpr double kBlueOfCb = 2 * (1 - kFrom.blue);
constexpr double kGreenOfCr = -kRedOfCr * kFrom.red / kFrom.green();
constexpr double kGreenOfCb = -kBlueOfCb * kFrom.blue / kFrom.green();
constexpr double kLumaOfCb = kTo.green() * kGreenOfCb + kTo.blue * kBlueOfCb;
constexpr double kLumaOfCr = kTo.red * kRedOfCr + kTo.green() * kGreenOfCr;
constexpr double kBlueSpan = 2 * (1 - kTo.blue);
constexpr double kRedSpan = 2 * (1 - kTo.red);

// The same in fixed point, ranges included: 219 steps of luma and 224 of chroma become 255.
constexpr int kShift = 16;
constexpr int kHalf = 1 << (kShift - 1);
constexpr int fixed(double value) {
    return int(value * (1 << kShift) + (value < 0 ? -0.5 : 0.5));
}
constexpr double kLumaGain = 255.0 / 219;
constexpr double kChromaGain = 255.0 / 224;
constexpr int kYfromY = fixed(kLumaGain);
constexpr int kYfromCb = fixed(kChromaGain * kLumaOfCb);
constexpr int kYfromCr = fixed(kChromaGain * kLumaOfCr);
constexpr int kCbFromCb = fixed(kChromaGain * (kBlueOfCb - kLumaOfCb) / kBlueSpan);
constexpr int kCbFromCr = fixed(kChromaGain * -kLumaOfCr / kBlueSpan);
constexpr int kCrFromCb = fixed(kChromaGain * -kLumaOfCb / kRedSpan);
constexpr int kCrFromCr = fixed(kChromaGain * (kRedOfCr - kLumaOfCr) / kRedSpan);

std::uint8_t rounded(int sum) {
    return std::uint8_t(std::clamp((sum + kHalf) >> kShift, 0, 255));
}

// Each chroma sample serves its four pixels as it is; that JPEG places it a quarter of a sample
// further right than video does cannot be seen.
Picture to_jpeg_colors(const Picture& picture) {
    Picture result(picture.width(), picture.height());
    const auto in_y = picture.plane(0), in_cb = picture.plane(1), in_cr = picture.plane(2);
    const auto out_y = result.plane(0), out_cb = result.plane(1), out_cr = result.plane(2);
    for (int y = 0; y < in_y.height; ++y) {
        const auto* luma = in_y.data + y * in_y.stride;
        const auto* blue = in_cb.data + y / 2 * in_cb.stride;
        const auto* red = in_cr.data + y / 2 * in_cr.stride;
        auto* row = out_y.data + y * out_y.stride;
        for (int x = 0; x < in_y.width; ++x) {
            row[x] = rounded(kYfromY * (luma[x] - 16) + kYfromCb * (blue[x / 2] - 128) +
                             kYfromCr * (red[x / 2] - 128));
        }
    }
    for (int y = 0; y < in_cb.height; ++y) {
        for (int x = 0; x < in_cb.width; ++x) {
            const int cb = in_cb.data[y * in_cb.stride + x] - 128;
            const int cr = in_cr.data[y * in_cr.stride + x] - 128;
            out_cb.data[y * out_cb.stride + x] =
                rounded(kCbFromCb * cb + kCbFromCr * cr + (128 << kShift));
            out_cr.data[y * out_cr.stride + x] =
                rounded(kCrFromCb * cb + kCrFromCr * cr + (128 << kShift));
        }
    }
    return result;
}

// The quantiser that comes nearest to libjpeg's `quality`: libjpeg scales its tables by 5000/q or
// 200-2q percent (jcparam.c), FFmpeg scales those of MPEG-1 by scale/8; at 50 % both are alike.
int quantiser_scale(int quality) {
    const int q = std::clamp(quality, 1, 100);
    const double percent = q < 50 ? 5000.0 / q : 200.0 - 2 * q;
    return std::clamp(int(std::lround(percent / 50 * 8)), 1, 31);
}

CodecContextPtr jpeg_context(const AVCodec* codec, const Picture& picture, int scale) {
    auto context = make_codec_context(codec);
    context->width = picture.width();
    context->height = picture.height();
    context->pix_fmt = AV_PIX_FMT_YUV420P;
    context->color_range = AVCOL_RANGE_JPEG;
    context->time_base = {1, 1};
    context->thread_count = 1;
    context->flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT;
    context->qmin = 1;
    context->global_quality = scale * FF_QP2LAMBDA;
    return context;
}

// An AVFrame with a copy of the pixels.
FramePtr jpeg_frame(const Picture& picture, const AVCodecContext& context) {
    auto frame = make_frame();
    frame->format = context.pix_fmt;
    frame->width = context.width;
    frame->height = context.height;
    frame->color_range = context.color_range;
    frame->quality = context.global_quality;
    frame->pts = 0;
    if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
    for (int i = 0; i < 3; ++i) {
        const auto plane = picture.plane(i);
        for (int y = 0; y < plane.height; ++y) {
            std::copy_n(plane.data + y * plane.stride, plane.width,
                        frame->data[i] + std::ptrdiff_t(y) * frame->linesize[i]);
        }
    }
    return frame;
}

}  // namespace

Result<void> write_jpeg(const std::filesystem::path& path, const Picture& picture, int quality) {
    silence_ffmpeg();
    const auto* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    if (codec == nullptr || picture.empty()) {
        return Error(ErrorCode::api_error, kCannotWrite,
                     codec == nullptr ? "this build of FFmpeg has no mjpeg" : "it is empty");
    }
    const auto context = jpeg_context(codec, picture, quantiser_scale(quality));
    int done = avcodec_open2(context.get(), codec, nullptr);
    if (done < 0) return ffmpeg_error(done, kCannotWrite, "open mjpeg");
    const auto frame = jpeg_frame(to_jpeg_colors(picture), *context);
    done = avcodec_send_frame(context.get(), frame.get());
    if (done < 0) return ffmpeg_error(done, kCannotWrite, "encode the picture");
    const auto packet = make_packet();
    done = avcodec_receive_packet(context.get(), packet.get());
    if (done < 0) return ffmpeg_error(done, kCannotWrite, "take the picture");
    return write_durably(path, {packet->data, std::size_t(packet->size)}, kCannotWrite);
}

}  // namespace kinora::media
