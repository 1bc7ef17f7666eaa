// media/video_writer.cpp: joins the encoders to the file.
#include "media/video_writer.hpp"

#include "media/aac_encoder.hpp"
#include "media/ffmpeg.hpp"
#include "media/h264_encoder.hpp"
#include "media/mp4_file.hpp"

#include <optional>

namespace kinora::media {
namespace {

// Ticks of the file's clock in a frame: any number keeps whole frames exact, this one is FFmpeg's
// own habit for 24 frames a second (12,288 ticks a second).
constexpr int kTicksPerFrame = 512;

class Mp4Writer final : public VideoWriter {
public:
    Mp4Writer(const std::filesystem::path& path, H264Encoder encoder,
              std::optional<AacEncoder> sound_encoder)
        : file_(path), encoder_(std::move(encoder)), sound_encoder_(std::move(sound_encoder)) {}

    Result<void> start(const VideoSettings& settings);
    Result<void> add(const Picture& picture) override;
    Result<void> add_sound(std::span<const float> samples) override;
    Result<VideoFacts> finish() override;

private:
    Result<AVStream*> add_stream(const AVCodecContext& context);
    Result<void> write_ready_packets();
    Result<void> write_ready_sound();
    VideoFacts facts() const;

    Mp4File file_;
    H264Encoder encoder_;
    std::optional<AacEncoder> sound_encoder_;
    const AVStream* stream_ = nullptr;  // The file's.
    const AVStream* sound_stream_ = nullptr;
    PacketPtr packet_ = make_packet();
    std::int64_t frame_count_ = 0;
};

Result<void> Mp4Writer::start(const VideoSettings& settings) {
    auto created = file_.create();
    if (!created) return created;
    auto stream = add_stream(encoder_.context());
    if (!stream) return stream.error();
    (*stream)->avg_frame_rate = encoder_.context().framerate;
    stream_ = *stream;
    if (sound_encoder_) {
        const auto sound_stream = add_stream(sound_encoder_->context());
        if (!sound_stream) return sound_stream.error();
        sound_stream_ = *sound_stream;
    }
    // A broken rate's own numerator counts its frames exactly.
    return file_.begin(settings.fps_den == 1 ? settings.fps * kTicksPerFrame : settings.fps);
}

Result<AVStream*> Mp4Writer::add_stream(const AVCodecContext& context) {
    auto* stream = file_.add_stream();
    const int done = avcodec_parameters_from_context(stream->codecpar, &context);
    if (done < 0) {
        return file_.broken(ffmpeg_error(done, kVideoNotWritten, "describe the stream"));
    }
    stream->time_base = context.time_base;
    return stream;
}

Result<void> Mp4Writer::add(const Picture& picture) {
    if (!file_.is_open()) {
        return Error(ErrorCode::api_error, kVideoNotWritten,
                     "a frame came after the end or a failure");
    }
    auto sent = encoder_.send(picture, frame_count_);
    if (!sent) return file_.broken(sent.error());
    ++frame_count_;
    return write_ready_packets();
}

Result<void> Mp4Writer::add_sound(std::span<const float> samples) {
    if (!file_.is_open() || !sound_encoder_ || samples.size() % 2 != 0) {
        return Error(ErrorCode::api_error, kVideoNotWritten,
                     "sound came that was not asked for, or after the end or a failure");
    }
    sound_encoder_->add(samples);
    return write_ready_sound();
}

Result<void> Mp4Writer::write_ready_packets() {
    for (;;) {
        const auto received = encoder_.receive(*packet_);
        if (!received) return file_.broken(received.error());
        if (!*received) return ok();
        auto written = file_.write(*packet_, *stream_, encoder_.context().time_base);
        if (!written) return written;
    }
}

Result<void> Mp4Writer::write_ready_sound() {
    for (;;) {
        const auto received = sound_encoder_->receive(*packet_);
        if (!received) return file_.broken(received.error());
        if (!*received) return ok();
        auto written = file_.write(*packet_, *sound_stream_, sound_encoder_->context().time_base);
        if (!written) return written;
    }
}

Result<VideoFacts> Mp4Writer::finish() {
    if (!file_.is_open() || frame_count_ == 0) {
        return Error(ErrorCode::api_error, kVideoNotWritten,
                     "there is no open video with frames to end");
    }
    auto ended = encoder_.end();
    if (!ended) return file_.broken(ended.error());
    auto written = write_ready_packets();
    if (!written) return written.error();
    if (sound_encoder_) {
        sound_encoder_->end();
        written = write_ready_sound();
        if (!written) return written.error();
    }
    const auto finished = file_.finish();
    if (!finished) return finished.error();
    return facts();
}

VideoFacts Mp4Writer::facts() const {
    const auto& context = encoder_.context();
    VideoFacts facts;
    facts.width = context.width;
    facts.height = context.height;
    facts.fps = av_q2d(context.framerate);
    facts.frame_count = frame_count_;
    facts.duration = std::chrono::microseconds(
        av_rescale_q(frame_count_, context.time_base, AVRational{1, AV_TIME_BASE}));
    return facts;
}

}  // namespace

Result<std::unique_ptr<VideoWriter>> VideoWriter::open(const std::filesystem::path& path,
                                                       const VideoSettings& settings) {
    silence_ffmpeg();
    auto encoder = H264Encoder::open(settings);
    if (!encoder) return encoder.error();
    std::optional<AacEncoder> sound_encoder;
    if (settings.with_sound) {
        auto opened = AacEncoder::open();
        if (!opened) return opened.error();
        sound_encoder.emplace(std::move(*opened));
    }
    auto writer = std::make_unique<Mp4Writer>(path, std::move(*encoder), std::move(sound_encoder));
    const auto started = writer->start(settings);
    if (!started) return started.error();
    return std::unique_ptr<VideoWriter>(std::move(writer));
}

}  // namespace kinora::media
