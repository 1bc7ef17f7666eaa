#include "tasks/render.hpp"

#include "base/ensure.hpp"

namespace kinora::tasks {
namespace {

constexpr int kThumbnailQuality = 88;

// Encodes each frame as it comes and keeps one of them for the thumbnail.
class EncoderSink final : public engines::FrameSink {
public:
    EncoderSink(media::VideoWriter& writer, int poster_frame, std::stop_token stop,
                const std::function<void(int)>& frame_done)
        : writer_(writer), poster_frame_(poster_frame), stop_(stop), frame_done_(frame_done) {}

    Result<void> add(const media::Picture& picture) override {
        if (stop_.stop_requested()) return Error(ErrorCode::cancelled, "The work was stopped.");
        auto added = writer_.add(picture);
        if (!added) return added.error();
        if (count_ == poster_frame_) poster_ = picture.clone();
        frame_done_(++count_);
        return ok();
    }

    int count() const { return count_; }
    const media::Picture& poster() const { return poster_; }

private:
    media::VideoWriter& writer_;
    const int poster_frame_;
    std::stop_token stop_;
    const std::function<void(int)>& frame_done_;
    int count_ = 0;
    media::Picture poster_;
};

}  // namespace

Result<RenderedClip> render_clip(engines::Engine& engine, const engines::Brief& brief,
                                 const RenderPaths& paths, int threads, std::stop_token stop,
                                 const std::function<void(int)>& frame_done) {
    media::VideoSettings settings;
    settings.width = brief.width;
    settings.height = brief.height;
    settings.fps = brief.fps;
    settings.threads = threads;
    auto writer = media::VideoWriter::open(paths.video, settings);
    if (!writer) return writer.error();

    EncoderSink sink(**writer, brief.frame_count / 2, stop, frame_done);
    auto report = engine.render(brief, sink, {stop, threads});
    if (!report) return report.error();
    ensure(sink.count() == brief.frame_count, "an engine drew another number of frames");

    auto facts = (*writer)->finish();
    if (!facts) return facts.error();
    auto poster = media::write_jpeg(paths.thumbnail, sink.poster(), kThumbnailQuality);
    if (!poster) return poster.error();
    return RenderedClip{*facts, std::move(report->notes)};
}

}  // namespace kinora::tasks
