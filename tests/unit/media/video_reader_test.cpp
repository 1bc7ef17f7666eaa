// tests/unit/media/video_reader_test.cpp: what was written comes back, picture by picture.
#include "media/video_reader.hpp"

#include "clip.hpp"

namespace kinora::media {
namespace {

TEST(VideoReader, GivesBackThePicturesInOrder) {
    const Scratch folder;
    auto settings = small_settings();
    settings.crf = 15;
    ASSERT_TRUE(write_clip(folder / "clip.mp4", settings, 12).has_value());
    const auto frames = read_clip(folder / "clip.mp4");
    ASSERT_EQ(frames.size(), 12U);
    for (int i = 0; i < 12; ++i) {
        const auto& picture = frames[std::size_t(i)].picture;
        const auto original = drawn(320, 176, i);
        ASSERT_EQ(picture.width(), 320);
        ASSERT_EQ(picture.height(), 176);
        EXPECT_GT(psnr(picture, original, 0), 38) << i;
        EXPECT_GT(psnr(picture, original, 1), 38) << i;
        EXPECT_GT(psnr(picture, original, 2), 38) << i;
    }
}

TEST(VideoReader, GivesTimesOfAConstantRate) {
    const Scratch folder;
    for (const int fps : {1, 24, 25, 30, 60, 120}) {
        auto settings = small_settings();
        settings.fps = fps;
        ASSERT_TRUE(write_clip(folder / "clip.mp4", settings, 9).has_value());
        const auto frames = read_clip(folder / "clip.mp4");
        ASSERT_EQ(frames.size(), 9U);
        for (int i = 0; i < 9; ++i) {
            const auto at = std::chrono::microseconds(std::llround(1e6 * i / fps));
            EXPECT_EQ(frames[std::size_t(i)].at, at) << fps << " fps, frame " << i;
        }
    }
}

TEST(VideoReader, FailsOnWhatIsNoVideo) {
    const Scratch folder;
    std::ofstream(folder / "text.mp4") << "Words.";
    EXPECT_FALSE(VideoReader::open(folder / "text.mp4").has_value());
    EXPECT_FALSE(VideoReader::open(folder / "missing.mp4").has_value());
}

TEST(VideoReader, EndsOrFailsOnAFileCutShort) {
    const Scratch folder;
    ASSERT_TRUE(write_clip(folder / "clip.mp4", small_settings(), 12).has_value());
    const auto whole = std::filesystem::file_size(folder / "clip.mp4");
    std::filesystem::resize_file(folder / "clip.mp4", whole * 3 / 4);
    auto reader = VideoReader::open(folder / "clip.mp4");
    if (!reader) return;
    int frames = 0;
    for (;;) {
        const auto frame = (*reader)->next();
        if (!frame || !*frame) break;
        ASSERT_LT(++frames, 12);
    }
}

}  // namespace
}  // namespace kinora::media
