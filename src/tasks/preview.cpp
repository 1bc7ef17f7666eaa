#include "tasks/preview.hpp"

#include "media/video_writer.hpp"

#include <optional>

namespace kinora::tasks {
namespace {

using std::chrono::steady_clock;

constexpr int kQuality = 72;

class PreviewSink final : public engines::FrameSink {
public:
    PreviewSink(engines::FrameSink& sink, const std::filesystem::path& path,
                const std::function<bool()>& wanted)
        : sink_(sink), path_(path), wanted_(wanted) {}

    Result<void> add(const media::Picture& picture) override {
        if (wanted_()) show(picture);
        return sink_.add(picture);
    }

private:
    void show(const media::Picture& picture) {
        const auto now = steady_clock::now();
        if (last_ && now - *last_ < kPreviewEvery) return;
        last_ = now;
        const auto fresh = path_.string() + ".new";
        if (!media::write_jpeg(fresh, picture.shrunk(kPreviewSideMax), kQuality)) return;
        std::error_code ignored;  // The next one may do.
        std::filesystem::rename(fresh, path_, ignored);
    }

    engines::FrameSink& sink_;
    const std::filesystem::path& path_;
    const std::function<bool()>& wanted_;
    std::optional<steady_clock::time_point> last_;
};

}  // namespace

Result<engines::RenderReport> PreviewedEngine::render(const engines::Brief& brief,
                                                      engines::FrameSink& sink,
                                                      const engines::RenderContext& context) {
    PreviewSink previewing(sink, path_, wanted_);
    return engine_.render(brief, previewing, context);
}

}  // namespace kinora::tasks
