#include "engines/storyboard/given.hpp"

#include "engines/storyboard/stills/stills.hpp"

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

class Drawing {
public:
    Drawing(const Scene& scene, const Brief& brief, const Given& given, FrameSink& sink,
            const RenderContext& context)
        : brief_(brief), given_(given), sink_(sink), context_(context) {
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
        if (!brief_.loop || given_.home.empty()) return draw_on(end_, brief_.frame_count, sink_);
        return end_.empty() ? draw_home() : draw_out_and_home();
    }

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
    // What follows the clip, up to `end` where there is one.
    Result<RenderReport> draw_on(const StillPicture& end, int frame_count, FrameSink& sink) {
        auto stills = plain_;
        stills.before = given_.before;
        stills.end = some(end);
        stills.frame_count = frame_count;
        return draw_stills(stills, sink, context_);
    }
    // The frame after the last one is the clip's first.
    Result<RenderReport> draw_home() {
        Excerpt excerpt(sink_, 0, brief_.frame_count);
        return draw_on(from_video(given_.home), brief_.frame_count + 1, excerpt);
    }
    Result<RenderReport> draw_out_and_home() {
        const int out = brief_.frame_count / 2;
        const int back = brief_.frame_count - out;
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
    FrameSink& sink_;
    const RenderContext& context_;
    StillsBrief plain_;  // All but the pictures.
    StillPicture start_;
    StillPicture end_;
};

}  // namespace

Result<RenderReport> draw_given(const Scene& scene, const Brief& brief, const Given& given,
                                FrameSink& sink, const RenderContext& context) {
    auto report = Drawing(scene, brief, given, sink, context).draw();
    if (!report) return report;
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
