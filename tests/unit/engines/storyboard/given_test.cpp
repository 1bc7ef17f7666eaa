// tests/unit/engines/storyboard/given_test.cpp: pictures that came with a brief, through the
// engine.
#include "engines/storyboard/given.hpp"

#include "engines/storyboard/stills/still_picture.hpp"
#include "support/pictures.hpp"
#include "unit/engines/storyboard/frames_kept.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace kinora::engines::storyboard {
namespace {

// A slope of `base` brightness with a bright square, larger than the clip.
media::Still still(int base, int at) {
    media::Still out{240, 160, {}, false};
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            const bool in_square = std::abs(x - at) < 20 && std::abs(y - 80) < 20;
            const int value = in_square ? 230 : base + (x + y) / 8;
            for (const int channel : {value, value / 2 + 60, 255 - value, 255}) {
                out.rgba.push_back(std::uint8_t(channel));
            }
        }
    }
    return out;
}

class GivenTest : public testing::Test {
protected:
    GivenTest() {
        brief.width = 120;
        brief.height = 80;
        brief.frame_count = 24;
        scene.shots.emplace_back();
    }
    std::vector<std::string> draw(Frames& out) {
        const auto report = draw_given(scene, brief, given, nullptr, out, {});
        EXPECT_TRUE(report.has_value()) << report.error().detail();
        EXPECT_EQ(int(out.all.size()), brief.frame_count);
        return report ? report->notes : std::vector<std::string>();
    }
    media::Picture fitted(const media::Still& from) const {
        const PixelView view{from.rgba.data(), from.width, from.height, 4, from.width * 4};
        return to_video(cover_and_crop(view, brief.width, brief.height));
    }

    Brief brief;
    Scene scene;
    Given given;
    Frames frames;
};

TEST_F(GivenTest, StartAndEndAreTheFirstAndTheLastFrame) {
    given.start = still(40, 80);
    given.end = still(70, 150);
    draw(frames);
    EXPECT_LT(test::step_between(frames.all.front(), fitted(*given.start)), 1.5);
    EXPECT_LT(test::step_between(frames.all.back(), fitted(*given.end)), 1.5);
}

TEST_F(GivenTest, GoesOnWithColoursThatNoScreenHas) {
    // As bright as can be, and as blue: outside of what RGB can say.
    for (int i = 0; i < 3; ++i) {
        media::Picture picture(brief.width, brief.height);
        for (int plane = 0; plane < 3; ++plane) {
            const auto p = picture.plane(plane);
            for (int y = 0; y < p.height; ++y)
                std::fill_n(p.data + y * p.stride, p.width, std::uint8_t(plane == 2 ? 60 : 225));
        }
        given.before.push_back(std::move(picture));
    }
    draw(frames);
    EXPECT_LT(test::step_between(given.before.back(), frames.all.front()), 1.0);
    const auto steps = test::steps_of(frames.all);
    EXPECT_LT(*std::max_element(steps.begin(), steps.end()), 3.0);
}

TEST_F(GivenTest, ALoopGoesOnUntilItsFirstFrameComesNext) {
    Frames source;
    given.start = still(40, 80);
    draw(source);
    given = {};
    given.opening.push_back(source.all.front().clone());
    for (auto& picture : source.all) given.before.push_back(std::move(picture));
    brief.loop = true;
    draw(frames);
    EXPECT_LT(test::step_between(frames.all.back(), given.opening.front()), 3);
}

TEST_F(GivenTest, ALoopWithAnEndImageGoesThereAndBack) {
    Frames source;
    given.start = still(40, 80);
    draw(source);
    given = {};
    given.end = still(70, 150);
    given.opening.push_back(source.all.front().clone());
    for (auto& picture : source.all) given.before.push_back(std::move(picture));
    brief.loop = true;
    const auto notes = draw(frames);
    EXPECT_LT(test::step_between(frames.all[11], fitted(*given.end)), 1.5);
    EXPECT_LT(test::step_between(frames.all.back(), given.opening.front()), 3);
    ASSERT_FALSE(notes.empty());
    EXPECT_NE(notes.back().find("middle frame of the new part"), std::string::npos);
}

TEST_F(GivenTest, SaysThatSubjectsOfThePromptAreNotDrawn) {
    given.start = still(40, 80);
    EXPECT_TRUE(draw(frames).empty());
    scene.shots.front().subjects.emplace_back();
    frames.all.clear();
    const auto notes = draw(frames);
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_NE(notes.front().find("the pictures that were given"), std::string::npos);
}

}  // namespace
}  // namespace kinora::engines::storyboard
