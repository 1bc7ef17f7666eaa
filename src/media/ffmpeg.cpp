// media/ffmpeg.cpp: the one place where AVERRORs are read and FFmpeg's log lines end.
#include "media/ffmpeg.hpp"

extern "C" {
#include <libavutil/log.h>
}

#include <array>
#include <cerrno>
#include <mutex>
#include <new>
#include <utility>

namespace kinora::media {
namespace {

// Errors reach us on the thread that made the call, so the complaint that explains one is there
// too.
thread_local std::string last_complaint;

void keep_complaint(void* source, int level, const char* format, va_list arguments) {
    if (level > AV_LOG_ERROR) return;
    std::array<char, 256> line{};
    int prefix = 1;
    av_log_format_line2(source, level, format, arguments, line.data(), int(line.size()), &prefix);
    last_complaint = line.data();
    while (!last_complaint.empty() && last_complaint.back() == '\n') last_complaint.pop_back();
}

template <class Pointer>
Pointer made(Pointer pointer) {
    if (!pointer) throw std::bad_alloc();
    return pointer;
}

}  // namespace

FramePtr make_frame() {
    return made(FramePtr(av_frame_alloc()));
}
PacketPtr make_packet() {
    return made(PacketPtr(av_packet_alloc()));
}
CodecContextPtr make_codec_context(const AVCodec* codec) {
    return made(CodecContextPtr(avcodec_alloc_context3(codec)));
}

void silence_ffmpeg() {
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_callback(keep_complaint); });
}

Error ffmpeg_error(int code, const char* message, const char* doing) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> reason{};
    av_strerror(code, reason.data(), reason.size());
    auto detail = std::string(doing) + ": " + reason.data();
    if (!last_complaint.empty()) detail += " (" + std::exchange(last_complaint, {}) + ")";
    switch (code) {
        case AVERROR(ENOMEM):
            throw std::bad_alloc();
        case AVERROR(ENOSPC):
        case AVERROR(EDQUOT):
        case AVERROR(EFBIG):
            return {ErrorCode::unavailable, "There is no room left on the disk. Try again later.",
                    std::move(detail)};
        default:
            return {ErrorCode::api_error, message, std::move(detail)};
    }
}

std::string file_url(const std::string& path) {
    return "file:" + path;
}

}  // namespace kinora::media
