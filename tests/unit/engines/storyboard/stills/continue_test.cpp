// tests/unit/engines/storyboard/stills/continue_test.cpp: the first new frame goes on where the
// last one of a clip stopped.
#include "engines/storyboard/stills/momentum.hpp"
#include "engines/storyboard/storyboard.hpp"
#include "given.hpp"

namespace kinora::engines::storyboard {
namespace {

using Painter = std::function<StillPicture(float frame)>;

std::vector<media::Picture> source_of(const Painter& paint, int frames = 6) {
    std::vector<media::Picture> out;
    for (int i = 0; i < frames; ++i) out.push_back(to_video(paint(float(i - frames + 1))));
    return out;
}

StillPicture pan(float frame) {
    return painted([=](float x, float y) { return landscape_at(x + 2.0F * frame, y); });
}
StillPicture zoom(float frame) {
    const float size = std::exp(0.012F * frame);
    return painted([=](float x, float y) { return landscape_at(x / size, y / size); });
}
StillPicture ramp(float frame) {
    return painted([=](float x, float y) { return landscape_at(x, y) * (0.8F + 0.012F * frame); });
}

Clip continued(const std::vector<media::Picture>& before, const StillPicture* end = nullptr,
               int frames = 36) {
    StillsBrief brief;
    brief.before = before, brief.end = end, brief.frame_count = frames, brief.seed = 5;
    return drawn(brief);
}

// The step at the join beside those before and after it.
void expect_smooth_join(const std::vector<media::Picture>& before, const Clip& clip,
                        const char* what) {
    const auto old = test::steps_of(before);
    const auto steps = test::steps_of(clip.frames);
    const double join = test::step_between(before.back(), clip.frames.front());
    const double around = std::max(*std::max_element(old.begin(), old.end()),
                                   *std::max_element(steps.begin(), steps.begin() + 6));
    EXPECT_LE(join, 1.1 * around) << what;
    EXPECT_GT(join, 0.0) << what;
    for (std::size_t i = 1; i < steps.size(); ++i)
        EXPECT_LT(steps[i], std::max(1.6 * steps[i - 1], steps[i - 1] + 0.5)) << what << " " << i;
    EXPECT_GT(*std::min_element(steps.begin(), steps.end()), 0.01) << what;
}

TEST(Continue, JoinsWithoutAStep) {
    for (const auto& [name, paint] :
         {std::pair<const char*, Painter>{"pan", pan}, {"zoom", zoom}, {"ramp", ramp}}) {
        const auto before = source_of(paint);
        expect_smooth_join(before, continued(before), name);
    }
}

TEST(Continue, GoesOnWithTheMotion) {
    for (const auto& [name, paint] :
         {std::pair<const char*, Painter>{"pan", pan}, {"zoom", zoom}}) {
        const auto before = source_of(paint);
        const auto clip = continued(before);
        // Nearer to what would have come than to what was.
        for (const std::size_t i : {0U, 1U, 2U}) {
            const auto next = to_video(paint(float(i + 1)));
            EXPECT_LT(test::step_between(clip.frames[i], next),
                      0.5 * test::step_between(before.back(), next))
                << name << " " << i;
        }
    }
}

TEST(Continue, GoesOnWithTheLight) {
    const auto before = source_of(ramp);
    const auto clip = continued(before);
    const double last = test::mean_luma(before[5]), slope = last - test::mean_luma(before[4]);
    EXPECT_NEAR(test::mean_luma(clip.frames[0]) - last, slope, 0.4 * slope);
    EXPECT_GT(test::mean_luma(clip.frames[1]), test::mean_luma(clip.frames[0]));
}

TEST(Continue, WakesAStaticClipGently) {
    const std::vector<media::Picture> before = source_of([](float) { return landscape(); });
    const auto clip = continued(before);
    expect_smooth_join(before, clip, "static");
    EXPECT_LT(test::step_between(before.back(), clip.frames.front()), 1.0);
    EXPECT_GT(test::step_between(before.back(), clip.frames.back()), 1.5);
}

TEST(Continue, GoesOnFromOneOrTwoFrames) {
    auto before = source_of(pan);
    before.erase(before.begin(), before.begin() + 4);
    expect_smooth_join(before, continued(before), "two");
    before.erase(before.begin());
    const auto clip = continued(before);
    EXPECT_LT(test::step_between(before.back(), clip.frames.front()), 2.0);
}

TEST(Continue, ReachesAnEnd) {
    const auto before = source_of(pan);
    for (const auto& end : {pan(9), checkers()}) {
        const auto clip = continued(before, &end);
        EXPECT_LT(test::step_between(clip.frames.back(), to_video(end)), 0.3);
        const auto old = test::steps_of(before);
        EXPECT_LE(test::step_between(before.back(), clip.frames.front()),
                  1.2 * *std::max_element(old.begin(), old.end()));
    }
}

TEST(Continue, MeetsTheMotionOfWhatComesAfter) {
    // A clip that goes on and comes back to its start, which it left at full speed.
    for (const auto& [name, paint] :
         {std::pair<const char*, Painter>{"pan", pan}, {"zoom", zoom}, {"ramp", ramp}}) {
        const auto before = source_of(paint, 12);
        std::vector<media::Picture> after;
        for (int i = 0; i < 4; ++i) after.push_back(before[std::size_t(i)].clone());
        const auto home = paint(-11);
        StillsBrief brief;
        brief.before = before, brief.after = after, brief.end = &home, brief.seed = 5;
        brief.frame_count = 37;  // The last is the home picture itself.
        const auto clip = drawn(brief);
        const auto steps = test::steps_of(clip.frames), next = test::steps_of(after);
        EXPECT_LT(test::step_between(clip.frames.back(), after.front()), 0.4) << name;
        // Into the seam it moves as it does behind it.
        const double goes = test::median({next.begin(), next.end()}),
                     comes = test::median({steps.end() - 3, steps.end()});
        EXPECT_LT(comes, 1.5 * goes) << name;
        EXPECT_GT(comes, 0.6 * goes) << name;
        // In its direction: what would have come before the start, had it been there.
        const auto& last = clip.frames[clip.frames.size() - 2];
        EXPECT_LT(test::step_between(last, to_video(paint(-12))),
                  0.7 * test::step_between(last, after[1]))
            << name;
    }
}

TEST(Continue, GoesOnFromADrawnScene) {
    Scene scene;
    Shot shot;
    shot.setting = Setting::meadow, shot.camera = CameraMove::push_in;
    Subject walker;
    walker.word = "chef", walker.form = Form::biped, walker.asset = "chef", walker.main = true;
    walker.motion = Motion::walk;
    shot.subjects = {walker};
    scene.shots = {shot};
    Brief brief;
    brief.width = kWidth, brief.height = kHeight, brief.frame_count = 24;
    Clip source;
    Keeper keeper(source);
    ASSERT_TRUE(draw_scene(scene, brief, nullptr, keeper, {}).has_value());
    std::vector<media::Picture> before;
    for (std::size_t i = 12; i < 24; ++i) before.push_back(source.frames[i].clone());
    expect_smooth_join(before, continued(before), "scene");
}

TEST(Momentum, MeasuresTheCommonMotion) {
    Team team(2);
    const auto panned = source_of(pan);
    const auto p = find_momentum(panned, team);
    EXPECT_NEAR(p.x, -2.0F, 0.1F);
    EXPECT_NEAR(p.y, 0.0F, 0.1F);
    EXPECT_NEAR(p.zoom, 0, 0.001F);
    const auto zoomed = source_of(zoom);
    const auto z = find_momentum(zoomed, team);
    EXPECT_NEAR(z.zoom, 0.012F, 0.001F);
    EXPECT_NEAR(z.x, 0, 0.1F);
    EXPECT_NEAR(z.turn, 0, 0.001F);
    const auto turned = source_of([](float frame) {
        const float c = std::cos(0.01F * frame), s = std::sin(0.01F * frame);
        return painted(
            [=](float x, float y) { return landscape_at(c * x + s * y, c * y - s * x); });
    });
    EXPECT_NEAR(find_momentum(turned, team).turn, 0.01F, 0.001F);
}

}  // namespace
}  // namespace kinora::engines::storyboard
