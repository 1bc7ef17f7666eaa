#include "tasks/render.hpp"

#include "base/ensure.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace kinora::tasks {
namespace {

constexpr int kThumbnailQuality = 88;

// Encodes each frame on a thread of its own while the engine draws the next ones, and keeps one of
// them for the thumbnail. At most kFramesAhead pictures wait.
//
// One thread of x264 and not several: with more its output is not always the same, byte for byte,
// for the same pictures (seen with x264 0.164, where the pictures come at an uneven pace).
class EncoderSink final : public engines::FrameSink {
public:
    EncoderSink(media::VideoWriter& writer, int poster_frame, std::stop_token stop,
                const std::function<void(int)>& frame_done)
        : writer_(writer),
          poster_frame_(poster_frame),
          stop_(std::move(stop)),
          frame_done_(frame_done),
          thread_([this] { encode(); }) {}
    ~EncoderSink() override { (void)close(); }
    EncoderSink(const EncoderSink&) = delete;

    Result<void> add(const media::Picture& picture) override {
        if (stop_.stop_requested()) return Error(ErrorCode::cancelled, "The work was stopped.");
        if (count_ == poster_frame_) poster_ = picture.clone();
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return failure_ || waiting_.size() < kFramesAhead; });
            if (failure_) return *failure_;
            waiting_.push_back(picture.clone());
        }
        changed_.notify_all();
        frame_done_(++count_);
        return ok();
    }

    // Waits until all that was added is encoded. To be called before the writer is finished.
    Result<void> close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        changed_.notify_all();
        if (thread_.joinable()) thread_.join();
        if (failure_) return *failure_;
        return ok();
    }

    int count() const { return count_; }
    const media::Picture& poster() const { return poster_; }

private:
    static constexpr std::size_t kFramesAhead = 4;

    void encode() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            const auto picture = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            changed_.notify_all();
            // Who stops the work does not want the rest.
            const auto added = stop_.stop_requested() ? ok() : encode_one(picture);
            lock.lock();
            if (!added) {
                failure_ = added.error();
                changed_.notify_all();
                return;
            }
        }
    }
    // A thread is a fence of its own: what escapes becomes the render's failure.
    Result<void> encode_one(const media::Picture& picture) {
        try {
            return writer_.add(picture);
        } catch (const std::exception& error) {
            return Error(ErrorCode::api_error, "The video could not be encoded.", error.what());
        }
    }

    media::VideoWriter& writer_;
    const int poster_frame_;
    std::stop_token stop_;
    const std::function<void(int)>& frame_done_;
    int count_ = 0;
    media::Picture poster_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<media::Picture> waiting_;
    std::optional<Error> failure_;
    bool closed_ = false;
    std::thread thread_;
};

}  // namespace

Result<RenderedClip> render_clip(engines::Engine& engine, const engines::Brief& brief,
                                 const RenderPaths& paths, int threads, std::stop_token stop,
                                 const std::function<void(int)>& frame_done) {
    media::VideoSettings settings;
    settings.width = brief.width;
    settings.height = brief.height;
    settings.fps = brief.fps;
    settings.threads = 1;
    auto writer = media::VideoWriter::open(paths.video, settings);
    if (!writer) return writer.error();

    EncoderSink sink(**writer, brief.frame_count / 2, stop, frame_done);
    auto report = engine.render(brief, sink, {stop, threads});
    const auto encoded = sink.close();
    if (!report) return report.error();
    if (!encoded) return encoded.error();
    ensure(sink.count() == brief.frame_count, "an engine drew another number of frames");

    auto facts = (*writer)->finish();
    if (!facts) return facts.error();
    auto poster = media::write_jpeg(paths.thumbnail, sink.poster(), kThumbnailQuality);
    if (!poster) return poster.error();
    return RenderedClip{*facts, std::move(report->notes)};
}

}  // namespace kinora::tasks
