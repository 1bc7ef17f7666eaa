// media/h264_encoder.hpp: pictures in, H.264 packets out, through libavcodec's libx264.
#pragma once

#include "base/result.hpp"
#include "media/ffmpeg.hpp"
#include "media/video_writer.hpp"

namespace kinora::media {

// High profile, BT.709 limited range, closed groups of two seconds. The same pictures and the same
// number of threads give the same packets. Time is counted in frames: its time base is fps_den/fps.
class H264Encoder {
public:
    // Refuses settings outside the ranges that VideoSettings gives.
    static Result<H264Encoder> open(const VideoSettings& settings);

    const AVCodecContext& context() const { return *context_; }

    // Takes picture number `index`. Between two calls receive() must have said that it is empty.
    Result<void> send(const Picture& picture, std::int64_t index);
    // Says that no more pictures follow; what is still inside comes out of receive().
    Result<void> end();
    // Fills `packet` and answers true; false when it wants more pictures, or at the end.
    Result<bool> receive(AVPacket& packet);

private:
    H264Encoder(CodecContextPtr context, int fine_from)
        : context_(std::move(context)), fine_from_(fine_from) {}

    CodecContextPtr context_;
    int fine_from_;
    FramePtr frame_ = make_frame();
};

}  // namespace kinora::media
