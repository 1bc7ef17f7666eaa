// media/boxed_video.hpp: a video that a stranger sent, picture by picture.
//
// All of the decoding, turning and scaling is done in the box, while we read: it runs ahead by a
// pipe's length at most.
#pragma once

#include "base/result.hpp"
#include "media/decoder_box.hpp"
#include "media/input_file.hpp"
#include "media/picture.hpp"
#include "media/sound.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace kinora::media {

struct FrameRate {
    int num = 24;
    int den = 1;
};

struct VideoLimits {
    // Pictures are scaled down, never up, until they fit into this, at the same shape.
    int fit_width = 1920;
    int fit_height = 1088;
    FrameRate fps;  // Of the pictures that come out; at most 120 a second.
    bool with_sound = false;
    int side_max = 4096;
    std::chrono::seconds length_max{600};
    std::chrono::milliseconds patience{300'000};  // All of the waiting for the decoder.
};

// What the file says of itself.
struct SourceFacts {
    int width = 0;  // As a player shows it: upright, with square pixels.
    int height = 0;
    FrameRate fps;                          // Its own, or its mean.
    std::chrono::microseconds duration{0};  // 0 where it does not say.
    std::int64_t frame_count = 0;           // An estimate.
    bool has_sound = false;                 // That can be decoded.
    std::string video_codec;                // "h264"; as FFmpeg names them.
    std::string sound_codec;
};

class BoxedVideo {
public:
    // MP4, MOV, WebM and Matroska with H.264, HEVC, VP8, VP9 or AV1. Errors are as those of
    // decode_still. The thread that calls this must not end before the last next().
    static Result<std::unique_ptr<BoxedVideo>> open(const DecoderBox& box, const InputFile& file,
                                                    const VideoLimits& limits = {},
                                                    std::stop_token stop = {});
    virtual ~BoxedVideo() = default;

    virtual const SourceFacts& facts() const = 0;
    // Of all pictures.
    virtual int width() const = 0;
    virtual int height() const = 0;

    // Picture number k is what is seen k/fps seconds after the first one. Nothing at the end; a
    // video has at least one.
    virtual Result<std::optional<Picture>> next() = 0;
    // What is heard during the pictures that were given so far and was not taken yet, without a
    // gap from the first picture on; silence after the sound's own end is left out. Empty without
    // `with_sound`. Whoever asks for sound takes it now and then, for it is kept until then.
    virtual Sound take_sound() = 0;
};

}  // namespace kinora::media
