// media/decoder/sound_source.hpp: the sound of a video as one unbroken line of samples.
//
// Stereo floats at wire::kSoundRate, from the first picture on. Where the file has a gap there is
// silence.
#pragma once

#include "media/decoder/container.hpp"

extern "C" {
#include <libswresample/swresample.h>
}

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace kinora::media::decoder {

class SoundSource {
public:
    // A second reader of the same file, so that neither waits for what the other needs.
    SoundSource(const Source& source, Format format, std::int64_t start_ns);
    ~SoundSource();

    // The samples that follow, `frames` of them at most; empty at the end. Good until the next
    // call.
    std::span<const float> next(std::int64_t frames);

private:
    struct FreeResampler {
        void operator()(SwrContext* context) const { swr_free(&context); }
    };
    bool decode_more();
    void take(const AVFrame& frame);
    void prepare(const AVFrame& frame);
    void keep_time(const AVFrame& frame);

    Container container_;
    const AVStream* stream_ = nullptr;
    CodecContextPtr codec_;
    PacketPtr packet_ = make_packet();
    FramePtr frame_ = make_frame();
    std::unique_ptr<SwrContext, FreeResampler> resampler_;
    AVChannelLayout from_layout_{};
    int from_format_ = -1;
    int from_rate_ = 0;
    std::int64_t start_ns_;
    std::int64_t made_ = 0;  // Frames since the first picture; negative before it.
    bool has_first_ = false;
    bool at_end_ = false;
    std::int64_t silence_ = 0;  // Frames of it that come before `ready_`.
    std::vector<float> ready_;
    std::vector<float> given_;
};

// The stream whose sound can be decoded, or nullptr.
const AVStream* find_sound(const Container& container);

}  // namespace kinora::media::decoder
