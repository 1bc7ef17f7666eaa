// tests/unit/tasks/extend_test.cpp: a clip and its continuation, in numbers.
#include "tasks/extend.hpp"

#include "media/video_reader.hpp"
#include "support/temp_folder.hpp"
#include "unit/media/clip.hpp"
#include "unit/tasks/given_engine.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace kinora::tasks {
namespace {

class ExtendTest : public testing::Test {
protected:
    // A clip as the encoder of ours makes it.
    std::filesystem::path clip(int frames, int fps = 24, int fps_den = 1, int width = 320,
                               int height = 176) {
        engines::Brief small;
        small.width = width;
        small.height = height;
        auto settings = clip_settings(small);
        settings.fps = fps;
        settings.fps_den = fps_den;
        EXPECT_TRUE(media::write_clip(folder / "source.mp4", settings, frames).has_value());
        return folder / "source.mp4";
    }
    Result<RenderedClip> extend(const std::filesystem::path& path, bool is_ours) {
        auto file = media::InputFile::open(path);
        if (!file) return file.error();
        const ExtensionSource source{"video_url", std::move(*file),
                                     is_ours ? path : std::filesystem::path()};
        return extend_clip(engine, brief, {}, source, media::DecoderBox(KINORA_DECODER), paths, 1,
                           stop.get_token(), [&](int done, int total) {
                               EXPECT_GE(done, done_before);
                               EXPECT_LE(done, total);
                               done_before = done;
                           });
    }
    void expect_rising_times(int frames, double fps) {
        const auto read = media::read_clip(paths.video);
        ASSERT_EQ(int(read.size()), frames);
        for (int i = 0; i < frames; ++i) {
            EXPECT_NEAR(double(read[std::size_t(i)].at.count()), 1e6 * i / fps, 2) << i;
        }
    }

    test::TempFolder folder;
    RenderPaths paths{folder / "out.mp4", folder / "out.jpg"};
    engines::Brief brief;
    GivenEngine engine;
    std::stop_source stop;
    int done_before = 0;
};

TEST_F(ExtendTest, AClipOfOursIsNotEncodedAgain) {
    const auto source = clip(30);
    const auto made = extend(source, true);
    ASSERT_TRUE(made.has_value()) << made.error().message() << made.error().detail();
    EXPECT_EQ(made->facts.frame_count, 150);
    EXPECT_EQ(made->facts.width, 320);
    EXPECT_EQ(made->facts.height, 176);
    EXPECT_NEAR(double(made->facts.duration.count()), 6'250'000, 2);
    expect_rising_times(150, 24);
    const auto before = media::read_clip(source), after = media::read_clip(paths.video);
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(media::psnr(before[i].picture, after[i].picture, 0), 100) << i;
    }
    EXPECT_FALSE(std::filesystem::exists(folder / "out.mp4.tail"));
    EXPECT_EQ(test::contents_of(paths.thumbnail).substr(0, 2), "\xff\xd8");
}

TEST_F(ExtendTest, TheEngineGetsTheLastPicturesAndTheFirst) {
    const auto source = clip(30);
    brief.loop = true;
    ASSERT_TRUE(extend(source, true).has_value());
    EXPECT_EQ(engine.brief.frame_count, 120);
    EXPECT_EQ(engine.brief.width, 320);
    EXPECT_TRUE(engine.brief.loop);
    const auto frames = media::read_clip(source);
    ASSERT_EQ(engine.before.size(), engines::Given::kBeforeMax);
    EXPECT_EQ(media::psnr(engine.before.back(), frames.back().picture, 0), 100);
    EXPECT_EQ(media::psnr(engine.before.front(), frames[18].picture, 0), 100);
    ASSERT_EQ(engine.opening.size(), engines::Given::kOpeningMax);
    for (std::size_t i = 0; i < engine.opening.size(); ++i)
        EXPECT_EQ(media::psnr(engine.opening[i], frames[i].picture, 0), 100);
}

TEST_F(ExtendTest, AClipOfOursGrowsAgainAndAgain) {
    auto source = clip(24);
    for (int round = 1; round <= 3; ++round) {
        ASSERT_TRUE(extend(source, true).has_value());
        expect_rising_times(24 + round * 120, 24);
        source = folder / ("round" + std::to_string(round) + ".mp4");
        std::filesystem::rename(paths.video, source);
        done_before = 0;
    }
}

TEST_F(ExtendTest, AnotherKindOfClipIsEncodedAsAWhole) {
    // Its encoder is set up in another way, so the new part does not go behind it.
    media::VideoSettings settings{320, 176, 24, 30, "ultrafast", 1};
    ASSERT_TRUE(media::write_clip(folder / "odd.mp4", settings, 30).has_value());
    const auto made = extend(folder / "odd.mp4", true);
    ASSERT_TRUE(made.has_value()) << made.error().detail();
    EXPECT_EQ(made->facts.frame_count, 150);
    expect_rising_times(150, 24);
}

TEST_F(ExtendTest, KeepsTheRateOfTheSource) {
    const auto made = extend(clip(30, 30'000, 1001), false);
    ASSERT_TRUE(made.has_value()) << made.error().message() << made.error().detail();
    EXPECT_EQ(made->facts.frame_count, 30 + 150);
    EXPECT_EQ(engine.brief.fps, 30);
    expect_rising_times(180, 30'000 / 1001.0);
}

TEST_F(ExtendTest, ScalesDownWhatIsTooLargeAndKeepsUprightOnes) {
    const auto tall = extend(clip(3, 12, 1, 656, 1552), true);
    ASSERT_TRUE(tall.has_value()) << tall.error().message();
    EXPECT_EQ(tall->facts.width, 656);
    EXPECT_EQ(tall->facts.height, 1552);
    EXPECT_EQ(tall->facts.frame_count, 63);
}

TEST_F(ExtendTest, KeepsTheSoundOfStrangersClips) {
    const auto source = folder / "sound.mov";
    const auto line =
        "ffmpeg -v quiet -nostdin -y -f lavfi -i testsrc=s=160x90:r=25:d=1 -f lavfi -i "
        "sine=d=1 -pix_fmt yuv420p " +
        source.string();
    ASSERT_EQ(std::system(line.c_str()), 0);
    const auto made = extend(source, false);
    ASSERT_TRUE(made.has_value()) << made.error().message() << made.error().detail();
    EXPECT_EQ(made->facts.frame_count, 150);
    const auto count =
        "test \"$(ffprobe -v error -select_streams a -show_entries "
        "stream=codec_name -of csv=p=0 " +
        paths.video.string() + ")\" = aac";
    EXPECT_EQ(std::system(count.c_str()), 0);
}

TEST_F(ExtendTest, WhatIsNoVideoIsToldByTheFieldsName) {
    const auto picture = folder.write("a.mp4", "no video at all");
    const auto made = extend(picture, false);
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code(), ErrorCode::bad_request);
    EXPECT_TRUE(made.error().message().starts_with("`video_url` cannot be used. The file"))
        << made.error().message();
}

TEST_F(ExtendTest, StopsWhenAskedTo) {
    const auto source = clip(30);
    stop.request_stop();
    for (const bool is_ours : {true, false}) {
        const auto made = extend(source, is_ours);
        ASSERT_FALSE(made.has_value());
        EXPECT_EQ(made.error().code(), ErrorCode::cancelled);
        EXPECT_FALSE(std::filesystem::exists(paths.video));
    }
}

TEST(ExtensionRate, IsTheFamiliarOneWhereItIsAllButThat) {
    struct Row {
        media::FrameRate from, to;
    };
    const Row table[] = {
        {{24, 1}, {24, 1}},
        {{30'000, 1001}, {30'000, 1001}},
        {{2997, 100}, {30'000, 1001}},
        {{24'000, 1001}, {24'000, 1001}},
        {{25'001, 1000}, {25, 1}},
        {{240, 1}, {120, 1}},
        {{1000, 1}, {62'500, 1000}},
        {{1, 2}, {1, 1}},
        {{1498, 100}, {14'980, 1000}},
    };
    for (const auto& [from, to] : table) {
        const auto rate = extension_rate(from);
        EXPECT_NEAR(double(rate.num) / rate.den, double(to.num) / to.den, 1e-9) << from.num;
    }
    EXPECT_EQ(extension_rate({2997, 100}).den, 1001);
}

}  // namespace
}  // namespace kinora::tasks
