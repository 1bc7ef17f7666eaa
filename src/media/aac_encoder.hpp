// media/aac_encoder.hpp: samples in, AAC packets out, through libavcodec's own encoder.
//
// For this room's sources only.
#pragma once

#include "base/result.hpp"
#include "media/ffmpeg.hpp"

#include <span>
#include <vector>

namespace kinora::media {

// Stereo at kSoundRate. Its time base is 1/kSoundRate. The same samples give the same packets.
class AacEncoder {
public:
    static Result<AacEncoder> open();

    const AVCodecContext& context() const { return *context_; }

    // Interleaved samples, any number of pairs. receive() wants to be asked after each of these
    // until it is empty.
    void add(std::span<const float> samples) {
        waiting_.insert(waiting_.end(), samples.begin(), samples.end());
    }
    void end() { ended_ = true; }
    // Fills `packet` and answers true; false when it wants more samples, or at the end.
    Result<bool> receive(AVPacket& packet);

private:
    explicit AacEncoder(CodecContextPtr context) : context_(std::move(context)) {}
    // Whether there was a whole frame, or the end, to give to the encoder.
    Result<bool> feed();
    void fill_frame(int frames);

    CodecContextPtr context_;
    FramePtr frame_ = make_frame();
    std::vector<float> waiting_;
    std::int64_t fed_ = 0;
    bool ended_ = false;
    bool flushed_ = false;
};

}  // namespace kinora::media
