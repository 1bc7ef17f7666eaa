// frames/clip.cpp: shots one after the other, with what leads from one to the next.
#include "engines/storyboard/frames/clip.hpp"

#include "engines/storyboard/frames/shot_painter.hpp"
#include "engines/storyboard/frames/style.hpp"
#include "engines/storyboard/storyboard.hpp"

#include <climits>

namespace kinora::engines::storyboard {
namespace {

std::vector<ShotChange> changes_of(const Take& take, int fps) {
    std::vector<ShotChange> out;
    for (const auto& change : take.changes)
        out.push_back({float(change.since) / float(fps), change.shot});
    return out;
}

// Strokes and blocks are several pixels wide.
bool paints_over(Style style) {
    return style == Style::watercolor || style == Style::oil || style == Style::pixel_art;
}

class Clip {
public:
    Clip(const ClipOrder& order, FrameSink& sink, const RenderContext& context)
        : order_(order),
          takes_(*order.timeline),
          sink_(sink),
          context_(context),
          team_(std::clamp(context.threads, 1, 64)),
          noise_(team_),
          buffer_(order.width, order.height, team_.size()),
          other_(order.width, order.height),
          picture_(order.width, order.height),
          style_(order.style, order.width, order.height) {}

    Result<void> draw() {
        for (std::size_t i = 0; i < takes_.size(); ++i) {
            const Take& take = takes_[i];
            if (take.end() <= order_.begin || take.first >= order_.end) continue;
            if (!now_ && i > 0 && order_.begin - take.first < take.lead) now_ = painter(i - 1);
            before_ = std::move(now_);
            now_ = painter(i);
            const int begin = std::max(take.first, order_.begin),
                      end = std::min(take.end(), order_.end);
            for (int frame = begin; frame < end; ++frame) {
                if (context_.stop.stop_requested())
                    return Error(ErrorCode::cancelled, "The render was stopped.");
                if (frame - take.first >= take.lead) before_.reset();
                draw_frame(i, frame);
                const auto added = sink_.add(picture_);
                if (!added) return added;
            }
        }
        return ok();
    }

private:
    std::unique_ptr<ShotPainter> painter(std::size_t i) {
        const Take& take = takes_[i];
        ShotOrder o;
        o.noise = &noise_, o.pack = order_.pack;
        o.width = order_.width, o.height = order_.height;
        o.seconds = seconds(take.length), o.loop = take.loop;
        // It is seen a little longer than its count, under the start of the next.
        const int under = i + 1 < takes_.size() ? takes_[i + 1].lead : 0;
        const int seen = take.from + take.count + under;
        if (seen > take.length) o.until = seconds(seen);
        o.seed = take.seed, o.clip_seed = take.clip_seed;
        o.coarse = paints_over(order_.style);
        o.changes = changes_of(take, order_.fps);
        if (take.returns >= 0) o.returns = seconds(take.returns), o.closes = seconds(take.closes);
        return std::make_unique<ShotPainter>(take.shot, o, team_);
    }

    float seconds(int frames) const { return float(frames) / float(order_.fps); }

    // The take's own time at a frame of the timeline.
    static int own_frame(const Take& take, int frame) {
        const int own = take.from + frame - take.first;
        return take.loop ? own % take.length : own;
    }

    void draw_frame(std::size_t i, int frame) {
        const Take& take = takes_[i];
        const Transition into = take.shot.into;
        const int f = frame - take.first, own = own_frame(take, frame);
        const bool leads = before_ != nullptr;
        const float k = leads ? float(f + 1) / float(take.lead + 1) : 1.0F;
        now_->draw(seconds(own), buffer_, team_, arriving(into, k));
        Lens lens = now_->lens(seconds(own));
        if (take.loop) close_loop(take, own);
        if (take.home >= 0) fade_to_start(take, own, lens);
        if (leads) lay_over_before(takes_[i - 1], frame, into, k, lens);
        style_.bend(lens);
        style_.filter(buffer_.planes(), team_, std::uint32_t(own));
        buffer_.finish(team_, lens, std::uint32_t(take.cyclic ? own : frame), picture_);
        style_.finish(picture_, team_);
    }

    void lay_over_before(const Take& old_take, int frame, Transition into, float k, Lens& lens) {
        const bool dissolves = into == Transition::dissolve;
        const float share = 1.0F - smooth(dissolves ? 0.0F : 0.30F, dissolves ? 1.0F : 0.70F, k);
        const float since = seconds(own_frame(old_take, frame));
        lay_over(*before_, since, share, leaving(into, k));
        mix_light(lens, before_->lens(since), share);
        if (into == Transition::fly_through)
            lens.exposure *= 1.0F + 0.8F * (1.0F - std::abs(2 * k - 1));
    }

    // How the shot before is seen at `k` (0..1) of the way into the next, and how the next is.
    static Passage leaving(Transition into, float k) {
        Passage p;
        if (into == Transition::fly_through) p.zoom = 1.0F + 1.6F * k * k;
        if (into == Transition::morph)
            p.main = 1.0F - smooth(0.05F, 0.55F, k), p.spark = smooth(0.0F, 0.5F, k);
        return p;
    }
    static Passage arriving(Transition into, float k) {
        Passage p;
        if (into == Transition::fly_through) p.zoom = 1.0F + 0.8F * (1.0F - k) * (1.0F - k);
        if (into == Transition::morph) {
            const float grown = smooth(0.45F, 0.95F, k);
            p.main = grown * (1.0F + 0.25F * std::sin(kPi * grown));
            p.spark = smooth(1.0F, 0.55F, k);
        }
        return p;
    }

    // A share of what `painter` shows at `t`, over what was drawn last.
    void lay_over(ShotPainter& painter, float t, float share, const Passage& passage = {}) {
        std::swap(buffer_.planes(), other_);
        painter.draw(t, buffer_, team_, passage);
        std::swap(buffer_.planes(), other_);
        buffer_.blend(team_, other_, share);
    }
    static void mix_light(Lens& lens, const Lens& other, float share) {
        lens.exposure = mix(lens.exposure, other.exposure, share),
        lens.grade = mix(lens.grade, other.grade, share);
        lens.saturation = mix(lens.saturation, other.saturation, share),
        lens.bloom = mix(lens.bloom, other.bloom, share);
        lens.vignette = mix(lens.vignette, other.vignette, share),
        lens.contrast = mix(lens.contrast, other.contrast, share),
        lens.grain = mix(lens.grain, other.grain, share);
    }

    // The end of a loop dissolves into what came before its start; the main subject and everything
    // that repeats is the same in both, so only what drifts is seen to dissolve.
    void close_loop(const Take& take, int own) {
        const int length = std::max(1, std::min(take.length / 3, order_.fps * 3 / 5)),
                  from = take.length - length;
        if (own < from) return;
        const float share = float(own - from + 1) / float(length + 1);
        lay_over(*now_, seconds(own - take.length), share);
    }

    // A loop of several shots ends in the start of the first.
    void fade_to_start(const Take& take, int own, Lens& lens) {
        const bool lit_alike = has_light_of(take.shot, takes_[std::size_t(take.home)].shot);
        const int most = lit_alike ? order_.fps / 2 : order_.fps * 2,
                  length = std::max(1, std::min(take.length / 3, most)),
                  from = take.closes - length;
        if (own < from) return;
        if (!first_) first_ = painter(std::size_t(take.home));
        const float passed = float(own - from + 1) / float(length + 1),
                    share = lit_alike ? passed : smooth(0, 1, passed),
                    t = seconds(own - take.closes);
        lay_over(*first_, t, share);
        mix_light(lens, first_->lens(t), share);
    }

    const ClipOrder& order_;
    const Timeline& takes_;
    FrameSink& sink_;
    const RenderContext& context_;
    Team team_;
    Noise noise_;
    FrameBuffer buffer_;
    LightPlanes other_;
    media::Picture picture_;
    StyleFilter style_;
    std::unique_ptr<ShotPainter> now_, before_, first_;
};

}  // namespace

Result<void> draw_clip(const ClipOrder& order, FrameSink& sink, const RenderContext& context) {
    return Clip(order, sink, context).draw();
}

int frames_max(const Take& take, const ClipOrder& order) {
    ShotOrder o;
    o.pack = order.pack, o.width = order.width, o.height = order.height;
    o.seconds = float(take.length) / float(order.fps), o.loop = take.loop, o.seed = take.seed;
    o.changes = changes_of(take, order.fps);
    const auto going = ShotPainter::going_of(take.shot, o);
    const auto& travel = going.travel;
    if (travel.after == 0 && travel.bends.empty()) return INT_MAX;
    // Indoors there is a wall, outdoors the end of the far land.
    if (going.indoors) return take.length + order.fps;
    constexpr float way = 40.0F;         // Scene units.
    constexpr int step = 1, most = 600;  // Seconds.
    const auto at = [&](float since) {
        return travel.at(Clock(o.seconds + since, o.seconds, false));
    };
    int since = 0;
    while (since < most && std::abs(at(float(since)) - at(0)) < way) since += step;
    return since >= most ? INT_MAX : take.length + since * order.fps;
}

Result<RenderReport> draw_scene(const Scene& scene, const Brief& brief, const Pack* pack,
                                FrameSink& sink, const RenderContext& context) {
    if (scene.shots.empty())
        return Error(ErrorCode::api_error, "The scene is empty.", "a scene without shots");
    const auto timeline =
        lay_out({scene.shots, brief.frame_count, brief.loop, brief.seed}, brief.fps);
    const ClipOrder order{&timeline,   scene.style,  0,         brief.frame_count,
                          brief.width, brief.height, brief.fps, pack};
    const auto drawn = draw_clip(order, sink, context);
    if (!drawn) return drawn.error();
    RenderReport report;
    report.notes = scene.notes;
    return report;
}

}  // namespace kinora::engines::storyboard
