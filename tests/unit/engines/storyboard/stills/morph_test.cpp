// tests/unit/engines/storyboard/stills/morph_test.cpp: a start and an end picture.
#include "engines/storyboard/stills/match.hpp"

#include "given.hpp"

namespace kinora::engines::storyboard {
namespace {

StillsBrief brief_of(const StillPicture& start, const StillPicture& end, int frames = 25) {
    StillsBrief brief;
    brief.start = &start, brief.end = &end, brief.frame_count = frames, brief.seed = 5;
    return brief;
}

// The landscape as it is seen from elsewhere.
StillPicture landscape_from(float x, float zoom) {
    return painted([=](float u, float v) { return landscape_at(u / zoom + x, v / zoom); });
}

TEST(Morph, BeginsAndEndsWithThePictures) {
    const auto start = landscape();
    for (const auto& end : {landscape_from(9, 1.08F), checkers(), square_at(30, 10)}) {
        const auto clip = drawn(brief_of(start, end));
        EXPECT_LT(test::step_between(clip.frames.front(), to_video(start)), 0.3);
        EXPECT_LT(test::step_between(clip.frames.back(), to_video(end)), 0.3);
        const auto seen = encoded(clip.frames);
        EXPECT_GE(test::ssim(seen.front(), to_video(start)), 0.98);
        EXPECT_GE(test::ssim(seen.back(), to_video(end)), 0.98);
    }
}

TEST(Morph, FollowsWhatMoves) {
    const auto start = landscape(), end = landscape_from(12, 1.10F);
    const auto clip = drawn(brief_of(start, end));
    EXPECT_TRUE(clip.notes.empty());
    expect_even(test::steps_of(clip.frames), 2.0, "morph");
    const auto& middle = clip.frames[12];
    const auto truth = to_video(landscape_from(6, 1.05F));
    EXPECT_GT(test::psnr(middle, truth, 0), test::psnr(to_video(start), truth, 0) + 6);
    EXPECT_GT(test::sharpness(middle), 0.8 * test::sharpness(to_video(start)));
}

// Yellow pixels of a row, as stretches: where the square is seen.
std::vector<int> stretches(const media::Picture& picture, int row) {
    const auto still = from_video(picture);
    std::vector<int> out;
    bool inside = false;
    for (int x = 0; x < still.width; ++x) {
        const auto* p = still.row(row) + 3 * x;
        const bool yellow = p[0] > 150 && p[2] < 110 && p[0] - p[2] > 90;
        if (yellow && !inside) out.push_back(0);
        if (yellow) ++out.back();
        inside = yellow;
    }
    return out;
}

TEST(Morph, ShowsAMovingThingOnce) {
    const auto start = square_at(-30, 0), end = square_at(26, 4);
    const auto clip = drawn(brief_of(start, end));
    for (const std::size_t at : {6U, 12U, 18U}) {
        const auto found = stretches(clip.frames[at], kHeight / 2);
        ASSERT_EQ(found.size(), 1U) << at;
        EXPECT_NEAR(found[0], 40, 6) << at;
    }
    EXPECT_GT(test::sharpness(clip.frames[12]), 0.8 * test::sharpness(to_video(start)));
    EXPECT_GT(test::psnr(clip.frames[12], to_video(square_at(-2, 2)), 0), 24);
}

TEST(Morph, WhatWentFarHasToMatchTheBetter) {
    PictureMatch match;
    match.share = 0.5F, match.distance = 0.05F;
    EXPECT_TRUE(match.good());
    match.distance = 0.5F;  // Half of the picture is another one.
    EXPECT_FALSE(match.good());
    match.share = 0.75F, match.distance = 0.25F;
    EXPECT_TRUE(match.good());
}

TEST(Morph, LetsUnlikePicturesGiveWayWithoutGhosts) {
    const auto start = landscape(), end = checkers();
    const auto clip = drawn(brief_of(start, end, 49));
    EXPECT_EQ(clip.notes.size(), 1U);
    const double ends = std::min(test::sharpness(to_video(start)), test::sharpness(to_video(end)));
    EXPECT_GT(test::sharpness(clip.frames[24]), 0.8 * ends);
    EXPECT_GT(test::darkest_border(clip.frames[24]), 16);
    const auto steps = test::steps_of(clip.frames);
    const double whole = test::step_between(to_video(start), to_video(end));
    EXPECT_LT(*std::max_element(steps.begin(), steps.end()), 0.35 * whole);
    EXPECT_GT(*std::min_element(steps.begin(), steps.end()), 0.02);
}

TEST(Morph, KeepsOnePictureTwiceAlive) {
    const auto still = landscape();
    const auto clip = drawn(brief_of(still, still));
    expect_even(test::steps_of(clip.frames), 2.2, "the same twice");
    EXPECT_LT(test::step_between(clip.frames.front(), clip.frames.back()), 0.1);
}

TEST(Morph, ReturnsInALoopFromTheMiddle) {
    const auto start = landscape();
    for (const auto& end : {landscape_from(9, 1.08F), checkers()}) {
        auto brief = brief_of(start, end, 48);
        brief.loop = true;
        const auto clip = drawn(brief);
        EXPECT_FALSE(clip.notes.empty());
        EXPECT_LT(test::step_between(clip.frames[24], to_video(end)), 0.3);
        EXPECT_LT(test::step_between(clip.frames[0], to_video(start)), 0.3);
        EXPECT_LE(test::step_between(clip.frames.back(), clip.frames.front()),
                  1.5 * test::median(test::steps_of(clip.frames)));
    }
}

TEST(Morph, GivesTheSameWithAnyNumberOfThreads) {
    const auto start = landscape();
    for (const auto& end : {landscape_from(9, 1.08F), checkers()}) {
        const auto one = drawn(brief_of(start, end, 7), 1),
                   other = drawn(brief_of(start, end, 7), 4);
        for (std::size_t i = 0; i < one.frames.size(); ++i)
            EXPECT_EQ(test::step_between(one.frames[i], other.frames[i]), 0) << i;
    }
}

TEST(FindMatch, TellsLikeFromUnlike) {
    Team team(2);
    const auto still = landscape();
    const auto same = find_match(still, landscape_from(8, 1.05F), team);
    EXPECT_TRUE(same.good());
    EXPECT_GT(same.share, 0.75F);
    EXPECT_NEAR(same.distance, 8.0F / kWidth, 0.02F);
    EXPECT_FALSE(find_match(still, checkers(), team).good());
}

}  // namespace
}  // namespace kinora::engines::storyboard
