// media/video_reader.cpp: decodes a file of ours, frame by frame.
#include "media/video_reader.hpp"

#include "media/input.hpp"

#include <cstring>

namespace kinora::media {
namespace {

class FfmpegReader final : public VideoReader {
public:
    FfmpegReader(Input input, CodecContextPtr decoder)
        : input_(std::move(input)), decoder_(std::move(decoder)) {}

    Result<std::optional<Frame>> next() override;

private:
    Result<void> feed();
    Result<std::optional<Frame>> take() const;

    Input input_;
    CodecContextPtr decoder_;
    PacketPtr packet_ = make_packet();
    FramePtr frame_ = make_frame();
};

Result<std::optional<VideoReader::Frame>> FfmpegReader::next() {
    for (;;) {
        const int done = avcodec_receive_frame(decoder_.get(), frame_.get());
        if (done >= 0) return take();
        if (done == AVERROR_EOF) return std::optional<Frame>{};
        if (done != AVERROR(EAGAIN)) return ffmpeg_error(done, kCannotRead, "decode a frame");
        auto fed = feed();
        if (!fed) return fed.error();
    }
}

// Gives the decoder one more packet, or the end.
Result<void> FfmpegReader::feed() {
    int done = 0;
    do {
        av_packet_unref(packet_.get());
        done = av_read_frame(input_.file.get(), packet_.get());
        if (done < 0 && done != AVERROR_EOF) {
            return ffmpeg_error(done, kCannotRead, "read a packet");
        }
    } while (done >= 0 && packet_->stream_index != input_.stream->index);

    const bool at_end = done == AVERROR_EOF;
    done = avcodec_send_packet(decoder_.get(), at_end ? nullptr : packet_.get());
    if (done < 0) return ffmpeg_error(done, kCannotRead, "decode a packet");
    return ok();
}

Result<std::optional<VideoReader::Frame>> FfmpegReader::take() const {
    const auto& from = *frame_;
    const bool odd = from.width % 2 != 0 || from.height % 2 != 0;
    const bool small = from.width < 16 || from.height < 16;
    if (from.format != AV_PIX_FMT_YUV420P || odd || small || from.width > 4096 ||
        from.height > 4096) {
        return Error(ErrorCode::api_error, kCannotRead, "its pictures are none that we write");
    }
    Frame frame{Picture(from.width, from.height)};
    for (int i = 0; i < 3; ++i) {
        const auto plane = frame.picture.plane(i);
        for (int y = 0; y < plane.height; ++y) {
            std::memcpy(plane.data + y * plane.stride,
                        from.data[i] + std::ptrdiff_t(y) * from.linesize[i],
                        std::size_t(plane.width));
        }
    }
    frame.at = std::chrono::microseconds(av_rescale_q(
        from.best_effort_timestamp, input_.stream->time_base, AVRational{1, AV_TIME_BASE}));
    return std::optional<Frame>(std::move(frame));
}

}  // namespace

Result<std::unique_ptr<VideoReader>> VideoReader::open(const std::filesystem::path& path) {
    auto input = open_input(path);
    if (!input) return input.error();
    const auto& coded = *input->stream->codecpar;
    const auto* codec = avcodec_find_decoder(coded.codec_id);
    if (codec == nullptr) {
        return Error(ErrorCode::api_error, kCannotRead, "this build of FFmpeg has no such decoder");
    }
    auto decoder = make_codec_context(codec);
    int done = avcodec_parameters_to_context(decoder.get(), &coded);
    if (done < 0) return ffmpeg_error(done, kCannotRead, "describe the stream");
    decoder->thread_count = 1;  // Threads hold frames of their own, and memory is scarce.
    done = avcodec_open2(decoder.get(), codec, nullptr);
    if (done < 0) return ffmpeg_error(done, kCannotRead, "open the decoder");
    return std::unique_ptr<VideoReader>(
        std::make_unique<FfmpegReader>(std::move(*input), std::move(decoder)));
}

}  // namespace kinora::media
