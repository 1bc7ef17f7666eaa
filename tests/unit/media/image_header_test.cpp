// tests/unit/media/image_header_test.cpp: what is read of a file before anybody decodes it.
#include "media/decoder/image_header.hpp"

#include "strange.hpp"

namespace kinora::media::decoder {
namespace {

ImageHeader header_of(const std::string& bytes) {
    return read_image_header(media::as_span(bytes));
}

TEST(ImageHeader, TellsFormatsAndSizes) {
    const struct {
        const char* name;
        Format format;
    } rows[] = {{"a.png", Format::png},
                {"a.jpg", Format::jpeg},
                {"a.webp", Format::webp},
                {"a.gif", Format::gif},
                {"a.bmp", Format::bmp}};
    const Scratch folder;
    for (const auto& row : rows) {
        ASSERT_TRUE(make_still(folder, row.name, 70, 46)) << row.name;
        const auto bytes = bytes_of(folder / row.name);
        const auto header = header_of(bytes);
        EXPECT_EQ(header.format, row.format) << row.name;
        EXPECT_EQ(header.width, 70) << row.name;
        EXPECT_EQ(header.height, 46) << row.name;
        EXPECT_EQ(header.orientation, 1) << row.name;
        EXPECT_TRUE(is_image(header.format));
        // However short it is cut, nothing past the end is read.
        for (std::size_t length = 0; length < bytes.size() && length < 300; ++length) {
            const std::vector<std::uint8_t> exact(bytes.begin(),
                                                  bytes.begin() + std::ptrdiff_t(length));
            read_image_header(exact);
        }
    }
}

TEST(ImageHeader, TellsWhatIsNoImage) {
    const std::pair<std::string, Format> rows[] = {
        {std::string("\0\0\0\x18", 4) + "ftypisom", Format::iso_video},
        {std::string("\0\0\0\x18", 4) + "ftypheic", Format::iso_image},
        {std::string("\0\0\0\x18", 4) + "ftypavif", Format::iso_image},
        {std::string("\0\0\0\x08", 4) + "wide", Format::iso_video},
        {"\x1a\x45\xdf\xa3", Format::matroska},
        {"ID3\4", Format::sound},
        {"\xff\xfb\x90", Format::sound},
        {"RIFF\1\1\1\1WAVEfmt ", Format::sound},
        {"RIFF\1\1\1\1AVI LIST", Format::unknown},
        {"#EXTM3U", Format::unknown},
        {"", Format::unknown},
    };
    for (const auto& [bytes, format] : rows) EXPECT_EQ(header_of(bytes).format, format) << bytes;
}

}  // namespace
}  // namespace kinora::media::decoder
