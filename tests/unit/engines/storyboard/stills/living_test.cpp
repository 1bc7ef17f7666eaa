// tests/unit/engines/storyboard/stills/living_test.cpp: a start picture alone, and an end alone.
#include "engines/storyboard/scene/json.hpp"
#include "given.hpp"

namespace kinora::engines::storyboard {
namespace {

StillsBrief brief_of(const StillPicture& start, int frames = 24) {
    StillsBrief brief;
    brief.start = &start, brief.frame_count = frames, brief.seed = 5;
    return brief;
}

TEST(LivingPicture, StartsAsTheEncoderWouldShowIt) {
    for (const auto& still : {landscape(), checkers(), square_at(0, 0)}) {
        const auto brief = brief_of(still, 8);
        const auto clip = drawn(brief);
        EXPECT_LT(test::step_between(clip.frames[0], to_video(still)), 0.3);
        EXPECT_GE(test::ssim(encoded(clip.frames)[0], to_video(still)), 0.98);
    }
}

TEST(LivingPicture, MovesEvenlyWithEveryCamera) {
    const auto still = landscape();
    const int darkest = test::darkest_border(to_video(still));
    for (int move = 0; move <= int(CameraMove::dolly_zoom); ++move) {
        auto brief = brief_of(still, 30);
        brief.mood.camera = CameraMove(move);
        const auto clip = drawn(brief);
        const auto name = std::string(name_of(CameraMove(move)));
        // Hands tremble, and are still at times.
        expect_even(test::steps_of(clip.frames),
                    CameraMove(move) == CameraMove::handheld ? 3.0 : 1.6, name.c_str());
        for (const auto& frame : clip.frames)
            ASSERT_GT(test::darkest_border(frame), darkest - 16) << name;
        EXPECT_GT(test::step_between(clip.frames.front(), clip.frames.back()), 1.0) << name;
        // What is seen stays as sharp as it was; a zoom makes it a little softer.
        EXPECT_GT(test::sharpness(clip.frames.back()),
                  (CameraMove(move) == CameraMove::zoom_in ? 0.4 : 0.6) *
                      test::sharpness(clip.frames.front()))
            << name;
    }
}

TEST(LivingPicture, ClosesItsLoopWithEveryCamera) {
    const auto still = landscape();
    for (int move = 0; move <= int(CameraMove::dolly_zoom); ++move) {
        auto brief = brief_of(still, 36);
        brief.mood.camera = CameraMove(move), brief.loop = true;
        const auto clip = drawn(brief);
        const auto steps = test::steps_of(clip.frames);
        const auto name = std::string(name_of(CameraMove(move)));
        EXPECT_LE(test::step_between(clip.frames.back(), clip.frames.front()),
                  1.5 * test::median(steps))
            << name;
        expect_even(steps, 2.2, name.c_str());
        EXPECT_LT(test::step_between(clip.frames[0], to_video(still)), 0.3) << name;
    }
}

TEST(LivingPicture, LetsWeatherAndLookComeInAfterTheStart) {
    const auto still = landscape();
    auto brief = brief_of(still, 16);
    const auto plain = drawn(brief);
    for (int i = 0; i < 8; ++i) {
        auto other = brief;
        other.mood.weather = Weather(i), other.mood.effects = {Effect(i)};
        other.mood.time = TimeOfDay(i % 5), other.style = Style(i + 1);
        const auto clip = drawn(other);
        EXPECT_LT(test::step_between(clip.frames[0], to_video(still)), 0.3) << i;
        EXPECT_GT(test::step_between(clip.frames[15], plain.frames[15]), 0.5) << i;
    }
}

TEST(LivingPicture, LoopsWithRain) {
    const auto still = landscape();
    auto brief = brief_of(still, 36);
    brief.loop = true, brief.mood.weather = Weather::rain;
    const auto clip = drawn(brief);
    EXPECT_LE(test::step_between(clip.frames.back(), clip.frames.front()),
              1.5 * test::median(test::steps_of(clip.frames)));
}

TEST(LivingPicture, TakesFlatAndSmallPictures) {
    const auto flat = painted([](float, float) { return Vec3{0.5F, 0.5F, 0.5F}; });
    const auto clip = drawn(brief_of(flat, 4));
    EXPECT_EQ(test::darkest_border(clip.frames[3]), test::darkest_border(to_video(flat)));
    for (const auto& [w, h] : {std::pair{16, 16}, std::pair{18, 64}, std::pair{130, 16}}) {
        const auto small = painted([](float x, float y) { return ground(x, y); }, w, h);
        auto brief = brief_of(small, 3);
        drawn(brief);
        brief.end = &small;
        drawn(brief);
        brief.start = nullptr;
        drawn(brief);
    }
}

TEST(LivingPicture, GivesTheSameWithAnyNumberOfThreads) {
    const auto still = landscape();
    auto brief = brief_of(still, 10);
    brief.mood.weather = Weather::snow, brief.mood.effects = {Effect::stars};
    const auto one = drawn(brief, 1), other = drawn(brief, 3);
    for (std::size_t i = 0; i < one.frames.size(); ++i)
        EXPECT_EQ(test::step_between(one.frames[i], other.frames[i]), 0) << i;
}

TEST(ArrivingPicture, EndsAsTheEncoderWouldShowIt) {
    const auto still = landscape();
    StillsBrief brief;
    brief.end = &still, brief.frame_count = 30;
    const auto clip = drawn(brief);
    EXPECT_LT(test::step_between(clip.frames.back(), to_video(still)), 0.3);
    EXPECT_GE(test::ssim(encoded(clip.frames).back(), to_video(still)), 0.98);
    EXPECT_LT(test::sharpness(clip.frames.front()), 0.5 * test::sharpness(clip.frames.back()));
    expect_even(test::steps_of(clip.frames), 3.0, "arrival");
}

TEST(Stills, RefusesWhatDoesNotFitTogether) {
    const auto still = landscape();
    const auto other = painted([](float, float) { return Vec3{}; }, 64, 64);
    StillsBrief brief;
    Clip clip;
    Keeper keeper(clip);
    EXPECT_FALSE(draw_stills(brief, keeper, {}).has_value());
    brief.start = &still, brief.end = &other;
    EXPECT_FALSE(draw_stills(brief, keeper, {}).has_value());
    brief.end = nullptr;
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = draw_stills(brief, keeper, {stop.get_token(), 1});
    ASSERT_FALSE(stopped.has_value());
    EXPECT_EQ(stopped.error().code(), ErrorCode::cancelled);
}

}  // namespace
}  // namespace kinora::engines::storyboard
