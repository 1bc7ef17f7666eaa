// tests/unit/media/still_test.cpp: pictures of all formats, by their numbers.
#include "media/still.hpp"

#include "strange.hpp"

namespace kinora::media {
namespace {

struct Case {
    const char* name;
    const char* options;
    int tolerance;
    bool alpha;
};

TEST(Still, ReadsEachFormat) {
    const Case cases[] = {
        {"a.png", "-pix_fmt rgba", 0, true},
        {"b.png", "-pix_fmt rgb24", 0, false},
        {"c.png", "-pix_fmt rgba64be", 1, true},
        {"d.png", "-pix_fmt rgb48be", 0, false},
        {"e.png", "-pix_fmt rgba -flags ildct", 0, true},
        {"a.bmp", "-pix_fmt bgr24", 0, false},
        {"b.bmp", "-pix_fmt bgra", 0, true},
        {"a.jpg", "-pix_fmt yuvj444p -q:v 1", 6, false},
        {"b.jpg", "-pix_fmt yuvj420p -q:v 1", 6, false},
        {"a.webp", "-c:v libwebp -lossless 1 -pix_fmt bgra", 0, true},
        {"b.webp", "-c:v libwebp -q:v 95 -pix_fmt yuv420p", 14, false},
        {"c.webp", "-c:v libwebp -q:v 95 -pix_fmt yuva420p", 14, true},
    };
    const Scratch folder;
    for (const auto& row : cases) {
        ASSERT_TRUE(make_still(folder, row.name, 64, 48, row.options)) << row.name;
        const auto still = decode_file(folder / row.name);
        ASSERT_TRUE(still.has_value()) << row.name << still.error().detail();
        EXPECT_EQ(still->width, 64) << row.name;
        EXPECT_EQ(still->height, 48) << row.name;
        EXPECT_EQ(still->has_alpha, row.alpha) << row.name;
        for (const bool right : {false, true}) {
            for (const bool lower : {false, true}) {
                const auto seen = pixel(*still, right ? 48 : 16, lower ? 36 : 12);
                EXPECT_LE(distance(seen, quarter(right, lower), row.alpha ? 4 : 3), row.tolerance)
                    << row.name << right << lower;
                EXPECT_TRUE(row.alpha || seen[3] == 255) << row.name;
            }
        }
    }
}

TEST(Still, ReadsGreyAndPalettes) {
    const Scratch folder;
    for (const char* format : {"gray", "gray16be", "ya8", "ya16be", "monob"}) {
        ASSERT_TRUE(make_still(folder, "a.png", 64, 48, std::string("-pix_fmt ") + format));
        const auto still = decode_file(folder / "a.png");
        ASSERT_TRUE(still.has_value()) << format;
        const auto dark = pixel(*still, 16, 36), light = pixel(*still, 48, 36);
        EXPECT_EQ(dark[0], dark[1]) << format;
        EXPECT_EQ(dark[0], dark[2]) << format;
        EXPECT_GT(light[0], dark[0] + 150) << format;
    }
    const std::string palette =
        "-filter_complex '[0]split[a][b];[a]palettegen[p];[b][p]paletteuse' ";
    for (const char* name : {"a.png", "a.gif"}) {
        ASSERT_TRUE(make_still(folder, name, 64, 48, palette));
        const auto still = decode_file(folder / name);
        ASSERT_TRUE(still.has_value()) << name;
        EXPECT_LE(distance(pixel(*still, 16, 12), quarter(false, false)), 8) << name;
        EXPECT_LE(distance(pixel(*still, 48, 12), quarter(true, false)), 8) << name;
    }
}

TEST(Still, ReadsTheFirstFrameOfAGif) {
    const Scratch folder;
    ASSERT_TRUE(
        ffmpeg("-f lavfi -i color=red:s=40x30:r=5:d=1 -f lavfi -i color=blue:s=40x30:r=5:d=1 "
               "-filter_complex [0][1]concat " +
               (folder / "a.gif").string()));
    const auto still = decode_file(folder / "a.gif");
    ASSERT_TRUE(still.has_value());
    EXPECT_LE(distance(pixel(*still, 20, 15), {255, 0, 0, 255}), 60);
}

TEST(Still, ReadsAvifWhereFfmpegCan) {
    const Scratch folder;
    if (!make_still(folder, "a.avif", 64, 48,
                    "-c:v libaom-av1 -still-picture 1 -pix_fmt yuv444p")) {
        GTEST_SKIP() << "this ffmpeg writes no AVIF";
    }
    const auto still = decode_file(folder / "a.avif");
    ASSERT_TRUE(still.has_value()) << still.error().detail();
    EXPECT_LE(distance(pixel(*still, 16, 12), quarter(false, false)), 12);
}

// Made once with ImageMagick, which writes what FFmpeg does not.
TEST(Still, ReadsCmykAndProgressiveJpegs) {
    for (const char* name : {"cmyk.jpg", "progressive.jpg", "grey.jpg"}) {
        const auto still = decode_file(std::filesystem::path(KINORA_GOLDEN_MEDIA) / name);
        ASSERT_TRUE(still.has_value()) << name << still.error().detail();
        EXPECT_FALSE(still->has_alpha);
        EXPECT_EQ(still->width, 32);
        auto expected = Pixel{220, 30, 10, 255};
        if (std::string(name) == "grey.jpg") expected = {69, 69, 69, 255};
        EXPECT_LE(distance(pixel(*still, 8, 8), expected), 12) << name;
    }
}

std::string with_exif(const std::string& jpeg, int orientation, bool little) {
    std::string tiff = little ? std::string("II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 18)
                              : std::string("MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01", 18);
    const char value = static_cast<char>(orientation);
    tiff += little ? std::string({value, 0, 0, 0}) : std::string({0, value, 0, 0});
    tiff += std::string(4, '\0');
    const auto body = std::string("Exif\0\0", 6) + tiff;
    const char length = static_cast<char>(body.size() + 2);
    return jpeg.substr(0, 2) + std::string("\xff\xe1\0", 3) + length + body + jpeg.substr(2);
}

TEST(Still, PutsUprightWhatACameraLaidDown) {
    const Scratch folder;
    ASSERT_TRUE(make_still(folder, "a.jpg", 64, 48, "-pix_fmt yuvj444p -q:v 1"));
    const auto jpeg = bytes_of(folder / "a.jpg");
    // Which quarters come out as the upper left and the upper right one: {right, lower}.
    const bool corners[8][2][2] = {{{false, false}, {true, false}}, {{true, false}, {false, false}},
                                   {{true, true}, {false, true}},   {{false, true}, {true, true}},
                                   {{false, false}, {false, true}}, {{false, true}, {false, false}},
                                   {{true, true}, {true, false}},   {{true, false}, {true, true}}};
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const auto still = decode_bytes(with_exif(jpeg, orientation, orientation % 2 == 0));
        ASSERT_TRUE(still.has_value()) << orientation;
        EXPECT_EQ(still->width, orientation >= 5 ? 48 : 64) << orientation;
        EXPECT_EQ(still->height, orientation >= 5 ? 64 : 48) << orientation;
        const auto& [left, right] = corners[orientation - 1];
        EXPECT_LE(distance(pixel(*still, 12, 12), quarter(left[0], left[1]), 3), 6) << orientation;
        EXPECT_LE(distance(pixel(*still, still->width - 12, 12), quarter(right[0], right[1]), 3), 6)
            << orientation;
    }
}

TEST(Still, ShrinksInTheBoxAsFarAsItStillCovers) {
    const Scratch folder;
    ASSERT_TRUE(make_still(folder, "a.png", 640, 480, "-pix_fmt rgba"));
    StillLimits limits;
    limits.cover_width = 100;
    limits.cover_height = 90;
    const auto still = decode_file(folder / "a.png", limits);
    ASSERT_TRUE(still.has_value());
    EXPECT_EQ(still->width, 120);
    EXPECT_EQ(still->height, 90);
    EXPECT_LE(distance(pixel(*still, 30, 20), quarter(false, false)), 1);
    EXPECT_LE(distance(pixel(*still, 90, 70), quarter(true, true)), 1);

    limits.cover_width = 2000;  // Never up.
    EXPECT_EQ(decode_file(folder / "a.png", limits)->width, 640);
}

TEST(Still, RefusesWhatIsNoPictureAndSaysWhy) {
    const Scratch folder;
    ASSERT_TRUE(write_clip(folder / "clip.mp4", small_settings(), 3).has_value());
    ASSERT_TRUE(ffmpeg("-f lavfi -i sine=d=0.2 -c:a aac " + (folder / "a.m4a").string()));
    ASSERT_TRUE(ffmpeg("-f lavfi -i sine=d=0.2 " + (folder / "a.wav").string()));
    write_bytes(folder / "a.txt", "hello, this is a text");
    write_bytes(folder / "a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    write_bytes(folder / "empty", "");
    const std::pair<const char*, const char*> rows[] = {
        {"clip.mp4", "The file is a video, not a picture."},
        {"a.m4a", "The file has sound, but no picture."},
        {"a.wav", "The file has sound, but no picture."},
        {"a.txt", "The file is in no format that can be read here."},
        {"a.svg", "The file is in no format that can be read here."},
        {"empty", "The file is in no format that can be read here."},
    };
    for (const auto& [name, message] : rows) {
        const auto still = decode_file(folder / name);
        ASSERT_FALSE(still.has_value()) << name;
        EXPECT_EQ(still.error().code(), ErrorCode::bad_request) << name;
        EXPECT_EQ(still.error().message(), message) << name;
    }
}

TEST(Still, RefusesWhatIsTooLarge) {
    const Scratch folder;
    ASSERT_TRUE(make_still(folder, "a.png", 64, 48, "-pix_fmt rgb24"));
    StillLimits limits;
    limits.pixels_max = 3000;
    EXPECT_EQ(decode_file(folder / "a.png", limits).error().message(),
              "The file is larger than 3000 pixels.");
    limits.pixels_max = 64 * 48;
    EXPECT_TRUE(decode_file(folder / "a.png", limits).has_value());
    limits.file_bytes_max = 20;
    EXPECT_EQ(decode_file(folder / "a.png", limits).error().message(),
              "The file is larger than 20 bytes.");

    auto bomb = bytes_of(folder / "a.png");
    bomb.replace(16, 8, std::string("\0\1\x86\xa0\0\1\x86\xa0", 8));
    EXPECT_EQ(decode_bytes(bomb).error().message(), "The file is larger than 64000000 pixels.");
}

}  // namespace
}  // namespace kinora::media
