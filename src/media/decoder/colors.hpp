// media/decoder/colors.hpp: frames of any format into RGBA or into the YUV of our pictures.
#pragma once

#include "media/decoder/shrink.hpp"
#include "media/ffmpeg.hpp"

extern "C" {
#include <libswscale/swscale.h>
}

#include <memory>

namespace kinora::media::decoder {

struct FreeScaler {
    void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};
using ScalerPtr = std::unique_ptr<SwsContext, FreeScaler>;

// Which matrix a frame's YUV follows, where it does not say: that of JPEG and old video, or that
// of high definition where it is a video of such a size.
enum class Untagged { picture, video };

struct Colors {
    int matrix;  // As AVColorSpace numbers them: what sws_getCoefficients takes.
    bool full_range;
};
Colors colors_of(const AVFrame& frame, Untagged untagged);
bool has_alpha(const AVFrame& frame);

// A scaler from `frame`'s format, of which it takes `width` x `height`. Each call may change the
// one that was there, or leave it.
struct Target {
    int width;
    int height;
    AVPixelFormat format;
    Colors colors;
};
void prepare(ScalerPtr& scaler, const AVFrame& frame, int width, int height, Colors colors,
             const Target& target);

// The whole frame in its own size.
Rgba to_rgba(const AVFrame& frame, Untagged untagged);

}  // namespace kinora::media::decoder
