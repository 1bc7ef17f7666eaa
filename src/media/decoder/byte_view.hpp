// media/decoder/byte_view.hpp: numbers out of bytes that may end anywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace kinora::media::decoder {

class ByteView {
public:
    explicit ByteView(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    std::size_t size() const { return bytes_.size(); }
    // What lies past the end reads as 0.
    std::uint32_t at(std::size_t index) const { return index < size() ? bytes_[index] : 0; }
    std::uint32_t big16(std::size_t i) const { return at(i) << 8 | at(i + 1); }
    std::uint32_t big32(std::size_t i) const { return big16(i) << 16 | big16(i + 2); }
    std::uint32_t little16(std::size_t i) const { return at(i) | at(i + 1) << 8; }
    std::uint32_t little24(std::size_t i) const { return little16(i) | at(i + 2) << 16; }
    std::uint32_t little32(std::size_t i) const { return little16(i) | little16(i + 2) << 16; }

    bool has(std::size_t index, std::string_view text) const {
        if (index > size() || text.size() > size() - index) return false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (bytes_[index + i] != std::uint8_t(text[i])) return false;
        }
        return true;
    }
    // As much of it as there is.
    ByteView part(std::size_t start, std::size_t length) const {
        if (start >= size()) return ByteView({});
        return ByteView(bytes_.subspan(start, length < size() - start ? length : size() - start));
    }

private:
    std::span<const std::uint8_t> bytes_;
};

}  // namespace kinora::media::decoder
