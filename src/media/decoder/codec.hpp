// media/decoder/codec.hpp: the codecs that a stranger's file may ask for, and how they are opened.
#pragma once

#include "media/ffmpeg.hpp"

#include <cstdint>

namespace kinora::media::decoder {

// As FFmpeg's `codec_whitelist` takes them.
inline constexpr const char* kCodecs =
    "png,mjpeg,webp,gif,bmp,h264,hevc,vp8,vp9,libvpx,libvpx-vp9,libdav1d,libaom-av1,"
    "aac,aac_latm,mp3float,mp3,opus,libopus,vorbis,libvorbis,flac,alac,ac3,eac3,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_f32le,pcm_f32be,pcm_u8";

// Nothing where this build of FFmpeg has none that is allowed.
const AVCodec* find_codec(AVCodecID id);

// On one thread, for pictures of at most `pixels_max`. `parameters` may be nullptr.
CodecContextPtr open_codec(const AVCodec& codec, const AVCodecParameters* parameters,
                           std::int64_t pixels_max);

}  // namespace kinora::media::decoder
