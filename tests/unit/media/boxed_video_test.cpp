// tests/unit/media/boxed_video_test.cpp: videos of all kinds, by their numbers.
#include "media/boxed_video.hpp"

#include "strange.hpp"

namespace kinora::media {
namespace {

VideoLimits limits_at(int num, int den = 1) {
    VideoLimits limits;
    limits.fps = {num, den};
    return limits;
}

struct Whole {
    SourceFacts facts;
    std::vector<Picture> pictures;
    Sound sound;
    std::optional<Error> error;
};

Whole decode(const std::filesystem::path& path, const VideoLimits& limits = {}) {
    Whole whole;
    const auto file = InputFile::open(path);
    EXPECT_TRUE(file.has_value()) << path;
    if (!file) return whole;
    auto video = BoxedVideo::open(box(), *file, limits);
    if (!video) {
        whole.error = video.error();
        return whole;
    }
    whole.facts = (*video)->facts();
    for (;;) {
        auto picture = (*video)->next();
        if (!picture) whole.error = picture.error();
        if (!picture || !*picture) break;
        EXPECT_EQ((*picture)->width(), (*video)->width());
        EXPECT_EQ((*picture)->height(), (*video)->height());
        whole.pictures.push_back(std::move(**picture));
        auto sound = (*video)->take_sound();
        whole.sound.samples.insert(whole.sound.samples.end(), sound.samples.begin(),
                                   sound.samples.end());
    }
    return whole;
}

int luma(const Picture& picture, int x, int y) {
    const auto plane = picture.plane(0);
    return plane.data[y * plane.stride + x];
}

std::array<int, 3> yuv(const Picture& picture, int x, int y) {
    std::array<int, 3> values{};
    for (int i = 0; i < 3; ++i) {
        const auto plane = picture.plane(i);
        values[std::size_t(i)] =
            plane.data[(i == 0 ? y : y / 2) * plane.stride + (i == 0 ? x : x / 2)];
    }
    return values;
}

int distance(const std::array<int, 3>& one, const std::array<int, 3>& other) {
    int most = 0;
    for (std::size_t i = 0; i < 3; ++i) most = std::max(most, std::abs(one[i] - other[i]));
    return most;
}

// ITU-R BT.709-6 in limited range, of 8-bit RGB.
std::array<int, 3> bt709(double r, double g, double b) {
    const double y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    return {int(std::lround(16 + 219 * y / 255)),
            int(std::lround(128 + 224 * (b - y) / 1.8556 / 255)),
            int(std::lround(128 + 224 * (r - y) / 1.5748 / 255))};
}

TEST(BoxedVideo, GivesBackWhatWeWrote) {
    const Scratch folder;
    ASSERT_TRUE(write_clip(folder / "clip.mp4", small_settings(), 30).has_value());
    const auto whole = decode(folder / "clip.mp4", limits_at(24));
    ASSERT_FALSE(whole.error) << whole.error->detail();
    EXPECT_EQ(whole.facts.width, 320);
    EXPECT_EQ(whole.facts.height, 176);
    EXPECT_EQ(whole.facts.fps.num, 24);
    EXPECT_EQ(whole.facts.fps.den, 1);
    EXPECT_EQ(whole.facts.frame_count, 30);
    EXPECT_EQ(whole.facts.duration.count(), 1'250'000);
    EXPECT_EQ(whole.facts.video_codec, "h264");
    EXPECT_FALSE(whole.facts.has_sound);
    const auto direct = read_clip(folder / "clip.mp4");
    ASSERT_EQ(whole.pictures.size(), 30U);
    ASSERT_EQ(direct.size(), 30U);
    for (std::size_t i = 0; i < 30; ++i) {
        for (int plane = 0; plane < 3; ++plane) {
            EXPECT_EQ(psnr(whole.pictures[i], direct[i].picture, plane), 100) << i;
        }
    }
}

TEST(BoxedVideo, ReadsEachCodecAndContainer) {
    const std::pair<const char*, const char*> rows[] = {
        {"a.mp4", "-c:v libx264 -pix_fmt yuv420p"},
        {"a.mov", "-c:v libx264 -pix_fmt yuv422p"},
        {"a.mkv", "-c:v libx264 -pix_fmt yuv420p10le"},
        {"b.mp4", "-c:v libx265 -pix_fmt yuv420p10le -x265-params log-level=none"},
        {"a.webm", "-c:v libvpx -b:v 1M"},
        {"b.webm", "-c:v libvpx-vp9 -b:v 1M -cpu-used 8"},
        {"c.webm", "-c:v libaom-av1 -cpu-used 8 -b:v 1M"},
        {"c.mp4", "-c:v libsvtav1 -preset 12"},
    };
    const Scratch folder;
    int read = 0;
    for (const auto& [name, options] : rows) {
        if (!ffmpeg("-f lavfi -i color=0x2060c0:s=128x96:r=12:d=0.5 " + std::string(options) +
                    " -colorspace bt709 -color_range tv -vf scale=out_color_matrix=bt709 " +
                    (folder / name).string())) {
            continue;  // This build has no such encoder.
        }
        ++read;
        const auto whole = decode(folder / name, limits_at(12));
        ASSERT_FALSE(whole.error) << name << whole.error->detail();
        EXPECT_EQ(whole.pictures.size(), 6U) << name;
        EXPECT_EQ(whole.facts.width, 128) << name;
        EXPECT_LE(distance(yuv(whole.pictures.back(), 64, 48), bt709(0x20, 0x60, 0xc0)), 5) << name;
    }
    EXPECT_GE(read, 4);
}

// Untagged and small: the colours of old video, which are not those of our pictures.
TEST(BoxedVideo, ConvertsColours) {
    const Scratch folder;
    const char* rows[] = {
        "-pix_fmt yuv420p",                                                         // BT.601
        "-pix_fmt yuvj420p -color_range pc",                                        // Full range
        "-pix_fmt yuv444p -vf scale=out_color_matrix=bt709 -colorspace bt709",      // 4:4:4
        "-pix_fmt yuv420p10le -vf scale=out_color_matrix=bt709 -colorspace bt709",  // 10 bits
        "-c:v libx264rgb -pix_fmt rgb24",
    };
    for (const char* options : rows) {
        ASSERT_TRUE(ffmpeg("-f lavfi -i color=0xd02818:s=128x96:r=5:d=0.4 -c:v libx264 -qp 1 " +
                           std::string(options) + " " + (folder / "a.mp4").string()))
            << options;
        const auto whole = decode(folder / "a.mp4", limits_at(5));
        ASSERT_FALSE(whole.error) << options << whole.error->detail();
        ASSERT_EQ(whole.pictures.size(), 2U);
        EXPECT_LE(distance(yuv(whole.pictures[0], 64, 48), bt709(0xd0, 0x28, 0x18)), 3) << options;
    }
}

TEST(BoxedVideo, TurnsShapesAndFits) {
    struct Case {
        const char* source;
        const char* options;
        int fit_width, fit_height;
        int shown_width, shown_height, width, height;
    };
    const Case rows[] = {
        {"101x75", "-c:v libx264 -pix_fmt yuv444p", 1920, 1088, 101, 75, 100, 74},
        {"320x240", "", 160, 160, 320, 240, 160, 120},
        {"320x240", "-vf setsar=2/1", 1920, 1088, 640, 240, 640, 240},
        {"320x240", "-vf setsar=2/1", 200, 1088, 640, 240, 200, 76},
        {"640x32", "", 64, 64, 640, 32, 64, 16},
    };
    const Scratch folder;
    for (const auto& row : rows) {
        ASSERT_TRUE(ffmpeg(std::string("-f lavfi -i testsrc=r=5:d=0.4:s=") + row.source +
                           " -pix_fmt yuv420p " + row.options + " " + (folder / "a.mp4").string()));
        auto limits = limits_at(5);
        limits.fit_width = row.fit_width;
        limits.fit_height = row.fit_height;
        const auto whole = decode(folder / "a.mp4", limits);
        ASSERT_FALSE(whole.error) << row.source << whole.error->detail();
        EXPECT_EQ(whole.facts.width, row.shown_width) << row.source;
        EXPECT_EQ(whole.facts.height, row.shown_height) << row.source;
        ASSERT_EQ(whole.pictures.size(), 2U);
        EXPECT_EQ(whole.pictures[0].width(), row.width) << row.source << row.fit_width;
        EXPECT_EQ(whole.pictures[0].height(), row.height) << row.source << row.fit_width;
    }
}

// Bright on the left: turned by the flag, that side is elsewhere.
TEST(BoxedVideo, AppliesTheRotationFlag) {
    const Scratch folder;
    ASSERT_TRUE(
        ffmpeg("-f lavfi -i color=black:s=96x64:r=5:d=0.4 -vf "
               "drawbox=x=0:y=0:w=48:h=64:c=white:t=fill -pix_fmt yuv420p " +
               (folder / "plain.mp4").string()));
    // ffmpeg's number is counterclockwise, and a metadata tag.
    const std::pair<const char*, std::array<int, 4>> rows[] = {
        {"90", {32, 80, 32, 16}}, {"180", {80, 32, 16, 32}}, {"270", {32, 16, 32, 80}}};
    for (const auto& [turn, at] : rows) {
        ASSERT_TRUE(ffmpeg("-i " + (folder / "plain.mp4").string() +
                           " -c copy -metadata:s:v rotate=" + turn + " " +
                           (folder / "a.mp4").string()));
        const auto whole = decode(folder / "a.mp4", limits_at(5));
        ASSERT_FALSE(whole.error);
        const bool lying = std::string(turn) != "180";
        ASSERT_FALSE(whole.pictures.empty());
        if (lying && whole.facts.width == 96) GTEST_SKIP() << "this ffmpeg sets no flag that way";
        EXPECT_EQ(whole.facts.width, lying ? 64 : 96) << turn;
        EXPECT_EQ(whole.pictures[0].height(), lying ? 96 : 64) << turn;
        const int one = luma(whole.pictures[0], at[0], at[1]);
        const int other = luma(whole.pictures[0], at[2], at[3]);
        EXPECT_EQ(std::max(one, other), 235) << turn;
        EXPECT_EQ(std::min(one, other), 16) << turn;
        EXPECT_TRUE(lying || one > other);
    }
}

TEST(BoxedVideo, LaysAlphaOverBlack) {
    const Scratch folder;
    for (const char* codec : {"libvpx-vp9", "libvpx"}) {
        ASSERT_TRUE(ffmpeg("-f lavfi -i color=white@0.5:s=64x64:r=5:d=0.4,format=yuva420p -c:v " +
                           std::string(codec) + " -b:v 1M -auto-alt-ref 0 " +
                           (folder / "a.webm").string()));
        const auto whole = decode(folder / "a.webm", limits_at(5));
        ASSERT_FALSE(whole.error) << whole.error->detail();
        ASSERT_EQ(whole.pictures.size(), 2U);
        EXPECT_NEAR(luma(whole.pictures[0], 32, 32), 16 + 219 / 2, 4) << codec;
    }
}

// Frame n of the source has luma 20 + 4n; which one is seen when shows in the pictures.
TEST(BoxedVideo, ResamplesToTheRateAskedFor) {
    const Scratch folder;
    ASSERT_TRUE(
        ffmpeg("-f lavfi -i nullsrc=s=64x64:r=30:d=1,format=yuv420p,geq=lum=20+4*N:cb=128:cr=128 "
               "-c:v libx264 -qp 4 " +
               (folder / "a.mp4").string()));
    const struct {
        int num, den;
        std::size_t count;
    } rows[] = {{30, 1, 30}, {24, 1, 24}, {15, 1, 15}, {60, 1, 60}, {30000, 1001, 30}, {1, 2, 1}};
    for (const auto& row : rows) {
        const auto whole = decode(folder / "a.mp4", limits_at(row.num, row.den));
        ASSERT_FALSE(whole.error);
        ASSERT_EQ(whole.pictures.size(), row.count) << row.num;
        for (std::size_t k = 0; k < row.count; ++k) {
            const double at = double(k) * row.den / row.num * 30;
            const double seen = (luma(whole.pictures[k], 32, 32) - 20) / 4.0;
            EXPECT_NEAR(seen, std::min(at, 29.0), 0.8) << row.num << "/" << row.den << " " << k;
        }
    }
}

TEST(BoxedVideo, KeepsTimeWhereFramesComeWhenTheyLike) {
    const Scratch folder;
    // Frames 0 to 9 at 0, 0.1 ... 0.4 and then 1.0, 1.2 ... 1.8.
    ASSERT_TRUE(
        ffmpeg("-f lavfi -i nullsrc=s=64x64:r=10:d=1,format=yuv420p,geq=lum=20+20*N:cb=128:cr=128 "
               "-vf 'settb=1/1000,setpts=if(lt(N\\,5)\\,N*0.1\\,(N-5)*0.2+1)/TB' -vsync vfr "
               "-enc_time_base 1/1000 "
               "-c:v libx264 -bf 2 -qp 4 " +
               (folder / "a.mkv").string()));
    const auto whole = decode(folder / "a.mkv", limits_at(10));
    ASSERT_FALSE(whole.error) << whole.error->detail();
    const int expected[] = {0, 1, 2, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 7, 8, 8, 9};
    ASSERT_GE(whole.pictures.size(), 19U);
    EXPECT_LE(whole.pictures.size(), 20U);
    for (std::size_t k = 0; k < 19; ++k) {
        const double at = double(k) / 10;
        const int seen = int(std::lround((luma(whole.pictures[k], 32, 32) - 20) / 20.0));
        const auto when = [](int n) { return n < 5 ? n * 0.1 : (n - 5) * 0.2 + 1; };
        EXPECT_LE(std::abs(when(seen) - at), std::abs(when(expected[k]) - at) + 0.002) << k;
    }
}

TEST(BoxedVideo, GivesTheSoundThatBelongsToThePictures) {
    const Scratch folder;
    const std::pair<const char*, const char*> rows[] = {
        {"a.mp4", "-c:v libx264 -c:a aac -ac 2 -ar 44100"},
        {"a.mov", "-c:v libx264 -c:a pcm_s16le -ac 1 -ar 8000"},
        {"a.webm", "-c:v libvpx -b:v 1M -c:a libopus -ac 2"},
        {"a.mkv", "-c:v libx264 -c:a flac -ac 6"},
    };
    for (const auto& [name, options] : rows) {
        // Half a second of silence, then a tone.
        ASSERT_TRUE(
            ffmpeg("-f lavfi -i testsrc=s=64x48:r=24:d=2 -f lavfi -i "
                   "aevalsrc='0.5*sin(2*PI*440*t)*gte(t\\,0.5)':d=3 -pix_fmt yuv420p " +
                   std::string(options) + " " + (folder / name).string()))
            << name;
        auto limits = limits_at(24);
        limits.with_sound = true;
        const auto whole = decode(folder / name, limits);
        ASSERT_FALSE(whole.error) << name << whole.error->detail();
        EXPECT_TRUE(whole.facts.has_sound);
        // The file's length is the sound's; the pictures are 48, or its last one stays.
        EXPECT_GE(whole.pictures.size(), 48U) << name;
        EXPECT_NEAR(double(whole.sound.frame_count()), double(whole.pictures.size()) * 2000, 2000)
            << name;
        std::int64_t start = 0;
        while (start < whole.sound.frame_count() &&
               std::abs(whole.sound.samples[std::size_t(start) * 2]) < 0.1) {
            ++start;
        }
        EXPECT_NEAR(double(start), 24000, 500) << name;
        limits.with_sound = false;
        EXPECT_TRUE(decode(folder / name, limits).sound.empty());
    }
}

TEST(BoxedVideo, RefusesAndSaysWhy) {
    const Scratch folder;
    ASSERT_TRUE(make_still(folder, "a.png", 64, 48));
    ASSERT_TRUE(ffmpeg("-f lavfi -i sine=d=0.2 -c:a aac " + (folder / "a.m4a").string()));
    ASSERT_TRUE(ffmpeg("-f lavfi -i testsrc=s=64x48:r=2:d=4 -pix_fmt yuv420p " +
                       (folder / "a.mp4").string()));
    ASSERT_TRUE(
        ffmpeg("-f lavfi -i testsrc=s=64x48:r=5:d=1 -c:v mpeg4 " + (folder / "b.mp4").string()));
    write_bytes(folder / "a.m3u8", "#EXTM3U\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n");
    write_bytes(folder / "a.ffconcat", "ffconcat version 1.0\nfile a.mp4\n");
    write_bytes(folder / "half", bytes_of(folder / "a.mp4").substr(0, 200));
    auto limits = limits_at(5);
    limits.length_max = std::chrono::seconds(3);
    limits.side_max = 64;
    const auto refusal = [&](const char* name) {
        const auto whole = decode(folder / name, limits);
        if (!whole.error) return std::string("none");
        EXPECT_EQ(whole.error->code(), ErrorCode::bad_request) << name;
        return whole.error->message();
    };
    EXPECT_EQ(refusal("a.png"), "The file is a picture, not a video.");
    EXPECT_EQ(refusal("a.m4a"), "The file has sound, but no picture.");
    EXPECT_EQ(refusal("a.mp4"), "The file is longer than 3 seconds.");
    EXPECT_EQ(refusal("b.mp4"), "The file uses a codec that cannot be read here.");
    EXPECT_EQ(refusal("a.m3u8"), "The file is in no format that can be read here.");
    EXPECT_EQ(refusal("a.ffconcat"), "The file is in no format that can be read here.");
    EXPECT_EQ(refusal("half"), "The file could not be decoded.");
    limits.side_max = 63;
    EXPECT_EQ(refusal("a.mp4"), "The file is larger than 63 pixels on a side.");
}

TEST(BoxedVideo, HasRoomForTheLargestVideo) {
    const Scratch folder;
    ASSERT_TRUE(
        ffmpeg("-f lavfi -i color=gray:s=4096x4096:r=5:d=0.8 -c:v libx264 -preset ultrafast "
               "-pix_fmt yuv420p " +
               (folder / "a.mp4").string()));
    auto limits = limits_at(5);
    limits.fit_width = limits.fit_height = 256;
    const auto whole = decode(folder / "a.mp4", limits);
    ASSERT_FALSE(whole.error) << whole.error->detail();
    EXPECT_EQ(whole.pictures.size(), 4U);
}

TEST(BoxedVideo, MayBeLeftInTheMiddle) {
    const Scratch folder;
    ASSERT_TRUE(write_clip(folder / "clip.mp4", small_settings(), 60).has_value());
    const auto file = InputFile::open(folder / "clip.mp4");
    std::stop_source stop;
    auto video = BoxedVideo::open(box(), *file, {}, stop.get_token());
    ASSERT_TRUE(video.has_value());
    ASSERT_TRUE((*video)->next().has_value());
    stop.request_stop();
    const auto stopped = (*video)->next();
    ASSERT_FALSE(stopped.has_value());
    EXPECT_EQ(stopped.error().code(), ErrorCode::cancelled);
    EXPECT_EQ((*video)->next().error().code(), ErrorCode::cancelled);

    auto other = BoxedVideo::open(box(), *file);
    ASSERT_TRUE(other.has_value());
    other->reset();  // Ends the decoder.
}

}  // namespace
}  // namespace kinora::media
