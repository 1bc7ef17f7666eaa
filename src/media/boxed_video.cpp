#include "media/boxed_video.hpp"

#include "media/decoder_process.hpp"
#include "media/video_box_reader.hpp"

#include <utility>

namespace kinora::media {
namespace {

class DecodedVideo final : public BoxedVideo {
public:
    DecodedVideo(std::unique_ptr<DecoderProcess> process, const VideoLimits& limits)
        : process_(std::move(process)), reader_(*process_, limits) {}

    Result<void> start() { return reader_.start(); }
    const SourceFacts& facts() const override { return reader_.facts(); }
    int width() const override { return reader_.width(); }
    int height() const override { return reader_.height(); }
    Result<std::optional<Picture>> next() override { return reader_.next(); }
    Sound take_sound() override { return reader_.take_sound(); }

private:
    std::unique_ptr<DecoderProcess> process_;
    VideoBoxReader reader_;
};

// What the caller asked for, not what the stranger sent.
const char* judge(const VideoLimits& limits) {
    if (limits.fit_width < 16 || limits.fit_width > 4096) return "fit_width is not 16 to 4096";
    if (limits.fit_height < 16 || limits.fit_height > 4096) return "fit_height is not 16 to 4096";
    if (limits.fps.num < 1 || limits.fps.den < 1 || limits.fps.num > 1'000'000 ||
        limits.fps.den > 1'000'000 || limits.fps.num > 120 * std::int64_t(limits.fps.den)) {
        return "fps is not above 0 and at most 120";
    }
    if (limits.side_max < 16 || limits.side_max > 16384) return "side_max is not 16 to 16384";
    if (limits.length_max.count() < 1 || limits.length_max.count() > 86'400) {
        return "length_max is not 1 to 86,400 seconds";
    }
    return nullptr;
}

}  // namespace

Result<std::unique_ptr<BoxedVideo>> BoxedVideo::open(const DecoderBox& box, const InputFile& file,
                                                     const VideoLimits& limits,
                                                     std::stop_token stop) {
    if (const char* reason = judge(limits)) {
        return Error(ErrorCode::api_error, kNotDecoded, std::string("limits: ") + reason);
    }
    auto process = DecoderProcess::start(
        box, file,
        {"video",
         {limits.fit_width, limits.fit_height, limits.fps.num, limits.fps.den,
          limits.length_max.count(), limits.side_max, limits.with_sound ? 1 : 0}},
        limits.patience, std::move(stop));
    if (!process) return process.error();
    auto video = std::make_unique<DecodedVideo>(std::move(*process), limits);
    const auto started = video->start();
    if (!started) return started.error();
    return std::unique_ptr<BoxedVideo>(std::move(video));
}

}  // namespace kinora::media
