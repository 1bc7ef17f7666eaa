#include "media/decoder/image_header.hpp"

#include "media/decoder/byte_view.hpp"
#include "media/decoder/exif.hpp"

#include <cstdlib>

namespace kinora::media::decoder {
namespace {

Format iso_format(ByteView file) {
    for (const char* brand : {"avif", "avis", "mif1", "msf1", "heic", "heix", "heim", "heis"}) {
        if (file.has(8, brand)) return Format::iso_image;
    }
    return Format::iso_video;
}

Format format_of(ByteView file) {
    if (file.has(0, "\x89PNG\r\n\x1a\n")) return Format::png;
    if (file.has(0, "\xff\xd8\xff")) return Format::jpeg;
    if (file.has(0, "RIFF")) {
        if (file.has(8, "WEBP")) return Format::webp;
        return file.has(8, "WAVE") ? Format::sound : Format::unknown;
    }
    if (file.has(0, "GIF87a") || file.has(0, "GIF89a")) return Format::gif;
    if (file.has(0, "BM")) return Format::bmp;
    if (file.has(4, "ftyp")) return iso_format(file);
    for (const char* box : {"moov", "mdat", "wide", "free", "skip"}) {
        if (file.has(4, box)) return Format::iso_video;
    }
    if (file.has(0, "\x1a\x45\xdf\xa3")) return Format::matroska;
    const bool synchronized = file.at(0) == 0xff && (file.at(1) & 0xe0) == 0xe0;  // MP3 and AAC.
    if (synchronized || file.has(0, "ID3") || file.has(0, "fLaC")) return Format::sound;
    return Format::unknown;
}

void read_png(ByteView file, ImageHeader& header) {
    if (!file.has(12, "IHDR")) return;
    header.width = file.big32(16);
    header.height = file.big32(20);
    constexpr std::size_t kAround = 12;  // Length, type and checksum.
    for (std::size_t at = 8; at < file.size() && !file.has(at + 4, "IEND");) {
        const std::size_t length = file.big32(at);
        if (file.has(at + 4, "eXIf")) {
            header.orientation = exif_orientation(file.part(at + 8, length));
        }
        at += length + kAround;
    }
}

bool starts_frame(std::uint32_t marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

// Markers from the start of the file to the first frame's, or the first scan's.
void read_jpeg(ByteView file, ImageHeader& header) {
    constexpr std::uint32_t kScan = 0xda;
    constexpr std::uint32_t kExifSegment = 0xe1;
    bool oriented = false;
    for (std::size_t at = 2; at + 4 <= file.size();) {
        if (file.at(at) != 0xff) return;
        const auto marker = file.at(at + 1);
        if (marker == 0xff) {  // A filler.
            ++at;
            continue;
        }
        const std::size_t length = file.big16(at + 2);
        if (marker == kScan || length < 2) return;
        if (marker == kExifSegment && !oriented &&
            file.has(at + 4, std::string_view("Exif\0", 5))) {
            header.orientation = exif_orientation(file.part(at + 10, length - 2));
            oriented = true;
        }
        if (starts_frame(marker)) {
            header.height = file.big16(at + 5);
            header.width = file.big16(at + 7);
            return;
        }
        at += 2 + length;
    }
}

void read_webp(ByteView file, ImageHeader& header) {
    constexpr std::size_t kChunkHead = 8;
    for (std::size_t at = 12; at + kChunkHead <= file.size();) {
        const std::size_t length = file.little32(at + 4);
        const auto body = file.part(at + kChunkHead, length);
        const bool first = header.width == 0;
        if (file.has(at, "VP8X")) {
            header.width = std::int64_t(body.little24(4)) + 1;
            header.height = std::int64_t(body.little24(7)) + 1;
        } else if (file.has(at, "VP8 ") && first) {
            header.width = body.little16(6) & 0x3fff;
            header.height = body.little16(8) & 0x3fff;
        } else if (file.has(at, "VP8L") && first) {
            const auto sides = body.little32(1);  // 14 bits each, less one.
            header.width = (sides & 0x3fff) + 1;
            header.height = (sides >> 14 & 0x3fff) + 1;
        } else if (file.has(at, "EXIF")) {
            // Some writers keep the name that JPEG puts before it.
            const bool named = body.has(0, std::string_view("Exif\0\0", 6));
            header.orientation = exif_orientation(named ? body.part(6, length) : body);
        }
        at += kChunkHead + length + length % 2;
    }
}

void read_bmp(ByteView file, ImageHeader& header) {
    constexpr std::uint32_t kOldHeaderBytes = 12;
    if (file.little32(14) == kOldHeaderBytes) {
        header.width = file.little16(18);
        header.height = file.little16(20);
        return;
    }
    header.width = std::int32_t(file.little32(18));
    // Negative where its rows go from top to bottom.
    header.height = std::abs(std::int64_t(std::int32_t(file.little32(22))));
}

}  // namespace

bool is_image(Format format) {
    switch (format) {
        case Format::png:
        case Format::jpeg:
        case Format::webp:
        case Format::gif:
        case Format::bmp:
        case Format::iso_image:
            return true;
        case Format::unknown:
        case Format::iso_video:
        case Format::matroska:
        case Format::sound:
            return false;
    }
    return false;
}

ImageHeader read_image_header(std::span<const std::uint8_t> bytes) {
    const ByteView file(bytes);
    ImageHeader header;
    header.format = format_of(file);
    if (header.format == Format::png) read_png(file, header);
    if (header.format == Format::jpeg) read_jpeg(file, header);
    if (header.format == Format::webp) read_webp(file, header);
    if (header.format == Format::bmp) read_bmp(file, header);
    if (header.format == Format::gif) {
        header.width = file.little16(6);
        header.height = file.little16(8);
    }
    return header;
}

}  // namespace kinora::media::decoder
