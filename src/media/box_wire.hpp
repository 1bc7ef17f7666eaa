// media/box_wire.hpp: what the decoder in its box says through the pipe, byte by byte.
//
// Each message is a Head and `size_bytes` of body: one of the structs below, then samples. Both
// ends run on one machine, so numbers are as it has them. The reader (box_reader.hpp) believes
// none of it.
#pragma once

#include <cstdint>

namespace kinora::media::wire {

// The descriptors of a decoder, which has no others.
inline constexpr int kInput = 3;
inline constexpr int kOutput = 4;

// It ends with this status where it cannot lock itself in, and has read nothing then.
inline constexpr int kNotLockedIn = 3;

inline constexpr int kSoundRate = 48'000;  // Samples a second, each of two floats: left and right.
inline constexpr std::uint32_t kSoundFramesMax = kSoundRate / 5;  // In one message.

enum class Kind : std::uint32_t {
    ready = 1,  // Locked in; the file is read from here on. No body.
    refusal,    // The last message.
    still,      // Rows of RGBA follow. The last message.
    facts,      // Of a video, once, first.
    picture,    // Rows of Y, Cb and Cr follow, or none where it is the one before once more.
    sound,      // Floats follow: what plays during the picture that comes next.
    end,        // Of a video. No body.
};

struct Head {
    Kind kind;
    std::uint32_t size_bytes;
};

// Why there is nothing more; the reader has the words.
enum class Reason : std::uint32_t {
    unreadable = 1,
    unknown_format,
    unknown_codec,
    is_video,
    is_sound,
    is_picture,
    too_many_bytes,
    too_many_pixels,
    too_many_on_a_side,
    too_small,
    too_long,
    too_much_memory,
};

struct Refusal {
    Reason reason;
};

struct Still {
    std::int32_t width, height;
    std::uint32_t has_alpha;
};

struct Facts {
    std::int32_t width, height;             // As it is shown.
    std::int32_t out_width, out_height;     // Of the pictures that follow.
    std::int32_t fps_num, fps_den;          // Of the source.
    std::int64_t duration_us;               // 0: it does not say.
    std::int64_t frame_count;               // Its own word or an estimate.
    std::uint32_t has_sound;                // That can be decoded.
    char video_codec[20], sound_codec[20];  // Filled up with zeros.
};

struct Picture {
    std::int64_t index;
    std::uint32_t repeats;  // 1: no samples follow.
};

}  // namespace kinora::media::wire
