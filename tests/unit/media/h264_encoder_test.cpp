// tests/unit/media/h264_encoder_test.cpp: what is refused, and how the stream is cut.
#include "media/h264_encoder.hpp"

#include "clip.hpp"

#include <algorithm>

namespace kinora::media {
namespace {

TEST(H264Encoder, RefusesSettingsOutOfRange) {
    const VideoSettings table[] = {
        {321, 176, 24, 20, "veryfast", 1},  {320, 175, 24, 20, "veryfast", 1},
        {14, 176, 24, 20, "veryfast", 1},   {320, 4098, 24, 20, "veryfast", 1},
        {0, 0, 24, 20, "veryfast", 1},      {-320, 176, 24, 20, "veryfast", 1},
        {320, 176, 0, 20, "veryfast", 1},   {320, 176, 121, 20, "veryfast", 1},
        {320, 176, 24, 0, "veryfast", 1},   {320, 176, 24, 52, "veryfast", 1},
        {320, 176, 24, 20, "no such", 1},   {320, 176, 24, 20, nullptr, 1},
        {320, 176, 24, 20, "veryfast", -1}, {320, 176, 24, 20, "veryfast", 65},
    };
    silence_ffmpeg();
    for (const auto& settings : table) {
        const auto encoder = H264Encoder::open(settings);
        ASSERT_FALSE(encoder.has_value());
        EXPECT_EQ(encoder.error().code(), ErrorCode::api_error);
        EXPECT_FALSE(encoder.error().message().empty());
        EXPECT_FALSE(encoder.error().detail().empty());
    }
}

TEST(H264Encoder, TakesTheSmallestAndTheLargestSides) {
    EXPECT_TRUE(H264Encoder::open({16, 16, 1, 51, "ultrafast", 1}).has_value());
    EXPECT_TRUE(H264Encoder::open({4096, 16, 120, 1, "ultrafast", 1}).has_value());
}

TEST(H264Encoder, RefusesAPictureOfAnotherSize) {
    auto encoder = H264Encoder::open(small_settings());
    ASSERT_TRUE(encoder.has_value());
    EXPECT_FALSE(encoder->send(Picture(176, 320), 0).has_value());
    EXPECT_FALSE(encoder->send(Picture(), 0).has_value());
}

TEST(H264Encoder, StartsAGroupEveryFiveSecondsAndReordersFrames) {
    auto settings = small_settings();
    settings.fps = 10;
    auto encoder = H264Encoder::open(settings);
    ASSERT_TRUE(encoder.has_value());

    std::vector<std::int64_t> keys;
    std::int64_t packets = 0;
    std::int64_t delay = 0;
    const auto packet = make_packet();
    const auto drain = [&] {
        for (;;) {
            const auto received = encoder->receive(*packet);
            ASSERT_TRUE(received.has_value());
            if (!*received) return;
            if ((packet->flags & AV_PKT_FLAG_KEY) != 0) keys.push_back(packet->pts);
            delay = std::max(delay, packet->pts - packet->dts);
            EXPECT_EQ(packet->duration, 1);
            ++packets;
        }
    };
    for (int i = 0; i < 120; ++i) {
        ASSERT_TRUE(encoder->send(drawn(320, 176, i), i).has_value());
        drain();
    }
    ASSERT_TRUE(encoder->end().has_value());
    drain();
    EXPECT_EQ(packets, 120);
    EXPECT_EQ(keys, (std::vector<std::int64_t>{0, 50, 100}));
    EXPECT_GT(delay, 0);  // There are B-frames, so the tests of timestamps mean something.
}

TEST(H264Encoder, IsHighWhateverThePreset) {
    for (const char* preset : {"ultrafast", "veryfast", "medium"}) {
        auto settings = small_settings();
        settings.preset = preset;
        const auto encoder = H264Encoder::open(settings);
        ASSERT_TRUE(encoder.has_value());
        // With global headers the bytes open with the first parameter set, a start code and its
        // type before it; the byte after that is the profile: 100 is High.
        const auto& context = encoder->context();
        ASSERT_GT(context.extradata_size, 5);
        EXPECT_EQ(context.extradata[4] & 0x1f, 7);
        EXPECT_EQ(context.extradata[5], 100) << preset;
    }
}

}  // namespace
}  // namespace kinora::media
