#include "media/decoder/exif.hpp"

namespace kinora::media::decoder {
namespace {

constexpr std::size_t kEntryBytes = 12;
constexpr std::uint32_t kOrientation = 0x0112;
constexpr std::uint32_t kShort = 3;  // The type of a number of 16 bits.

}  // namespace

int exif_orientation(ByteView tiff) {
    const bool little = tiff.has(0, "II");
    if (!little && !tiff.has(0, "MM")) return 1;
    const auto word = [&](std::size_t i) { return little ? tiff.little16(i) : tiff.big16(i); };
    const auto offset = [&](std::size_t i) { return little ? tiff.little32(i) : tiff.big32(i); };
    if (word(2) != 42) return 1;
    const std::size_t folder = offset(4);
    const std::size_t count = word(folder);
    for (std::size_t i = 0; i < count; ++i) {
        const auto entry = folder + 2 + i * kEntryBytes;
        if (entry >= tiff.size()) break;
        if (word(entry) != kOrientation) continue;
        const auto value = word(entry + 8);
        return word(entry + 2) == kShort && value >= 1 && value <= 8 ? int(value) : 1;
    }
    return 1;
}

}  // namespace kinora::media::decoder
