#include "tasks/extend.hpp"

#include "base/ensure.hpp"
#include "media/splice.hpp"
#include "tasks/encoder_sink.hpp"
#include "tasks/input_loader.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <iterator>

namespace kinora::tasks {
namespace {

// A frame of the source is decoded in about this part of the time in which one is drawn.
constexpr int kDecodedToDrawn = 4;

// Contract: larger ones are scaled down. Upright ones fit into the same area, upright.
constexpr int kShortSide = 1088;

double per_second(media::FrameRate rate) {
    return double(rate.num) / double(rate.den);
}

// A part of a file that is in the way once the whole is there.
class PassingFile {
public:
    explicit PassingFile(std::filesystem::path path) : path_(std::move(path)) {}
    ~PassingFile() {
        std::error_code ignored;  // The next attempt looks for it again.
        std::filesystem::remove(path_, ignored);
    }
    PassingFile(const PassingFile&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class Extension {
public:
    Extension(engines::Engine& engine, const engines::Brief& brief, engines::Given given,
              const ExtensionSource& source, const media::DecoderBox& box, const RenderPaths& paths,
              int threads, std::stop_token stop, const std::function<void(int, int)>& progress)
        : engine_(engine),
          brief_(brief),
          given_(std::move(given)),
          source_(source),
          box_(box),
          paths_(paths),
          context_{std::move(stop), threads},
          progress_(progress) {}

    Result<RenderedClip> run() {
        const auto looked = look();
        if (!looked) return looked.error();
        if (!source_.own_clip.empty()) {
            auto clip = append();
            if (!clip) return clip.error();
            if (*clip) return std::move(**clip);
        }
        return encode_whole();
    }

private:
    // What the source says of itself decides size and rate.
    Result<void> look() {
        const auto video = media::BoxedVideo::open(box_, source_.file, limits_, context_.stop);
        if (!video) return about(source_.field, video.error());
        facts_ = (*video)->facts();
        const bool upright = facts_.height > facts_.width;
        limits_.fit_width = upright ? kShortSide : kExtensionSideMax;
        limits_.fit_height = upright ? kExtensionSideMax : kShortSide;
        limits_.fps = extension_rate(facts_.fps);
        brief_.fps = std::max(1, int(std::lround(per_second(limits_.fps))));
        brief_.frame_count = int(std::lround(per_second(limits_.fps) * kExtensionSeconds));
        const double seconds = double(facts_.duration.count()) / 1e6;
        const auto frames = std::lround(std::clamp(seconds, 0.0, 600.0) * per_second(limits_.fps));
        total_ = int(frames) / kDecodedToDrawn + brief_.frame_count;
        return ok();
    }

    // Goes through the source and keeps its first and last pictures. Into `sink`, where it is
    // there, goes all of it.
    Result<void> read(EncoderSink* sink) {
        limits_.with_sound = sink != nullptr && facts_.has_sound;
        auto video = media::BoxedVideo::open(box_, source_.file, limits_, context_.stop);
        if (!video) return about(source_.field, video.error());
        brief_.width = (*video)->width();
        brief_.height = (*video)->height();
        given_.opening.clear();
        given_.before.clear();
        std::deque<media::Picture> last;
        for (int count = 0;; ++count) {
            auto next = (*video)->next();
            if (!next) return about(source_.field, next.error());
            if (sink != nullptr) {
                auto heard = sink->add_sound((*video)->take_sound());
                if (!heard) return heard;
            }
            if (!*next) break;
            if (sink != nullptr) {
                auto added = sink->add(**next);
                if (!added) return added;
            }
            if (given_.opening.size() < engines::Given::kOpeningMax)
                given_.opening.push_back((*next)->clone());
            last.push_back(std::move(**next));
            if (last.size() > engines::Given::kBeforeMax) last.pop_front();
            tell((count + 1) / kDecodedToDrawn);
        }
        given_.before.assign(std::make_move_iterator(last.begin()),
                             std::make_move_iterator(last.end()));
        brief_.given = &given_;
        return ok();
    }

    media::VideoSettings settings() const {
        auto settings = clip_settings(brief_);
        settings.fps = limits_.fps.num;
        settings.fps_den = limits_.fps.den;
        return settings;
    }

    // The new part behind the clip as it is; nothing where they do not go together.
    Result<std::optional<RenderedClip>> append() {
        const auto read = this->read(nullptr);
        if (!read) return read.error();
        const PassingFile tail(paths_.video.string() + ".tail");
        const int before = done_;
        auto clip =
            render_clip(engine_, brief_, settings(), {tail.path(), paths_.thumbnail},
                        context_.threads, context_.stop, [&](int drawn) { tell(before + drawn); });
        if (!clip) return clip.error();
        const auto whole = media::append_clip(source_.own_clip, tail.path(), paths_.video);
        if (!whole) return whole.error();
        if (!*whole) return std::optional<RenderedClip>();
        clip->facts = **whole;
        return std::optional<RenderedClip>(std::move(*clip));
    }

    Result<RenderedClip> encode_whole() {
        // The size is known when the first picture is, so the source is opened for it once more.
        const auto opened = media::BoxedVideo::open(box_, source_.file, limits_, context_.stop);
        if (!opened) return about(source_.field, opened.error());
        brief_.width = (*opened)->width();
        brief_.height = (*opened)->height();
        auto settings = this->settings();
        settings.with_sound = facts_.has_sound;
        settings.fine_from = -1;  // It counts the frames of the new part, not those of the whole.
        auto writer = media::VideoWriter::open(paths_.video, settings);
        if (!writer) return writer.error();

        int from_source = 0;
        const std::function<void(int)> frame_done = [&](int count) {
            if (from_source > 0) tell(from_source / kDecodedToDrawn + count - from_source);
        };
        EncoderSink sink(**writer, -1, context_.stop, frame_done);
        auto report = draw_behind(sink, from_source);
        const auto encoded = sink.close();
        if (!encoded) return encoded.error();
        if (!report) return report.error();
        ensure(sink.count() == from_source + brief_.frame_count,
               "an engine drew another number of frames");
        auto facts = (*writer)->finish();
        if (!facts) return facts.error();
        auto poster = media::write_jpeg(paths_.thumbnail, sink.poster(), kThumbnailQuality);
        if (!poster) return poster.error();
        return RenderedClip{*facts, std::move(report->notes)};
    }
    Result<engines::RenderReport> draw_behind(EncoderSink& sink, int& from_source) {
        const auto read = this->read(&sink);
        if (!read) return read.error();
        from_source = sink.count();
        sink.set_poster_frame(from_source + brief_.frame_count / 2);
        return engine_.render(brief_, sink, context_);
    }

    void tell(int done) {
        done_ = std::clamp(done, done_, total_);
        progress_(done_, total_);
    }

    engines::Engine& engine_;
    engines::Brief brief_;
    engines::Given given_;
    const ExtensionSource& source_;
    const media::DecoderBox& box_;
    const RenderPaths& paths_;
    const engines::RenderContext context_;
    const std::function<void(int, int)>& progress_;
    media::VideoLimits limits_;
    media::SourceFacts facts_;
    int done_ = 0;
    int total_ = 1;
};

}  // namespace

media::FrameRate extension_rate(media::FrameRate rate) {
    double value = per_second(rate);
    if (!(value > 1)) return {1, 1};
    while (value > 120) value /= 2;
    const auto is_all_but = [&](double familiar) {
        return std::abs(value - familiar) < 0.0002 * familiar;
    };
    const auto whole = int(std::lround(value));
    if (is_all_but(whole)) return {whole, 1};
    const auto ntsc = int(std::lround(value * 1.001));
    if (is_all_but(ntsc / 1.001)) return {ntsc * 1000, 1001};
    return {int(std::lround(value * 1000)), 1000};
}

Result<RenderedClip> extend_clip(engines::Engine& engine, const engines::Brief& brief,
                                 engines::Given given, const ExtensionSource& source,
                                 const media::DecoderBox& box, const RenderPaths& paths,
                                 int threads, std::stop_token stop,
                                 const std::function<void(int done, int total)>& progress) {
    return Extension(engine, brief, std::move(given), source, box, paths, threads, std::move(stop),
                     progress)
        .run();
}

}  // namespace kinora::tasks
