#include "engines/storyboard/given.hpp"

#include "engines/storyboard/stills/stills.hpp"

#include <cmath>

namespace kinora::engines::storyboard {
namespace {

constexpr const char* kMoodOnly =
    "The clip shows the pictures that were given; of the prompt it takes camera, weather, effects, "
    "light and style.";
constexpr const char* kEndInTheMiddle =
    "The clip is a loop, so the end image is its middle frame: the last one leads back to the "
    "first.";
constexpr const char* kEndInTheMiddleOfNew =
    "The clip is a loop, so the end image is the middle frame of the new part: the last one leads "
    "back to the first.";

// Passes on what lies between: some frames of a clip are there for the sake of their neighbours.
class Excerpt final : public FrameSink {
public:
    Excerpt(FrameSink& sink, int first, int count) : sink_(sink), first_(first), count_(count) {}
    Result<void> add(const media::Picture& picture) override {
        const int index = index_++;
        if (index < first_ || index >= first_ + count_) return ok();
        return sink_.add(picture);
    }

private:
    FrameSink& sink_;
    const int first_;
    const int count_;
    int index_ = 0;
};

StillPicture fitted(const media::Still& still, const Brief& brief) {
    const PixelView pixels{still.rgba.data(), still.width, still.height, 4,
                           std::ptrdiff_t(still.width) * 4};
    return cover_and_crop(pixels, brief.width, brief.height);
}

// Signal-to-noise ratio of brightness, dB.
double likeness(const media::Picture& one, const media::Picture& other) {
    const auto a = one.plane(0), b = other.plane(0);
    std::int64_t sum = 0;
    for (int y = 0; y < a.height; ++y) {
        for (int x = 0; x < a.width; ++x) {
            const int d = a.data[y * a.stride + x] - b.data[y * b.stride + x];
            sum += d * d;
        }
    }
    const double mean = double(sum) / (double(a.width) * a.height);
    return 10 * std::log10(255.0 * 255.0 / std::max(1e-3, mean));
}

// Passes on what follows the first frame, if that one is as it should be; and keeps the last.
class GoingOn final : public FrameSink {
public:
    GoingOn(FrameSink& sink, const media::Picture& last) : sink_(sink), last_(last) {}
    Result<void> add(const media::Picture& picture) override {
        if (!begun_) {
            begun_ = true;
            // The encoder leaves 35 dB and more, another scene under 20.
            is_other_ = likeness(picture, last_) < 27;
            if (is_other_) return Error(ErrorCode::cancelled, "The clip is not that scene.");
            return ok();
        }
        if (latest_.size() == Given::kBeforeMax) latest_.erase(latest_.begin());
        latest_.push_back(picture.clone());
        return sink_.add(picture);
    }
    bool is_other() const { return is_other_; }
    std::vector<media::Picture> latest() { return std::move(latest_); }

private:
    FrameSink& sink_;
    const media::Picture& last_;
    std::vector<media::Picture> latest_;
    bool begun_ = false, is_other_ = false;
};

class Drawing {
public:
    Drawing(const Scene& scene, const Brief& brief, const Given& given, const OwnScene* own,
            FrameSink& sink, const RenderContext& context)
        : brief_(brief),
          given_(given),
          own_(own),
          sink_(sink),
          context_(context),
          before_(given.before) {
        if (!scene.shots.empty()) plain_.mood = scene.shots.front();
        plain_.style = scene.style;
        plain_.frame_count = brief.frame_count;
        plain_.fps = brief.fps;
        plain_.seed = brief.seed;
        if (given.start) start_ = fitted(*given.start, brief);
        if (given.end) end_ = fitted(*given.end, brief);
    }

    Result<RenderReport> draw() {
        if (given_.before.empty()) return draw_pictures();
        if (own_ == nullptr) return draw_rest(brief_.frame_count);
        const int count = goes_home() && !end_.empty()   ? brief_.frame_count / 4
                          : goes_home() || !end_.empty() ? brief_.frame_count / 2
                                                         : brief_.frame_count;
        GoingOn going(sink_, given_.before.back());
        ClipOrder order{&own_->timeline, own_->style,   own_->begin - 1, own_->begin + count,
                        brief_.width,    brief_.height, brief_.fps,      own_->pack};
        const auto drawn = draw_clip(order, going, context_);
        if (going.is_other()) return draw_rest(brief_.frame_count);
        if (!drawn) return drawn.error();
        is_scene_ = count == brief_.frame_count;
        if (is_scene_) return RenderReport{own_->notes};
        latest_ = going.latest();
        before_ = latest_;
        return draw_rest(brief_.frame_count - count);
    }
    // Nothing but the scene was drawn.
    bool is_scene() const { return is_scene_; }

private:
    static const StillPicture* some(const StillPicture& still) {
        return still.empty() ? nullptr : &still;
    }

    Result<RenderReport> draw_pictures() {
        auto stills = plain_;
        stills.start = some(start_);
        stills.end = some(end_);
        stills.loop = brief_.loop;
        return draw_stills(stills, sink_, context_);
    }
    bool goes_home() const { return brief_.loop && !given_.home.empty(); }
    // What follows the last pictures.
    Result<RenderReport> draw_rest(int frame_count) {
        if (!goes_home()) return draw_on(end_, frame_count, sink_);
        return end_.empty() ? draw_home(frame_count) : draw_out_and_home(frame_count);
    }
    // What follows the clip, up to `end` where there is one.
    Result<RenderReport> draw_on(const StillPicture& end, int frame_count, FrameSink& sink) {
        auto stills = plain_;
        stills.before = before_;
        stills.end = some(end);
        stills.frame_count = frame_count;
        return draw_stills(stills, sink, context_);
    }
    // The frame after the last one is the clip's first.
    Result<RenderReport> draw_home(int frame_count) {
        Excerpt excerpt(sink_, 0, frame_count);
        return draw_on(from_video(given_.home), frame_count + 1, excerpt);
    }
    Result<RenderReport> draw_out_and_home(int frame_count) {
        // The end image comes in the middle of the brief's frames.
        const int back = brief_.frame_count / 2, out = frame_count - back;
        auto report = draw_on(end_, out, sink_);
        if (!report) return report;
        const auto home = from_video(given_.home);
        auto stills = plain_;
        stills.start = &end_;
        stills.end = &home;
        stills.frame_count = back + 2;  // The end image is drawn already, the first frame as well.
        Excerpt excerpt(sink_, 1, back);
        return draw_stills(stills, excerpt, context_);
    }

    const Brief& brief_;
    const Given& given_;
    const OwnScene* own_;
    FrameSink& sink_;
    const RenderContext& context_;
    std::span<const media::Picture> before_;  // What the next part follows.
    std::vector<media::Picture> latest_;      // Where that is none of the given.
    bool is_scene_ = false;
    StillsBrief plain_;  // All but the pictures.
    StillPicture start_;
    StillPicture end_;
};

}  // namespace

Result<RenderReport> draw_given(const Scene& scene, const Brief& brief, const Given& given,
                                const OwnScene* own, FrameSink& sink,
                                const RenderContext& context) {
    Drawing drawing(scene, brief, given, own, sink, context);
    auto report = drawing.draw();
    if (!report || drawing.is_scene()) return report;
    auto& notes = report->notes;
    // Where there is a start image too, those who draw say it.
    if (brief.loop && given.end && !given.start) {
        notes.emplace_back(given.before.empty() ? kEndInTheMiddle : kEndInTheMiddleOfNew);
    }
    const bool has_subjects = !scene.shots.empty() && !scene.shots.front().subjects.empty();
    if (has_subjects) notes.emplace_back(kMoodOnly);
    return report;
}

}  // namespace kinora::engines::storyboard
