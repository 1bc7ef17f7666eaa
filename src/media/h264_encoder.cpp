// media/h264_encoder.cpp: how x264 is set up and fed.
#include "media/h264_encoder.hpp"

#include "base/ensure.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <thread>

namespace kinora::media {
namespace {

constexpr const char* kCannotEncodeVideo = "The video could not be encoded.";
// Longest stretch that a player decodes to seek. A key frame shows as a flicker where little moves,
// so a generated clip has but one.
constexpr int kGroupSeconds = 5;
constexpr int kThreadsMax = 64;

// Asked here, since x264 complains of others on standard error, past every log callback.
bool is_preset(const char* name) {
    constexpr std::string_view kPresets[] = {"ultrafast", "superfast", "veryfast",
                                             "faster",    "fast",      "medium",
                                             "slow",      "slower",    "veryslow"};
    return name != nullptr &&
           std::find(std::begin(kPresets), std::end(kPresets), name) != std::end(kPresets);
}

bool side_is_allowed(int side) {
    return side >= 16 && side <= 4096 && side % 2 == 0;
}

// The reason why `settings` cannot be, or nothing.
const char* judge(const VideoSettings& settings) {
    if (!side_is_allowed(settings.width)) return "width is not even and 16 to 4096";
    if (!side_is_allowed(settings.height)) return "height is not even and 16 to 4096";
    if (settings.fps_den < 1 || settings.fps_den > 100'000) return "fps_den is not 1 to 100,000";
    if (settings.fps < settings.fps_den || settings.fps > 120 * settings.fps_den) {
        return "fps is not 1 to 120";
    }
    // Rate factor 0 is lossless, which profile High does not have.
    if (settings.crf < 1 || settings.crf > 51) return "crf is not 1 to 51";
    if (settings.threads < 0 || settings.threads > kThreadsMax) return "threads is not 0 to 64";
    if (!is_preset(settings.preset)) return "preset is none of x264's";
    return nullptr;
}

int thread_count(int wanted) {
    if (wanted > 0) return wanted;
    return std::clamp(int(std::thread::hardware_concurrency()), 1, kThreadsMax);
}

void describe_stream(AVCodecContext& context, const VideoSettings& settings) {
    context.width = settings.width;
    context.height = settings.height;
    context.pix_fmt = AV_PIX_FMT_YUV420P;
    context.sample_aspect_ratio = {1, 1};
    context.time_base = {settings.fps_den, settings.fps};
    context.framerate = {settings.fps, settings.fps_den};
    context.color_range = AVCOL_RANGE_MPEG;
    context.colorspace = AVCOL_SPC_BT709;
    context.color_primaries = AVCOL_PRI_BT709;
    context.color_trc = AVCOL_TRC_BT709;
    context.chroma_sample_location = AVCHROMA_LOC_LEFT;
    context.gop_size = kGroupSeconds * settings.fps / settings.fps_den;
    context.thread_count = thread_count(settings.threads);
    // MP4 keeps the parameter sets in its index, not in the stream.
    context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_CLOSED_GOP;
}

// Twice the bits: six steps of the quantiser, of 51. As a region, for x264's own zones leak.
void make_fine(AVFrame& frame) {
    auto* data = av_frame_new_side_data(&frame, AV_FRAME_DATA_REGIONS_OF_INTEREST,
                                        sizeof(AVRegionOfInterest));
    if (data == nullptr) throw std::bad_alloc();
    auto* region = reinterpret_cast<AVRegionOfInterest*>(data->data);
    *region = {sizeof(AVRegionOfInterest), 0, frame.height, 0, frame.width, {-6, 51}};
}

// Nobody frees through this buffer: the picture stays its caller's.
void leave_alone(void*, std::uint8_t*) {}

}  // namespace

Result<H264Encoder> H264Encoder::open(const VideoSettings& settings) {
    if (const char* reason = judge(settings)) {
        return Error(ErrorCode::api_error, kCannotEncodeVideo, std::string("settings: ") + reason);
    }
    const auto* codec = avcodec_find_encoder_by_name("libx264");
    if (codec == nullptr) {
        return Error(ErrorCode::api_error, "This server cannot encode H.264 video.",
                     "this build of FFmpeg has no libx264");
    }
    auto context = make_codec_context(codec);
    describe_stream(*context, settings);
    Options options;
    options.set("preset", settings.preset);
    options.set("profile", "high");
    options.set("crf", settings.crf);
    options.set("8x8dct", 1);  // Without it x264 calls the stream Main, or less, in quick presets.
    const int opened = avcodec_open2(context.get(), codec, options.get());
    if (opened < 0) return ffmpeg_error(opened, kCannotEncodeVideo, "open libx264");
    return H264Encoder(std::move(context), settings.fine_from);
}

Result<void> H264Encoder::send(const Picture& picture, std::int64_t index) {
    if (picture.empty() || picture.width() != context_->width ||
        picture.height() != context_->height) {
        return Error(ErrorCode::api_error, kCannotEncodeVideo,
                     "a picture is not of the video's size");
    }
    // libx264 copies each picture into its own memory before it answers, so the frame can borrow
    // ours; with a buffer that says so, FFmpeg makes no copy of its own in between.
    auto* luma = const_cast<std::uint8_t*>(picture.plane(0).data);
    BufferPtr borrowed(av_buffer_create(luma, 1, leave_alone, nullptr, AV_BUFFER_FLAG_READONLY));
    if (!borrowed) throw std::bad_alloc();
    for (int i = 0; i < 3; ++i) {
        const auto plane = picture.plane(i);
        frame_->data[i] = const_cast<std::uint8_t*>(plane.data);
        frame_->linesize[i] = int(plane.stride);
    }
    frame_->buf[0] = av_buffer_ref(borrowed.get());
    if (frame_->buf[0] == nullptr) throw std::bad_alloc();
    frame_->format = AV_PIX_FMT_YUV420P;
    frame_->width = picture.width();
    frame_->height = picture.height();
    frame_->color_range = context_->color_range;
    frame_->colorspace = context_->colorspace;
    frame_->color_primaries = context_->color_primaries;
    frame_->color_trc = context_->color_trc;
    frame_->pts = index;
    if (fine_from_ >= 0 && index >= fine_from_) make_fine(*frame_);
    const int sent = avcodec_send_frame(context_.get(), frame_.get());
    av_frame_unref(frame_.get());
    ensure(av_buffer_get_ref_count(borrowed.get()) == 1, "the encoder kept a borrowed picture");
    if (sent < 0) return ffmpeg_error(sent, kCannotEncodeVideo, "encode a frame");
    return ok();
}

Result<void> H264Encoder::end() {
    const int sent = avcodec_send_frame(context_.get(), nullptr);
    if (sent < 0) return ffmpeg_error(sent, kCannotEncodeVideo, "flush the encoder");
    return ok();
}

Result<bool> H264Encoder::receive(AVPacket& packet) {
    const int received = avcodec_receive_packet(context_.get(), &packet);
    if (received == AVERROR(EAGAIN) || received == AVERROR_EOF) return false;
    if (received < 0) return ffmpeg_error(received, kCannotEncodeVideo, "take a packet");
    // Only newer releases of FFmpeg fill this in; the last frame's duration hangs on it.
    packet.duration = 1;
    return true;
}

}  // namespace kinora::media
