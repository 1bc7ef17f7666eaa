// frames/clip.cpp: shots one after the other, with what leads from one to the next.
#include "engines/storyboard/frames/shot_painter.hpp"
#include "engines/storyboard/frames/style.hpp"
#include "engines/storyboard/storyboard.hpp"

namespace kinora::engines::storyboard {
namespace {

struct Stretch {
    int first = 0, count = 0;  // Frames of the clip.
    int lead = 0;              // Frames at its start in which the shot before is still seen.
};

std::vector<Stretch> divide(const Scene& scene, int frames, int fps) {
    std::vector<Stretch> out;
    double share = 0;
    for (const auto& shot : scene.shots) share += std::max(0.05, shot.share);
    int first = 0;
    double passed = 0;
    for (std::size_t i = 0; i < scene.shots.size(); ++i) {
        passed += std::max(0.05, scene.shots[i].share) / share;
        const int end = i + 1 == scene.shots.size() ? frames : int(passed * frames + 0.5);
        Stretch s{first, std::max(0, end - first), 0};
        if (i > 0 && scene.shots[i].into != Transition::cut)
            s.lead =
                std::min(s.count / 2,
                         scene.shots[i].into == Transition::dissolve ? fps * 3 / 5 : fps * 4 / 5);
        out.push_back(s);
        first = end;
    }
    return out;
}

class Clip {
public:
    Clip(const Scene& scene, const Brief& brief, const Pack* pack, FrameSink& sink,
         const RenderContext& context)
        : scene_(scene),
          brief_(brief),
          pack_(pack),
          sink_(sink),
          context_(context),
          team_(std::clamp(context.threads, 1, 64)),
          noise_(team_),
          buffer_(brief.width, brief.height, team_.size()),
          other_(brief.width, brief.height),
          picture_(brief.width, brief.height),
          style_(scene.style, brief.width, brief.height) {}

    Result<RenderReport> draw() {
        const auto stretches = divide(scene_, brief_.frame_count, brief_.fps);
        for (std::size_t i = 0; i < stretches.size(); ++i) {
            if (stretches[i].count <= 0) continue;
            before_ = std::move(now_);
            before_at_ = now_at_;
            now_ = std::make_unique<ShotPainter>(scene_.shots[i], order(i, stretches[i]), team_);
            now_at_ = stretches[i];
            for (int f = 0; f < stretches[i].count; ++f) {
                if (context_.stop.stop_requested())
                    return Error(ErrorCode::cancelled, "The render was stopped.");
                draw_frame(stretches[i], f, scene_.shots[i].into);
                const auto added = sink_.add(picture_);
                if (!added) return added.error();
                if (f >= stretches[i].lead) before_.reset();
            }
        }
        RenderReport report;
        report.notes = scene_.notes;
        return report;
    }

private:
    ShotOrder order(std::size_t i, const Stretch& s) const {
        ShotOrder o;
        o.noise = &noise_, o.pack = pack_;
        o.width = brief_.width, o.height = brief_.height;
        // A shot may be seen a little longer than its stretch, under the start of the next.
        o.seconds = float(s.count) / float(brief_.fps),
        o.loop = brief_.loop && scene_.shots.size() == 1;
        o.seed = hash(std::uint32_t(brief_.seed) ^ hash(std::uint32_t(brief_.seed >> 32)) ^
                      (std::uint32_t(i) * 7919U)) &
                 0xffffffU;
        return o;
    }

    void draw_frame(const Stretch& s, int f, Transition into) {
        const float t = float(f) / float(brief_.fps);
        const bool leads = before_ && f < s.lead;
        const float k = leads ? float(f + 1) / float(s.lead + 1) : 1.0F;
        now_->draw(t, buffer_, team_, arriving(into, k));
        Lens lens = now_->lens(t);
        if (brief_.loop && scene_.shots.size() == 1) close_loop(s, f, t);
        if (brief_.loop && scene_.shots.size() > 1 && s.first + s.count == brief_.frame_count)
            fade_to_start(s, f, lens);
        if (leads) {
            const float share = 1.0F - smooth(into == Transition::dissolve ? 0.0F : 0.30F,
                                              into == Transition::dissolve ? 1.0F : 0.70F, k);
            copy_planes();
            const float since = float(s.first - before_at_.first + f) / float(brief_.fps);
            before_->draw(since, buffer_, team_, leaving(into, k));
            std::swap(buffer_.planes(), other_);
            buffer_.blend(team_, other_, share);
            const Lens old = before_->lens(since);
            lens.exposure = mix(lens.exposure, old.exposure, share),
            lens.grade = mix(lens.grade, old.grade, share);
            lens.saturation = mix(lens.saturation, old.saturation, share),
            lens.bloom = mix(lens.bloom, old.bloom, share);
            if (into == Transition::fly_through)
                lens.exposure *= 1.0F + 0.8F * (1.0F - std::abs(2 * k - 1));
        }
        style_.bend(lens);
        style_.filter(buffer_.planes(), team_, std::uint32_t(f));
        buffer_.finish(team_, lens, brief_.loop ? std::uint32_t(f) : std::uint32_t(s.first + f),
                       picture_);
        style_.finish(picture_, team_);
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

    // Makes the planes drawn last those of `other_`, so that the buffer can draw again.
    void copy_planes() { std::swap(buffer_.planes(), other_); }

    // The end of a loop dissolves into what came before its start; the main subject and everything
    // that repeats is the same in both, so only what drifts is seen to dissolve.
    void close_loop(const Stretch& s, int f, float t) {
        const int length = std::max(1, std::min(s.count / 3, brief_.fps * 3 / 5)),
                  from = s.count - length;
        if (f < from) return;
        const float share = float(f - from + 1) / float(length + 1);
        copy_planes();
        now_->draw(t - float(s.count) / float(brief_.fps), buffer_, team_);
        std::swap(buffer_.planes(), other_);
        buffer_.blend(team_, other_, share);
    }

    // A loop of several shots ends in the start of the first.
    void fade_to_start(const Stretch& s, int f, Lens& lens) {
        const int length = std::max(1, std::min(s.count / 3, brief_.fps / 2)),
                  from = s.count - length;
        if (f < from) return;
        if (!first_)
            first_ = std::make_unique<ShotPainter>(
                scene_.shots[0], order(0, divide(scene_, brief_.frame_count, brief_.fps)[0]),
                team_);
        const float share = float(f - from + 1) / float(length + 1),
                    t = float(f - s.count) / float(brief_.fps);
        copy_planes();
        first_->draw(t, buffer_, team_);
        std::swap(buffer_.planes(), other_);
        buffer_.blend(team_, other_, share);
        const Lens next = first_->lens(t);
        lens.exposure = mix(lens.exposure, next.exposure, share),
        lens.grade = mix(lens.grade, next.grade, share);
        lens.saturation = mix(lens.saturation, next.saturation, share),
        lens.vignette = mix(lens.vignette, next.vignette, share);
        lens.bloom = mix(lens.bloom, next.bloom, share),
        lens.contrast = mix(lens.contrast, next.contrast, share);
    }

    const Scene& scene_;
    const Brief& brief_;
    const Pack* pack_;
    FrameSink& sink_;
    const RenderContext& context_;
    Team team_;
    Noise noise_;
    FrameBuffer buffer_;
    LightPlanes other_;
    media::Picture picture_;
    StyleFilter style_;
    std::unique_ptr<ShotPainter> now_, before_, first_;
    Stretch now_at_, before_at_;
};

}  // namespace

Result<RenderReport> draw_scene(const Scene& scene, const Brief& brief, const Pack* pack,
                                FrameSink& sink, const RenderContext& context) {
    if (scene.shots.empty())
        return Error(ErrorCode::api_error, "The scene is empty.", "a scene without shots");
    Clip clip(scene, brief, pack, sink, context);
    return clip.draw();
}

}  // namespace kinora::engines::storyboard
