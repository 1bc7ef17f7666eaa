// media/video_writer.cpp: packets into an MP4 file that is whole or not there.
#include "media/video_writer.hpp"

#include "media/durable_file.hpp"
#include "media/ffmpeg.hpp"
#include "media/h264_encoder.hpp"

namespace kinora::media {
namespace {

constexpr const char* kCannotWrite = "The video could not be written.";
// Ticks of the file's clock in a frame: any number keeps whole frames exact, this one is FFmpeg's
// own habit for 24 frames a second (12,288 ticks a second).
constexpr int kTicksPerFrame = 512;

class Mp4Writer final : public VideoWriter {
public:
    Mp4Writer(std::filesystem::path path, H264Encoder encoder)
        : path_(std::move(path)), encoder_(std::move(encoder)) {}
    ~Mp4Writer() override {
        output_.reset();
        if (state_ == State::open || state_ == State::broken) remove_file();
    }

    Result<void> start(int fps);
    Result<void> add(const Picture& picture) override;
    Result<VideoFacts> finish() override;

private:
    enum class State { unmade, open, broken, whole };

    Result<void> write_ready_packets();
    Result<void> end_file();
    VideoFacts facts() const;
    // Remembers that the file can never be whole any more.
    Error broken(Error error) {
        state_ = State::broken;
        return error;
    }
    void remove_file() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }

    std::filesystem::path path_;
    H264Encoder encoder_;
    OutputPtr output_;
    PacketPtr packet_ = make_packet();
    std::int64_t frame_count_ = 0;
    State state_ = State::unmade;
};

Result<void> Mp4Writer::start(int fps) {
    AVFormatContext* made = nullptr;
    const auto url = file_url(path_.string());
    int done = avformat_alloc_output_context2(&made, nullptr, "mp4", url.c_str());
    if (done < 0) return ffmpeg_error(done, kCannotWrite, "make an MP4 muxer");
    output_.reset(made);
    // No dates and no version numbers: the same pictures give the same bytes.
    output_->flags |= AVFMT_FLAG_BITEXACT;

    auto* stream = avformat_new_stream(output_.get(), nullptr);
    if (stream == nullptr) throw std::bad_alloc();
    done = avcodec_parameters_from_context(stream->codecpar, &encoder_.context());
    if (done < 0) return ffmpeg_error(done, kCannotWrite, "describe the stream");
    stream->time_base = encoder_.context().time_base;
    stream->avg_frame_rate = encoder_.context().framerate;

    done = avio_open(&output_->pb, url.c_str(), AVIO_FLAG_WRITE);
    if (done < 0) return ffmpeg_error(done, kCannotWrite, "create the file");
    state_ = State::open;

    Options options;
    options.set("movflags", "+faststart");
    options.set("video_track_timescale", fps * kTicksPerFrame);
    // The edit list and the file's duration are in this one; it is thousandths by default.
    options.set("movie_timescale", fps * kTicksPerFrame);
    done = avformat_write_header(output_.get(), options.get());
    if (done < 0) return broken(ffmpeg_error(done, kCannotWrite, "write the header"));
    return ok();
}

Result<void> Mp4Writer::add(const Picture& picture) {
    if (state_ != State::open) {
        return Error(ErrorCode::api_error, kCannotWrite, "a frame came after the end or a failure");
    }
    auto sent = encoder_.send(picture, frame_count_);
    if (!sent) return broken(sent.error());
    ++frame_count_;
    return write_ready_packets();
}

Result<void> Mp4Writer::write_ready_packets() {
    for (;;) {
        const auto received = encoder_.receive(*packet_);
        if (!received) return broken(received.error());
        if (!*received) return ok();
        av_packet_rescale_ts(packet_.get(), encoder_.context().time_base,
                             output_->streams[0]->time_base);
        packet_->stream_index = 0;
        int done = av_interleaved_write_frame(output_.get(), packet_.get());
        if (done >= 0) done = output_->pb->error;
        if (done < 0) return broken(ffmpeg_error(done, kCannotWrite, "write a packet"));
    }
}

Result<VideoFacts> Mp4Writer::finish() {
    if (state_ != State::open || frame_count_ == 0) {
        return Error(ErrorCode::api_error, kCannotWrite,
                     "there is no open video with frames to end");
    }
    auto ended = encoder_.end();
    if (!ended) return broken(ended.error());
    auto written = write_ready_packets();
    if (!written) return written.error();
    auto closed = end_file();
    if (!closed) return broken(closed.error());
    auto synced = sync_to_disk(path_, kCannotWrite);
    if (!synced) return broken(synced.error());
    state_ = State::whole;
    return facts();
}

Result<void> Mp4Writer::end_file() {
    int done = av_write_trailer(output_.get());
    if (done >= 0) done = output_->pb->error;
    if (done < 0) return ffmpeg_error(done, kCannotWrite, "write the index");
    done = avio_closep(&output_->pb);
    if (done < 0) return ffmpeg_error(done, kCannotWrite, "close the file");
    return ok();
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
    auto writer = std::make_unique<Mp4Writer>(path, std::move(*encoder));
    const auto started = writer->start(settings.fps);
    if (!started) return started.error();
    return std::unique_ptr<VideoWriter>(std::move(writer));
}

}  // namespace kinora::media
