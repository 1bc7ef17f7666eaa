// tests/unit/media/splice_test.cpp: clips joined without encoding, looked at packet by packet.
#include "media/splice.hpp"

#include "strange.hpp"

#include "media/boxed_video.hpp"
#include "media/input.hpp"
#include "media/sound.hpp"

#include <cmath>

namespace kinora::media {
namespace {

struct Packet {
    std::int64_t pts, dts, duration;
    std::string bytes;
};

std::vector<Packet> packets_of(const std::filesystem::path& path, AVMediaType kind) {
    std::vector<Packet> all;
    const auto input = open_input(path);
    EXPECT_TRUE(input.has_value());
    const auto packet = make_packet();
    while (input && av_read_frame(input->file.get(), packet.get()) >= 0) {
        const auto& stream = *input->file->streams[packet->stream_index];
        if (stream.codecpar->codec_type == kind) {
            all.push_back({packet->pts,
                           packet->dts,
                           packet->duration,
                           {reinterpret_cast<char*>(packet->data), std::size_t(packet->size)}});
        }
        av_packet_unref(packet.get());
    }
    return all;
}

Sound tone(int frames, double hertz) {
    Sound sound;
    for (int i = 0; i < frames; ++i) {
        const auto value = float(0.4 * std::sin(2 * M_PI * hertz * i / kSoundRate));
        sound.samples.insert(sound.samples.end(), {value, -value});
    }
    return sound;
}

// A clip with as much sound as pictures, given in pieces of a frame's length.
void write_sounding_clip(const std::filesystem::path& path, int frames) {
    auto settings = small_settings();
    settings.with_sound = true;
    auto writer = VideoWriter::open(path, settings);
    ASSERT_TRUE(writer.has_value());
    const auto sound = tone(frames * kSoundRate / 24, 440);
    for (int i = 0; i < frames; ++i) {
        ASSERT_TRUE((*writer)->add(drawn(320, 176, i)).has_value());
        const std::size_t piece = 2 * kSoundRate / 24;
        ASSERT_TRUE((*writer)
                        ->add_sound(std::span(sound.samples).subspan(std::size_t(i) * piece, piece))
                        .has_value());
    }
    ASSERT_TRUE((*writer)->finish().has_value());
}

TEST(Splice, AppendsFiveTimesAndLeavesTheFirstAsItWas) {
    const Scratch folder;
    ASSERT_TRUE(write_clip(folder / "whole.mp4", small_settings(), 60).has_value());
    const auto first = packets_of(folder / "whole.mp4", AVMEDIA_TYPE_VIDEO);
    std::size_t count = first.size();
    ASSERT_EQ(count, 60U);
    for (const int more : {24, 1, 30, 2, 60}) {
        ASSERT_TRUE(write_clip(folder / "more.mp4", small_settings(), more).has_value());
        const auto facts =
            append_clip(folder / "whole.mp4", folder / "more.mp4", folder / "next.mp4");
        ASSERT_TRUE(facts.has_value()) << facts.error().detail();
        ASSERT_TRUE(facts->has_value());
        count += std::size_t(more);
        EXPECT_EQ((*facts)->frame_count, std::int64_t(count));
        std::filesystem::rename(folder / "next.mp4", folder / "whole.mp4");

        const auto probed = probe(folder / "whole.mp4");
        ASSERT_TRUE(probed.has_value());
        EXPECT_EQ(probed->video.frame_count, std::int64_t(count));
        EXPECT_EQ(probed->video.fps, 24);
        EXPECT_EQ(probed->video.duration, (*facts)->duration);
        EXPECT_EQ(probed->video.duration.count(), std::lround(double(count) * 1e6 / 24));
        EXPECT_TRUE(probed->index_first);
        const auto packets = packets_of(folder / "whole.mp4", AVMEDIA_TYPE_VIDEO);
        ASSERT_EQ(packets.size(), count);
        for (std::size_t i = 0; i < first.size(); ++i) {
            ASSERT_EQ(packets[i].bytes, first[i].bytes) << i;
            ASSERT_EQ(packets[i].pts, first[i].pts) << i;
            ASSERT_EQ(packets[i].dts, first[i].dts) << i;
        }
        for (std::size_t i = 1; i < packets.size(); ++i) {
            ASSERT_EQ(packets[i].dts, packets[i - 1].dts + 512) << i;
        }
    }
    const auto frames = read_clip(folder / "whole.mp4");
    ASSERT_EQ(frames.size(), count);
    for (std::size_t i = 0; i < count; ++i) {
        EXPECT_EQ(frames[i].at.count(), std::lround(double(i) * 1e6 / 24)) << i;
    }
    // The second one's first frame, decoded: a moving disc that starts anew.
    EXPECT_GT(psnr(frames[60].picture, drawn(320, 176, 0), 0), 30);
    EXPECT_GT(psnr(frames[59].picture, drawn(320, 176, 59), 0), 30);
}

TEST(Splice, KeepsTheSoundOfTheFirst) {
    const Scratch folder;
    write_sounding_clip(folder / "first.mp4", 48);
    write_sounding_clip(folder / "more.mp4", 24);
    const auto facts = append_clip(folder / "first.mp4", folder / "more.mp4", folder / "out.mp4");
    ASSERT_TRUE(facts.has_value() && facts->has_value());
    EXPECT_EQ((*facts)->frame_count, 72);
    const auto before = packets_of(folder / "first.mp4", AVMEDIA_TYPE_AUDIO);
    const auto after = packets_of(folder / "out.mp4", AVMEDIA_TYPE_AUDIO);
    ASSERT_FALSE(before.empty());
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(before[i].bytes, after[i].bytes);
        EXPECT_EQ(before[i].pts, after[i].pts);
    }
    EXPECT_EQ(read_clip(folder / "out.mp4").size(), 72U);
}

TEST(Splice, RefusesClipsThatDoNotGoTogether) {
    const Scratch folder;
    ASSERT_TRUE(write_clip(folder / "first.mp4", small_settings(), 12).has_value());
    VideoSettings others[] = {small_settings(), small_settings(), small_settings()};
    others[0].width = 304;
    others[1].fps = 25;
    others[2].preset = "ultrafast";
    for (const auto& settings : others) {
        ASSERT_TRUE(write_clip(folder / "other.mp4", settings, 3).has_value());
        const auto facts =
            append_clip(folder / "first.mp4", folder / "other.mp4", folder / "out.mp4");
        ASSERT_TRUE(facts.has_value());
        EXPECT_FALSE(facts->has_value());
        EXPECT_FALSE(std::filesystem::exists(folder / "out.mp4"));
    }
    EXPECT_FALSE(append_clip(folder / "first.mp4", folder / "gone.mp4", folder / "out.mp4"));
    EXPECT_FALSE(append_clip(folder / "first.mp4", folder / "first.mp4", folder / "no/out.mp4"));
    EXPECT_FALSE(std::filesystem::exists(folder / "out.mp4"));
}

TEST(VideoWriterSound, CanBeHeardInTime) {
    const Scratch folder;
    write_sounding_clip(folder / "clip.mp4", 48);
    const auto probed = probe(folder / "clip.mp4");
    ASSERT_TRUE(probed.has_value());
    EXPECT_EQ(probed->video.frame_count, 48);
    EXPECT_EQ(probed->video.duration, std::chrono::seconds(2));
    EXPECT_TRUE(probed->index_first);

    const auto file = InputFile::open(folder / "clip.mp4");
    VideoLimits limits;
    limits.with_sound = true;
    auto video = BoxedVideo::open(box(), *file, limits);
    ASSERT_TRUE(video.has_value());
    EXPECT_EQ((*video)->facts().sound_codec, "aac");
    std::size_t pictures = 0;
    for (;;) {
        const auto picture = (*video)->next();
        ASSERT_TRUE(picture.has_value());
        if (!*picture) break;
        ++pictures;
    }
    EXPECT_EQ(pictures, 48U);
    const auto heard = (*video)->take_sound();
    const auto expected = tone(2 * kSoundRate, 440);
    EXPECT_NEAR(double(heard.frame_count()), 2 * kSoundRate, 1);
    double error = 0;
    const std::size_t from = 4096, to = 180'000;
    for (auto i = from; i < to; ++i) {
        error += std::abs(double(heard.samples[i]) - double(expected.samples[i]));
    }
    EXPECT_LT(error / double(to - from), 0.02);  // In phase: the encoder's delay is taken off.
}

TEST(VideoWriterSound, WritesTheSameBytesTwiceAndOnlyWhereAskedFor) {
    const Scratch folder;
    write_sounding_clip(folder / "one.mp4", 24);
    write_sounding_clip(folder / "two.mp4", 24);
    EXPECT_EQ(bytes_of(folder / "one.mp4"), bytes_of(folder / "two.mp4"));

    auto writer = VideoWriter::open(folder / "mute.mp4", small_settings());
    ASSERT_TRUE(writer.has_value());
    ASSERT_TRUE((*writer)->add(drawn(320, 176, 0)).has_value());
    EXPECT_FALSE((*writer)->add_sound(tone(10, 440).samples).has_value());
    EXPECT_TRUE((*writer)->finish().has_value());
}

}  // namespace
}  // namespace kinora::media
