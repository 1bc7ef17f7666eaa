// tests/unit/engines/storyboard/own_scene_test.cpp: clips of the engine itself go on as scenes.
#include "engines/storyboard/own_scene.hpp"

#include "engines/storyboard/storyboard.hpp"
#include "support/pictures.hpp"
#include "unit/engines/storyboard/frames_kept.hpp"
#include "unit/engines/storyboard/words/lexicon_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace kinora::engines::storyboard {
namespace {

// A clip that grows part by part, as a worker would have it grow.
class OwnSceneTest : public testing::Test {
protected:
    OwnSceneTest() : engine(nullptr, {std::shared_ptr<const Lexicon>(), &test_lexicon()}) {}

    void add_part(const std::string& prompt, bool loop = false, int frames = 48) {
        Given given;
        Brief brief;
        brief.prompt = prompt;
        brief.width = 200, brief.height = 112;
        brief.frame_count = frames;
        brief.seed = 40 + past.size();
        brief.loop = loop;
        brief.enhancement = false;
        given.end = end;
        if (end) brief.given = &given;
        if (!clip.all.empty()) {
            given.past = past;
            given.opening.push_back(clip.all.front().clone());
            const auto first = clip.all.size() - Given::kBeforeMax;
            for (auto i = first; i < clip.all.size(); ++i)
                given.before.push_back(clip.all[i].clone());
            brief.given = &given;
        }
        const auto report = engine.render(brief, clip, {});
        ASSERT_TRUE(report.has_value()) << report.error().detail();
        notes = report->notes;
        joins.push_back(clip.all.size());
        past.push_back({brief.prompt, brief.seed, frames, loop, false});
    }

    static media::Still grey() {
        media::Still out{200, 112, {}, false};
        for (int i = 0; i < 200 * 112; ++i) out.rgba.insert(out.rgba.end(), {120, 120, 120, 255});
        return out;
    }
    static double brightness(const media::Picture& picture) {
        const auto luma = picture.plane(0);
        return luma.data[50 * luma.stride + 100];
    }
    // How far a frame may be from the scene: after a join the grain comes back little by little.
    static double grain_at(std::size_t frame) { return frame >= 48 && frame % 48 < 12 ? 1.0 : 0; }
    // The step at each join is no larger than the largest of the twelve about it, of which none may
    // be still.
    void expect_smooth_joins(double slack = 1.0) {
        const auto steps = test::steps_of(clip.all);
        for (std::size_t i = 0; i + 1 < joins.size(); ++i) {
            const auto join =
                joins[i] - 1;  // From the last frame of a part to the next one's first.
            std::vector<double> about;
            for (auto at = join - 6; at <= join + 6; ++at)
                if (at != join) about.push_back(steps[at]);
            const auto [least, most] = std::minmax_element(about.begin(), about.end());
            EXPECT_GT(*least, 0.02) << "join " << i;
            EXPECT_LE(steps[join], slack * *most) << "join " << i;
        }
    }
    double motion(std::size_t from, std::size_t to) const {
        const auto steps = test::steps_of(clip.all);
        return test::median(
            {steps.begin() + std::ptrdiff_t(from), steps.begin() + std::ptrdiff_t(to)});
    }

    Storyboard engine;
    Frames clip;
    std::vector<PastPart> past;
    std::vector<std::size_t> joins;
    std::vector<std::string> notes;
    std::optional<media::Still> end;
};

TEST_F(OwnSceneTest, GoesOnFiveTimesAsLivelyAsItBegan) {
    add_part("a chef walking through a meadow");
    for (int i = 0; i < 5; ++i) add_part("");
    ASSERT_EQ(clip.all.size(), 288U);
    expect_smooth_joins();
    const double first = motion(0, 47);
    for (std::size_t part = 1; part < 6; ++part)
        EXPECT_GT(motion(part * 48, part * 48 + 47), 0.5 * first) << part;
    EXPECT_TRUE(notes.empty());
}

TEST_F(OwnSceneTest, IsTheSameTakenTogether) {
    add_part("a chef walking through a meadow");
    add_part("");
    add_part("a bear sleeping in a forest");
    // The timeline drawn at one go gives the same frames.
    Given given;
    given.past = past;
    given.before.push_back(clip.all.back().clone());
    Brief brief;
    brief.width = 200, brief.height = 112;
    brief.frame_count = 1;
    brief.given = &given;
    const auto own = own_scene({}, brief, test_lexicon(), nullptr);
    ASSERT_TRUE(own);
    EXPECT_EQ(own->begin, 144);
    Frames whole;
    ASSERT_TRUE(draw_clip({&own->timeline, own->style, 0, 144, 200, 112, 24, nullptr}, whole, {}));
    ASSERT_EQ(whole.all.size(), clip.all.size());
    for (std::size_t i = 0; i < whole.all.size(); ++i)
        EXPECT_LE(test::step_between(whole.all[i], clip.all[i]), grain_at(i)) << i;
}

TEST_F(OwnSceneTest, GoesOnFromThePictureThatTheEncoderLeft) {
    add_part("a bear sleeping in a room");
    auto luma = clip.all.back().plane(0);
    for (int y = 0; y < luma.height; ++y) {
        for (int x = 0; x < luma.width; ++x) {
            auto& value = luma.data[y * luma.stride + x];
            value = std::uint8_t(std::clamp(value + (x * 7 + y * 13) % 9 - 4, 16, 235));
        }
    }
    add_part("");
    const auto steps = test::steps_of(clip.all);
    // The noise, 2.2 in the mean, is not seen to go.
    EXPECT_LT(steps[47], 1.0);
    for (std::size_t i = 48; i < 60; ++i) EXPECT_LT(steps[i], 1.3) << i;
}

TEST_F(OwnSceneTest, ThePromptSteersTheNewPart) {
    add_part("a chef walking through a meadow");
    add_part("a bear sleeping in a forest at night");
    expect_smooth_joins();
    Frames alone;
    Brief brief;
    brief.prompt = "a bear sleeping in a forest at night";
    brief.width = 200, brief.height = 112;
    brief.frame_count = 24;
    brief.enhancement = false;
    ASSERT_TRUE(engine.render(brief, alone, {}).has_value());
    const auto& last = clip.all.back();
    EXPECT_LT(test::step_between(last, alone.all.back()),
              0.6 * test::step_between(last, clip.all[40]));
}

TEST_F(OwnSceneTest, WhatChangesTheSceneLeavesNoSeam) {
    add_part("a chef walking through a meadow");
    add_part("the chef stops");
    add_part("a knight arrives");
    add_part("camera pans left");
    add_part("the chef walks away");
    // No dissolve: no step is larger than what walks and turns makes.
    expect_smooth_joins(1.15);
    const auto steps = test::steps_of(clip.all);
    const double walking = motion(0, 47);
    EXPECT_LT(*std::max_element(steps.begin(), steps.end()), 3 * walking);
    EXPECT_LT(motion(60, 95), 0.7 * walking) << "stands";
    EXPECT_TRUE(notes.empty());
    add_part("the bear leaves");
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_NE(notes[0].find("bear"), std::string::npos);
}

TEST_F(OwnSceneTest, LightChangesInThePlace) {
    add_part("a chef walking through a meadow");
    add_part("at night");
    expect_smooth_joins();
    EXPECT_GT(test::step_between(clip.all[60], clip.all[95]), 10);
    add_part("");
    expect_smooth_joins();
}

TEST_F(OwnSceneTest, ALoopOfTheSceneGoesRound) {
    add_part("a boat on the sea", true);
    add_part("");
    expect_smooth_joins();
    for (std::size_t i = 0; i < 48; ++i)
        EXPECT_LE(test::step_between(clip.all[i], clip.all[i + 48]), grain_at(i + 48)) << i;
}

TEST_F(OwnSceneTest, ALoopedExtensionLeadsBackToTheStart) {
    // By what it does last: goes on as it is, is under another light, goes on with somebody else.
    for (const auto* then : {"", "at night", "the chef stops, a knight arrives"}) {
        clip.all.clear(), past.clear(), joins.clear();
        add_part("a chef walking through a meadow");
        add_part("");
        add_part(then, true);
        expect_smooth_joins();
        const auto steps = test::steps_of(clip.all);
        const double seam = test::step_between(clip.all.back(), clip.all.front());
        const double before = test::median({steps.end() - 8, steps.end()}),
                     after = test::median({steps.begin(), steps.begin() + 8});
        EXPECT_LT(seam, 1.1 * std::max(before, after)) << then;
        EXPECT_GT(seam, 0.5 * std::min(before, after)) << then;
        // It neither slows down nor hurries before the seam; night takes its time to become day.
        EXPECT_LT(before, (then == std::string("at night") ? 2.5 : 1.6) * after) << then;
        EXPECT_GT(before, 0.6 * after) << then;
        // And goes round again.
        const auto length = clip.all.size();
        add_part("");
        expect_smooth_joins();
        EXPECT_LT(test::step_between(clip.all[length + 20], clip.all[20]), 1.0) << then;
    }
}

TEST_F(OwnSceneTest, GoesOnAndThenReachesTheEndImage) {
    add_part("a chef walking through a meadow");
    end = grey();
    add_part("");
    expect_smooth_joins();
    EXPECT_NEAR(brightness(clip.all.back()), 119, 3);
    EXPECT_GT(motion(50, 60), 0.3 * motion(0, 47));
}

TEST_F(OwnSceneTest, TheSceneOfAPromptComesBeforeAnEndImageAlone) {
    end = grey();
    add_part("a chef walking through a meadow");
    EXPECT_EQ(clip.all.size(), 48U);
    Frames alone;
    Brief brief;
    brief.prompt = "a chef walking through a meadow";
    brief.width = 200, brief.height = 112;
    brief.frame_count = 48;
    brief.seed = 40;
    brief.enhancement = false;
    ASSERT_TRUE(engine.render(brief, alone, {}).has_value());
    for (const std::size_t i : {0U, 12U, 23U})
        EXPECT_EQ(test::step_between(clip.all[i], alone.all[i]), 0) << i;
    EXPECT_NEAR(brightness(clip.all.back()), 119, 3);
    const auto steps = test::steps_of(clip.all);
    EXPECT_LE(steps[23], *std::max_element(steps.begin(), steps.end() - 1));
    EXPECT_TRUE(std::none_of(notes.begin(), notes.end(), [](const std::string& note) {
        return note.find("of the prompt it takes") != std::string::npos;
    }));
}

TEST_F(OwnSceneTest, ALoopWithAnEndImageAloneComesBackToItsScene) {
    end = grey();
    add_part("a chef walking through a meadow", true);
    EXPECT_NEAR(brightness(clip.all[23]), 119, 3);
    EXPECT_LT(test::step_between(clip.all.back(), clip.all.front()), 12);
}

TEST_F(OwnSceneTest, AMoodAloneIsNoSceneBeforeAnEndImage) {
    end = grey();
    add_part("at night");
    // All of it shows the picture.
    EXPECT_LT(brightness(clip.all.front()), 130);
    EXPECT_NEAR(brightness(clip.all.back()), 119, 3);
    EXPECT_LT(motion(0, 47), 3);
}

TEST_F(OwnSceneTest, ALoopLeadsBackToTheFirstFrame) {
    add_part("a chef walking through a meadow");
    add_part("", true);
    expect_smooth_joins();
    const auto steps = test::steps_of(clip.all);
    const std::vector<double> before(steps.end() - 6, steps.end());
    EXPECT_LE(test::step_between(clip.all.back(), clip.all.front()),
              1.3 * *std::max_element(before.begin(), before.end()));
}

TEST_F(OwnSceneTest, AnotherClipThanItsPastSaysGoesOnFromItsPictures) {
    add_part("a chef walking through a meadow");
    past[0].prompt = "a whale in the sea";
    add_part("");
    expect_smooth_joins();
    EXPECT_EQ(clip.all.size(), 96U);
}

TEST_F(OwnSceneTest, SaysWhatItCannotDraw) {
    add_part("a chef walking through a meadow");
    add_part("a zzyzx runs in a forest");
    ASSERT_FALSE(notes.empty());
    EXPECT_NE(notes.front().find("zzyzx"), std::string::npos);
}

}  // namespace
}  // namespace kinora::engines::storyboard
