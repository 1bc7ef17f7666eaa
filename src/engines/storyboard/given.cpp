#include "engines/storyboard/given.hpp"

#include "engines/storyboard/stills/stills.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

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

// Eases from a clip as its encoder left it to the pictures as they are drawn. Without that the
// first new picture, a key frame, would show texture that the ones before had lost: a flicker where
// little moves.
class Mending {
public:
    // The last picture of the clip, as it was drawn and as it was decoded.
    Mending(media::Picture drawn, const media::Picture& decoded)
        : drawn_(std::move(drawn)), decoded_(decoded.clone()) {}

    // The next picture, in order.
    media::Picture mend(const media::Picture& next) {
        auto out = next.clone();
        const float share = 1.0F - float(step_) / float(kSteps);
        for (int i = 0; i < 3; ++i) mend_plane(next, i, share, out.plane(i));
        ++step_;
        return out;
    }
    bool is_over() const { return step_ >= kSteps; }

private:
    static constexpr int kSteps = 12;
    static constexpr int kStill = 3;  // Differences up to this are grain.

    void mend_plane(const media::Picture& next, int index, float share,
                    media::Picture::Plane to) const {
        const auto from = next.plane(index), before = drawn_.plane(index),
                   left = decoded_.plane(index);
        for (int y = 0; y < to.height; ++y) {
            const auto* a = from.data + y * from.stride;
            const auto* b = before.data + y * before.stride;
            const auto* c = left.data + y * left.stride;
            auto* out = to.data + y * to.stride;
            for (int x = 0; x < to.width; ++x) {
                const bool still = std::abs(a[x] - b[x]) <= kStill;
                const float aim = still ? float(c[x]) : float(a[x] + c[x] - b[x]);
                const float value = float(a[x]) + share * (aim - float(a[x]));
                out[x] = std::uint8_t(std::clamp(value + 0.5F, 0.0F, 255.0F));
            }
        }
    }

    media::Picture drawn_, decoded_;
    int step_ = 0;
};

// Passes on a scene, and keeps its first and last pictures. Where `last`, the last picture of a
// clip, is there, the first frame is to be that one, and is not passed on.
class GoingOn final : public FrameSink {
public:
    GoingOn(FrameSink& sink, const media::Picture* last) : sink_(sink), last_(last) {}
    Result<void> add(const media::Picture& picture) override {
        if (last_ != nullptr) {
            // The encoder leaves 35 dB and more, another scene under 20.
            is_other_ = likeness(picture, *last_) < 27;
            if (is_other_) return Error(ErrorCode::cancelled, "The clip is not that scene.");
            mending_.emplace(picture.clone(), *last_);
            last_ = nullptr;
            return ok();
        }
        if (mending_ && !mending_->is_over()) return pass(mending_->mend(picture));
        return pass(picture);
    }
    bool is_other() const { return is_other_; }
    std::vector<media::Picture> take_opening() { return std::move(opening_); }
    std::vector<media::Picture> take_latest() { return std::move(latest_); }

private:
    Result<void> pass(const media::Picture& picture) {
        if (opening_.size() < Given::kOpeningMax) opening_.push_back(picture.clone());
        if (latest_.size() == Given::kBeforeMax) latest_.erase(latest_.begin());
        latest_.push_back(picture.clone());
        return sink_.add(picture);
    }

    FrameSink& sink_;
    const media::Picture* last_;
    std::optional<Mending> mending_;
    std::vector<media::Picture> opening_, latest_;
    bool is_other_ = false;
};

// Passes pictures on, the first ones mended.
class Mended final : public FrameSink {
public:
    Mended(FrameSink& sink, Mending mending) : sink_(sink), mending_(std::move(mending)) {}
    Result<void> add(const media::Picture& picture) override {
        return mending_.is_over() ? sink_.add(picture) : sink_.add(mending_.mend(picture));
    }

private:
    FrameSink& sink_;
    Mending mending_;
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
        for (const auto& picture : given.opening) opening_.push_back(picture.clone());
        if (!scene.shots.empty()) plain_.mood = scene.shots.front();
        plain_.style = scene.style;
        plain_.frame_count = brief.frame_count;
        plain_.fps = brief.fps;
        plain_.seed = brief.seed;
        if (given.start) start_ = fitted(*given.start, brief);
        if (given.end) end_ = fitted(*given.end, brief);
    }

    Result<RenderReport> draw() {
        if (own_ != nullptr) return draw_scene_first();
        return before_.empty() ? draw_pictures() : draw_rest(brief_.frame_count);
    }
    // The prompt's own scene was drawn, and not the mood alone.
    bool has_scene() const { return has_scene_; }

private:
    static const StillPicture* some(const StillPicture& still) {
        return still.empty() ? nullptr : &still;
    }

    Result<RenderReport> draw_scene_first() {
        const bool goes_on = !before_.empty(),
                   goes_home = brief_.loop && (!goes_on || !opening_.empty());
        const int count = end_.empty() ? brief_.frame_count
                          : goes_home  ? brief_.frame_count / 4
                                       : brief_.frame_count / 2;
        GoingOn going(sink_, goes_on ? &before_.back() : nullptr);
        ClipOrder order{&own_->timeline,     own_->style,  own_->begin - int(goes_on),
                        own_->begin + count, brief_.width, brief_.height,
                        brief_.fps,          own_->pack};
        const auto drawn = draw_clip(order, going, context_);
        if (going.is_other()) return draw_rest(brief_.frame_count);
        if (!drawn) return drawn.error();
        has_scene_ = !goes_on || count == brief_.frame_count;
        RenderReport report;
        if (has_scene_) report.notes = own_->notes;
        if (count == brief_.frame_count) return report;
        if (!goes_on) opening_ = going.take_opening();
        latest_ = going.take_latest();
        before_ = latest_;
        const auto rest = draw_rest(brief_.frame_count - count);
        if (!rest) return rest.error();
        report.notes.insert(report.notes.end(), rest->notes.begin(), rest->notes.end());
        return report;
    }
    Result<RenderReport> draw_pictures() {
        auto stills = plain_;
        stills.start = some(start_);
        stills.end = some(end_);
        stills.loop = brief_.loop;
        return draw_stills(stills, sink_, context_);
    }
    // What follows the last pictures.
    Result<RenderReport> draw_rest(int frame_count) {
        if (!brief_.loop || opening_.empty()) return draw_on(end_, frame_count, sink_);
        return end_.empty() ? draw_home(frame_count) : draw_out_and_home(frame_count);
    }
    // What follows the clip, up to `end` where there is one, and to what comes after that.
    Result<RenderReport> draw_on(const StillPicture& end, int frame_count, FrameSink& sink,
                                 std::span<const media::Picture> after = {}) {
        auto stills = plain_;
        stills.after = after;
        stills.before = before_;
        stills.end = some(end);
        stills.frame_count = frame_count;
        // Colours that no screen has are cut off in pictures that are drawn anew.
        const auto& last = before_.back();
        Mended mended(sink, Mending(to_video(from_video(last)), last));
        return draw_stills(stills, mended, context_);
    }
    // The frame after the last one is the clip's first.
    Result<RenderReport> draw_home(int frame_count) {
        Excerpt excerpt(sink_, 0, frame_count);
        return draw_on(from_video(opening_.front()), frame_count + 1, excerpt, opening_);
    }
    Result<RenderReport> draw_out_and_home(int frame_count) {
        // The end image comes in the middle of the brief's frames.
        const int back = brief_.frame_count / 2, out = frame_count - back;
        auto report = draw_on(end_, out, sink_);
        if (!report) return report;
        const auto home = from_video(opening_.front());
        auto stills = plain_;
        stills.start = &end_;
        stills.end = &home;
        stills.after = opening_;
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
    std::vector<media::Picture> opening_;     // What a loop comes back to.
    bool has_scene_ = false;
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
    if (!report) return report;
    auto& notes = report->notes;
    // Where there is a start image too, those who draw say it.
    if (brief.loop && given.end && !given.start) {
        notes.emplace_back(given.before.empty() ? kEndInTheMiddle : kEndInTheMiddleOfNew);
    }
    const bool has_subjects = !scene.shots.empty() && !scene.shots.front().subjects.empty();
    if (has_subjects && !drawing.has_scene()) notes.emplace_back(kMoodOnly);
    return report;
}

}  // namespace kinora::engines::storyboard
