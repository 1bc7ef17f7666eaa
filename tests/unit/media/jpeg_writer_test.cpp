// tests/unit/media/jpeg_writer_test.cpp: a JPEG shows the colours that the video shows.
#include "clip.hpp"
#include "media/input.hpp"

#include <algorithm>
#include <array>

namespace kinora::media {
namespace {

using Color = std::array<double, 3>;  // Red, green, blue, 0..255.

// A flat picture in the colour, by ITU-R BT.709-6.
Picture flat(const Color& color) {
    const double luma = 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2];
    const double blue = (color[2] - luma) / 1.8556, red = (color[0] - luma) / 1.5748;
    const double values[] = {16 + luma * 219 / 255, 128 + blue * 224 / 255, 128 + red * 224 / 255};
    Picture picture(64, 48);
    for (int i = 0; i < 3; ++i) {
        const auto plane = picture.plane(i);
        const auto value = std::uint8_t(std::lround(values[i]));
        for (int y = 0; y < plane.height; ++y) {
            std::fill_n(plane.data + y * plane.stride, plane.width, value);
        }
    }
    return picture;
}

FramePtr decoded(const std::filesystem::path& path) {
    auto frame = make_frame();
    const auto input = open_input(path);
    EXPECT_TRUE(input.has_value());
    if (!input) return frame;
    const auto decoder = make_codec_context(avcodec_find_decoder(AV_CODEC_ID_MJPEG));
    EXPECT_GE(avcodec_open2(decoder.get(), decoder->codec, nullptr), 0);
    const auto packet = make_packet();
    EXPECT_GE(av_read_frame(input->file.get(), packet.get()), 0);
    EXPECT_GE(avcodec_send_packet(decoder.get(), packet.get()), 0);
    EXPECT_GE(avcodec_receive_frame(decoder.get(), frame.get()), 0);
    return frame;
}

// The pixel in the middle, as JFIF says: BT.601, full range.
Color middle(const AVFrame& frame) {
    const int x = frame.width / 2, y = frame.height / 2;
    const double luma = frame.data[0][y * frame.linesize[0] + x];
    const double blue = frame.data[1][y / 2 * frame.linesize[1] + x / 2] - 128.0;
    const double red = frame.data[2][y / 2 * frame.linesize[2] + x / 2] - 128.0;
    return {luma + 1.402 * red, luma - 0.344136 * blue - 0.714136 * red, luma + 1.772 * blue};
}

TEST(JpegWriter, KeepsColours) {
    const Scratch folder;
    const Color colors[] = {{0, 0, 0},     {255, 255, 255}, {128, 128, 128}, {200, 40, 30},
                            {30, 180, 50}, {40, 60, 210},   {250, 220, 20},  {90, 20, 120}};
    for (const auto& color : colors) {
        ASSERT_TRUE(write_jpeg(folder / "picture.jpg", flat(color), 95).has_value());
        const auto frame = decoded(folder / "picture.jpg");
        ASSERT_EQ(frame->width, 64);
        ASSERT_EQ(frame->height, 48);
        EXPECT_EQ(frame->color_range, AVCOL_RANGE_JPEG);
        const auto shown = middle(*frame);
        for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(shown[i], color[i], 4) << i;
    }
}

TEST(JpegWriter, KeepsShapes) {
    const Scratch folder;
    const auto picture = drawn(320, 176, 3);
    ASSERT_TRUE(write_jpeg(folder / "picture.jpg", picture, 92).has_value());
    const auto frame = decoded(folder / "picture.jpg");
    // Inside the disc and beside it; colour shifts luma by a few steps only.
    EXPECT_NEAR(frame->data[0][88 * frame->linesize[0] + 89], (220 - 16) * 255 / 219, 16);
    EXPECT_LT(frame->data[0][88 * frame->linesize[0] + 200], 170);
}

TEST(JpegWriter, GrowsWithQualityAndRepeatsItself) {
    const Scratch folder;
    const auto picture = drawn(320, 176, 0);
    std::uintmax_t before = 0;
    for (const int quality : {1, 30, 60, 90, 100}) {
        ASSERT_TRUE(write_jpeg(folder / "one.jpg", picture, quality).has_value());
        ASSERT_TRUE(write_jpeg(folder / "two.jpg", picture, quality).has_value());
        EXPECT_EQ(bytes_of(folder / "one.jpg"), bytes_of(folder / "two.jpg"));
        const auto size = std::filesystem::file_size(folder / "one.jpg");
        EXPECT_GT(size, before) << quality;
        before = size;
    }
}

TEST(JpegWriter, IsBaselineWithNothingBeside) {
    const Scratch folder;
    ASSERT_TRUE(write_jpeg(folder / "picture.jpg", drawn(64, 48, 0), 90).has_value());
    const auto bytes = bytes_of(folder / "picture.jpg");
    EXPECT_EQ(bytes.substr(0, 2), "\xff\xd8");
    EXPECT_NE(bytes.find("\xff\xc0"), std::string::npos);  // SOF0: baseline (ITU-T T.81, B.1.1.3).
    EXPECT_EQ(bytes.find("Lavc"), std::string::npos);
    EXPECT_EQ(bytes.substr(bytes.size() - 2), "\xff\xd9");
}

TEST(JpegWriter, LeavesNothingOnADiskThatFails) {
    const Scratch folder;
    std::filesystem::create_symlink("/dev/full", folder / "picture.jpg");
    const auto full = write_jpeg(folder / "picture.jpg", drawn(64, 48, 0), 90);
    ASSERT_FALSE(full.has_value());
    EXPECT_EQ(full.error().code(), ErrorCode::unavailable);
    EXPECT_TRUE(folder.is_empty());
    const auto nowhere = write_jpeg(folder / "missing/picture.jpg", drawn(64, 48, 0), 90);
    ASSERT_FALSE(nowhere.has_value());
    EXPECT_EQ(nowhere.error().code(), ErrorCode::api_error);
    EXPECT_FALSE(write_jpeg(folder / "picture.jpg", Picture(), 90).has_value());
}

}  // namespace
}  // namespace kinora::media
