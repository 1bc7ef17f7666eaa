// media/decoder/image_header.hpp: what a file is, by its first bytes, and how large a picture it
// claims to be.
//
// Our own reading of the few bytes that must be believed before a codec is chosen: a claim that is
// too large is refused before anybody makes room for it.
#pragma once

#include <cstdint>
#include <span>

namespace kinora::media::decoder {

enum class Format {
    unknown,
    png,
    jpeg,
    webp,
    gif,
    bmp,
    iso_image,  // AVIF and HEIC: pictures in the boxes of MP4.
    iso_video,  // MP4 and MOV, which may hold sound alone.
    matroska,   // WebM as well.
    sound,
};

bool is_image(Format format);

struct ImageHeader {
    Format format = Format::unknown;
    // Before it is turned. 0 where only the codec can tell.
    std::int64_t width = 0;
    std::int64_t height = 0;
    int orientation = 1;  // Exif's, 1 to 8.
};

// Reads nothing outside `file`, whatever is in it.
ImageHeader read_image_header(std::span<const std::uint8_t> file);

}  // namespace kinora::media::decoder
