// tests/unit/media/video_writer_test.cpp: whole files, no files, and disks that fail.
#include "media/video_writer.hpp"

#include "clip.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <random>

namespace kinora::media {
namespace {

// Pictures that no codec can shrink.
Picture noise(int width, int height, unsigned seed) {
    std::minstd_rand random(seed);
    Picture picture(width, height);
    const auto luma = picture.plane(0);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            luma.data[y * luma.stride + x] = std::uint8_t(16 + random() % 220);
        }
    }
    return picture;
}

TEST(VideoWriter, CountsExactly) {
    const Scratch folder;
    const auto facts = write_clip(folder / "clip.mp4", {64, 64, 24, 30, "veryfast", 2}, 120);
    ASSERT_TRUE(facts.has_value());
    EXPECT_EQ(facts->frame_count, 120);
    EXPECT_EQ(facts->duration, std::chrono::seconds(5));
    EXPECT_EQ(facts->width, 64);
    EXPECT_EQ(facts->height, 64);
    EXPECT_EQ(facts->fps, 24);

    const auto probed = probe(folder / "clip.mp4");
    ASSERT_TRUE(probed.has_value());
    EXPECT_EQ(probed->video.frame_count, 120);
    EXPECT_EQ(probed->video.duration, std::chrono::seconds(5));
    const auto frames = read_clip(folder / "clip.mp4");
    ASSERT_EQ(frames.size(), 120U);
    EXPECT_EQ(frames.front().at.count(), 0);
    EXPECT_EQ(frames.back().at.count(), 4958333);
}

TEST(VideoWriter, WritesOneFrame) {
    const Scratch folder;
    ASSERT_TRUE(write_clip(folder / "clip.mp4", small_settings(), 1).has_value());
    EXPECT_EQ(read_clip(folder / "clip.mp4").size(), 1U);
}

TEST(VideoWriter, WritesTheSameBytesTwice) {
    const Scratch folder;
    ASSERT_TRUE(write_clip(folder / "one.mp4", small_settings(), 30).has_value());
    ASSERT_TRUE(write_clip(folder / "two.mp4", small_settings(), 30).has_value());
    EXPECT_EQ(bytes_of(folder / "one.mp4"), bytes_of(folder / "two.mp4"));
}

// A loop's end is as good as its start.
TEST(VideoWriter, GivesMoreBitsToFramesThatAreToBeFine) {
    const Scratch folder;
    auto settings = small_settings();
    settings.crf = 34;
    const auto loss = [&](const char* name) {
        double sum = 0;
        EXPECT_TRUE(write_clip(folder / name, settings, 48).has_value());
        const auto frames = read_clip(folder / name);
        for (int i = 36; i < 48; ++i)
            sum += test::step_between(frames[std::size_t(i)].picture, drawn(320, 176, i));
        return sum;
    };
    const double plain = loss("plain.mp4");
    settings.fine_from = 30;
    EXPECT_LT(loss("fine.mp4"), 0.85 * plain);
}

TEST(VideoWriter, WritesEverySizeOfTheService) {
    const int sizes[][2] = {{1360, 752}, {752, 1360}, {1008, 1008}, {1168, 880},
                            {880, 1168}, {1552, 656}, {656, 1552}};
    const Scratch folder;
    for (const auto& [width, height] : sizes) {
        VideoSettings settings{width, height, 24, 30, "ultrafast", 2};
        ASSERT_TRUE(write_clip(folder / "clip.mp4", settings, 2).has_value());
        const auto facts = probe(folder / "clip.mp4");
        ASSERT_TRUE(facts.has_value());
        EXPECT_EQ(facts->video.width, width);
        EXPECT_EQ(facts->video.height, height);
        EXPECT_EQ(facts->profile, "High");
        EXPECT_TRUE(facts->index_first);
    }
}

TEST(VideoWriter, ReplacesAFile) {
    const Scratch folder;
    ASSERT_TRUE(write_clip(folder / "clip.mp4", small_settings(), 12).has_value());
    ASSERT_TRUE(write_clip(folder / "clip.mp4", small_settings(), 2).has_value());
    EXPECT_EQ(read_clip(folder / "clip.mp4").size(), 2U);
}

TEST(VideoWriter, LeavesNothingWhenDestroyedBeforeTheEnd) {
    const Scratch folder;
    {
        auto writer = VideoWriter::open(folder / "clip.mp4", small_settings());
        ASSERT_TRUE(writer.has_value());
        ASSERT_TRUE((*writer)->add(drawn(320, 176, 0)).has_value());
        EXPECT_TRUE(std::filesystem::exists(folder / "clip.mp4"));
    }
    EXPECT_TRUE(folder.is_empty());
}

TEST(VideoWriter, EndsOnceAndNotWithoutFrames) {
    const Scratch folder;
    auto empty = VideoWriter::open(folder / "empty.mp4", small_settings());
    ASSERT_TRUE(empty.has_value());
    EXPECT_FALSE((*empty)->finish().has_value());
    empty->reset();
    EXPECT_TRUE(folder.is_empty());

    auto writer = VideoWriter::open(folder / "clip.mp4", small_settings());
    ASSERT_TRUE(writer.has_value());
    ASSERT_TRUE((*writer)->add(drawn(320, 176, 0)).has_value());
    ASSERT_TRUE((*writer)->finish().has_value());
    EXPECT_FALSE((*writer)->finish().has_value());
    EXPECT_FALSE((*writer)->add(drawn(320, 176, 1)).has_value());
    writer->reset();
    EXPECT_EQ(read_clip(folder / "clip.mp4").size(), 1U);
}

TEST(VideoWriter, RefusesAPictureOfAnotherSize) {
    const Scratch folder;
    auto writer = VideoWriter::open(folder / "clip.mp4", small_settings());
    ASSERT_TRUE(writer.has_value());
    const auto added = (*writer)->add(Picture(176, 320));
    ASSERT_FALSE(added.has_value());
    EXPECT_EQ(added.error().code(), ErrorCode::api_error);
    writer->reset();
    EXPECT_TRUE(folder.is_empty());
}

TEST(VideoWriter, SaysWhenTheFileCannotBeMade) {
    const Scratch folder;
    std::ofstream(folder / "file") << "in the way";
    for (const char* name : {"missing/clip.mp4", "file/clip.mp4"}) {
        const auto writer = VideoWriter::open(folder / name, small_settings());
        ASSERT_FALSE(writer.has_value()) << name;
        EXPECT_EQ(writer.error().code(), ErrorCode::api_error);
        EXPECT_EQ(writer.error().message(), "The video could not be written.");
        EXPECT_NE(writer.error().detail().find("create the file"), std::string::npos);
    }
}

TEST(VideoWriter, SaysWhenTheFolderIsNotWritable) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
    const Scratch folder;
    std::filesystem::create_directory(folder / "locked");
    std::filesystem::permissions(
        folder / "locked", std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    const auto writer = VideoWriter::open(folder / "locked/clip.mp4", small_settings());
    ASSERT_FALSE(writer.has_value());
    EXPECT_EQ(writer.error().code(), ErrorCode::api_error);
}

// The kernel's device that is always full, behind a name that may be removed.
TEST(VideoWriter, SaysWhenTheDiskIsFull) {
    const Scratch folder;
    std::filesystem::create_symlink("/dev/full", folder / "clip.mp4");
    const auto facts = write_clip(folder / "clip.mp4", small_settings(), 12);
    ASSERT_FALSE(facts.has_value());
    EXPECT_EQ(facts.error().code(), ErrorCode::unavailable);
    EXPECT_NE(facts.error().message().find("no room left on the disk"), std::string::npos);
    EXPECT_TRUE(folder.is_empty());
}

// The disk fails in the middle of a clip: the limit of a file's size stands in for it.
TEST(VideoWriter, FailsCleanlyInTheMiddle) {
    const Scratch folder;
    const auto signal_before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{64 << 10, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);

    auto writer = VideoWriter::open(folder / "clip.mp4", small_settings());
    Result<void> added = ok();
    int frames = 0;
    while (writer && added && frames < 60)
        added = (*writer)->add(noise(320, 176, unsigned(frames++)));

    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, signal_before);
    ASSERT_TRUE(writer.has_value());
    ASSERT_FALSE(added.has_value());
    EXPECT_EQ(added.error().code(), ErrorCode::unavailable);
    EXPECT_GT(frames, 1);
    EXPECT_FALSE((*writer)->add(drawn(320, 176, 0)).has_value());
    EXPECT_FALSE((*writer)->finish().has_value());
    writer->reset();
    EXPECT_TRUE(folder.is_empty());
}

TEST(VideoWriter, CountsFramesOfABrokenRateExactly) {
    const Scratch folder;
    auto settings = small_settings();
    settings.fps = 30'000;
    settings.fps_den = 1001;
    const auto facts = write_clip(folder / "ntsc.mp4", settings, 90);
    ASSERT_TRUE(facts.has_value()) << facts.error().detail();
    EXPECT_EQ(facts->duration.count(), 3'003'000);
    const auto frames = read_clip(folder / "ntsc.mp4");
    ASSERT_EQ(frames.size(), 90U);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        EXPECT_NEAR(double(frames[i].at.count()), double(i) * 1'001'000 / 30, 1) << i;
    }
    settings.fps_den = 0;
    EXPECT_FALSE(VideoWriter::open(folder / "none.mp4", settings).has_value());
    settings.fps_den = 100'000;
    EXPECT_FALSE(VideoWriter::open(folder / "slow.mp4", settings).has_value());
}

}  // namespace
}  // namespace kinora::media
