// media/mp4_boxes.cpp: hops from box to box by the sizes in their headers.
#include "media/mp4_boxes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <span>

namespace kinora::media {
namespace {

constexpr std::size_t kBoxesMax = 1000;  // Ours have about four.
constexpr std::uint64_t kHeaderBytes = 8;
constexpr std::uint64_t kLongHeaderBytes = 16;
constexpr std::uint64_t kSizeFollows =
    1;  // In place of a size: 64 bits of it stand after the type.

std::uint64_t big_endian(std::span<const char> bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = (value << 8) | std::uint8_t(byte);
    return value;
}

}  // namespace

std::vector<std::string> outer_boxes(const std::filesystem::path& path) {
    std::vector<std::string> types;
    std::error_code failed;
    const std::uint64_t file_bytes = std::filesystem::file_size(path, failed);
    std::ifstream file(path, std::ios::binary);
    if (failed || !file) return types;

    std::uint64_t at = 0;
    while (types.size() < kBoxesMax && file_bytes - at >= kHeaderBytes) {
        std::array<char, kLongHeaderBytes> header{};
        file.seekg(std::streamoff(at));
        if (!file.read(header.data(), kHeaderBytes)) break;
        auto size_bytes = big_endian(std::span(header).first<4>());
        auto least_bytes = kHeaderBytes;
        if (size_bytes == kSizeFollows) {
            if (!file.read(header.data() + kHeaderBytes, kHeaderBytes)) break;
            size_bytes = big_endian(std::span(header).last<8>());
            least_bytes = kLongHeaderBytes;
        } else if (size_bytes == 0) {
            size_bytes = file_bytes - at;  // The last box may leave its size open.
        }
        types.emplace_back(header.data() + 4, 4);
        if (size_bytes < least_bytes || size_bytes > file_bytes - at) break;
        at += size_bytes;
    }
    return types;
}

bool index_is_first(const std::vector<std::string>& boxes) {
    const auto index = std::find(boxes.begin(), boxes.end(), "moov");
    const auto frames = std::find(boxes.begin(), boxes.end(), "mdat");
    return index < frames;
}

}  // namespace kinora::media
