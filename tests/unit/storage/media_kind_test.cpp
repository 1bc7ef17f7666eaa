// tests/unit/storage/media_kind_test.cpp: files by their first bytes, and what only looks like one.
#include "storage/media_kind.hpp"

#include "storage/media_folder.hpp"

#include <gtest/gtest.h>

namespace kinora::storage {
namespace {

using namespace std::string_literals;

const auto kPngHead = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"s;
const auto kBmpHead = "BM\x46\0\0\0\0\0\0\0\x36\0\0\0"s;

std::string ftyp(const std::string& brands, unsigned char size) {
    return "\0\0\0"s + static_cast<char>(size) + "ftyp" + brands;
}
// With an EBML header that holds `elements`.
std::string ebml(const std::string& elements) {
    return "\x1a\x45\xdf\xa3"s + static_cast<char>(0x80 | elements.size()) + elements +
           "\x18\x53\x80\x67";
}
const auto kEbmlVersion = "\x42\x86\x81\x01"s;

TEST(MediaKind, KnowsWhatItTakes) {
    struct Row {
        std::string head;
        std::string_view ending;
    };
    const Row table[] = {
        {kPngHead + "\0\0\0\1\0\0\0\1\x08\2"s, "png"},
        {"\xff\xd8\xff\xe0\0\x10JFIF"s, "jpg"},
        {"\xff\xd8\xff\xff\xdb"s, "jpg"},
        {"GIF89a\1\0\1\0\0\0\0"s, "gif"},
        {"GIF87a\1\0\1\0\0\0\0\x2c"s, "gif"},
        {kBmpHead + "\x28\0\0\0\1\0\0\0\1\0\0\0"s, "bmp"},
        {kBmpHead + "\x0c\0\0\0\1\0\1\0\1\0\x18\0"s, "bmp"},
        {"RIFF\x24\0\0\0WEBPVP8L\x10\0\0\0"s, "webp"},
        {ftyp("avif\0\0\0\0"s, 16), "avif"},
        {ftyp("avis\0\0\0\0msf1"s, 20), "avif"},
        {ftyp("heic\0\0\0\0mif1heic"s, 24), "heic"},
        {ftyp("mif1\0\0\0\0mif1heic"s, 24), "heic"},
        {ftyp("mif1\0\0\0\0mif1avif"s, 24), "avif"},
        {ftyp("mif1\0\0\0\0"s, 16), "avif"},
        {ftyp("isom\0\0\2\0isomiso2avc1mp41"s, 32), "mp4"},
        {ftyp("mp42\0\0\0\0"s, 16), "mp4"},
        {ftyp("M4V \0\0\0\1"s, 16), "mp4"},
        {ftyp("dash\0\0\0\0"s, 16), "mp4"},
        {ftyp("abcd\0\0\0\0wxyziso6"s, 24), "mp4"},
        {ftyp("qt  \0\0\2\0qt  "s, 20), "mov"},
        {"\0\0\0\x08wide\0\0\1\0mdat"s, "mov"},
        {"\0\0\2\0moov\0\0\0\x6cmvhd"s, "mov"},
        {ebml(kEbmlVersion + "\x42\x82\x84webm"s), "webm"},
        {ebml("\x42\x82\x88matroska"s), "mkv"},
        {ebml("\x42\x82\x86webm\0\0"s), "webm"},
        {ebml("\x42\x82\x40\x04webm"s), "webm"},
    };
    for (const auto& row : table) {
        const auto kind = kind_of(row.head);
        ASSERT_TRUE(kind) << row.ending << ": " << row.head;
        EXPECT_EQ(kind->ending, row.ending);
        const auto type = media_type_of("x." + std::string(kind->ending));
        EXPECT_TRUE(type.starts_with(kind->sort == MediaSort::video ? "video/" : "image/")) << type;
        // Cut short it may be known no more, but is never taken for something else.
        for (std::size_t size = 0; size < row.head.size(); ++size) {
            const auto part = kind_of(row.head.substr(0, size));
            if (part) {
                EXPECT_EQ(part->ending, row.ending) << size;
            }
        }
    }
}

TEST(MediaKind, RefusesWhatIsSomethingElse) {
    const std::string table[] = {
        "",
        "<!doctype html><script>alert(1)</script>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<?xml version=\"1.0\"?><svg/>",
        "PK\3\4\x14\0\0\0\x08\0aaaaaaaaaaaaaaaaaaaa"s,
        "%PDF-1.7\n%aaaaaaaaaaaaaaaaaaaa",
        "\x7f"
        "ELF\2\1\1\0\0\0\0\0\0\0\0\0"s,
        "#!/bin/sh\nexit 0 # and some more",
        "BMW makes cars, and this is no bitmap at all.",
        "GIF89a",
        "RIFF\x24\0\0\0WAVEfmt \x10\0\0\0"s,
        "RIFF\x24\0\0\0WEBP<html>..."s,
        "ID3\3\0\0\0\0\0\0some music, it seems"s,
        "OggS\0\2\0\0\0\0\0\0\0\0\0\0"s,
        // A picture, but not from its first byte on.
        "\n" + kPngHead + "\0\0\0\1\0\0\0\1\x08\2"s,
        "<html>" + kPngHead + "\0\0\0\1\0\0\0\1\x08\2"s,
        "\x89PNG\r\n\x1a\n<html>aaaaaaaaaaaaaaaaaa",
        kPngHead + "\0\0\0\0\0\0\0\1\x08\2"s,
        "\xff\xd8\xff<html>",
        kBmpHead + "\x29\0\0\0\1\0\0\0\1\0\0\0"s,
        "abcdftypisom....",
        ftyp("isom\0\0\0\0"s, 8),
        ftyp("isom\0\0\0\0"s, 20),
        ftyp("isom\0\0\0\0"s, 17) + "aaaa",
        ftyp("M4A \0\0\0\0M4A mp42isom"s, 28),
        ftyp("abcd\0\0\0\0wxyz"s, 20),
        "\0\0\0\x08wide<html>"s,
        "\0\0\2\0moov<html>..."s,
        ebml("\x42\x82\x84html"s),
        ebml(kEbmlVersion),
        ebml("\x42\x82\x85webm"s).substr(0, 12),
        "\x1a\x45\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff\x42\x82\x84webm"s,
        "\x1a\x45\xdf\xa3\0\0\0\0"s,
    };
    for (const auto& head : table) EXPECT_FALSE(kind_of(head)) << head;
}

}  // namespace
}  // namespace kinora::storage
