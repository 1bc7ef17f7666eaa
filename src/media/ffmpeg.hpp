// media/ffmpeg.hpp: FFmpeg's handles as owning types, and its error numbers as our errors.
//
// For this room's sources only; no header that other rooms include names these types.
#pragma once

#include "base/error.hpp"

#include <cstdint>
#include <memory>
#include <string>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/buffer.h>
#include <libavutil/dict.h>
#include <libavutil/error.h>
#include <libavutil/frame.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

namespace kinora::media {

struct FreeHandle {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
    void operator()(AVBufferRef* buffer) const { av_buffer_unref(&buffer); }
};
using FramePtr = std::unique_ptr<AVFrame, FreeHandle>;
using PacketPtr = std::unique_ptr<AVPacket, FreeHandle>;
using CodecContextPtr = std::unique_ptr<AVCodecContext, FreeHandle>;
using BufferPtr = std::unique_ptr<AVBufferRef, FreeHandle>;

struct CloseInput {
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
using InputPtr = std::unique_ptr<AVFormatContext, CloseInput>;

// Closes the file as well; what that says is heard only by who closes `pb` first.
struct CloseOutput {
    void operator()(AVFormatContext* context) const {
        avio_closep(&context->pb);
        avformat_free_context(context);
    }
};
using OutputPtr = std::unique_ptr<AVFormatContext, CloseOutput>;

// Options for a call that takes a dictionary and leaves behind what it did not know.
class Options {
public:
    Options() = default;
    ~Options() { av_dict_free(&entries_); }
    Options(const Options&) = delete;
    Options& operator=(const Options&) = delete;

    void set(const char* name, const char* value) { av_dict_set(&entries_, name, value, 0); }
    void set(const char* name, std::int64_t value) { av_dict_set_int(&entries_, name, value, 0); }
    AVDictionary** get() { return &entries_; }

private:
    AVDictionary* entries_ = nullptr;
};

// Each throws std::bad_alloc where memory is out.
FramePtr make_frame();
PacketPtr make_packet();
CodecContextPtr make_codec_context(const AVCodec* codec);

// Keeps FFmpeg and x264 off standard error, for the whole process. Called by whoever opens a file;
// cheap when repeated.
void silence_ffmpeg();

// What `code`, an AVERROR or a negated errno, means to a caller: `unavailable` where the disk has
// no room, else `api_error` with `message`. `doing` and FFmpeg's last complaint on this thread go
// into the detail.
Error ffmpeg_error(int code, const char* message, const char* doing);

// `path` as FFmpeg takes it, so that a colon in it is no protocol.
std::string file_url(const std::string& path);

}  // namespace kinora::media
