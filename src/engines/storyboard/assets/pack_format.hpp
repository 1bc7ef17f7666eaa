// engines/storyboard/assets/pack_format.hpp: how a pack lies in its file, for its reader and its
// writer.
//
// Little-endian throughout:
//
//     "KINOPACK"  u32 version  u32 count  u64 index_size  u64 index_checksum  u64 file_size
//     index: `count` records in the order of their keys
//     blobs: one WebP picture after the other
//
// A record: key, name, tags (u16 length and bytes each); u8 kind; i8 facing; u16 flags; u16 width;
// u16 height; f32 height_m; f32 ground; u8 wheels and 3 f32 each; u64 offset; u32 size; u64
// checksum.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace kinora::engines::storyboard::pack_format {

static_assert(std::endian::native == std::endian::little, "packs are written little-endian");

inline constexpr std::string_view kMagic = "KINOPACK";
inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::size_t kHeaderBytes = 8 + 4 + 4 + 8 + 8 + 8;
inline constexpr std::uint32_t kMaxAssets = 20'000;
inline constexpr int kMaxSide = 2'048;

enum Flag : std::uint16_t {
    kLegs = 1,
    kWings = 2,
    kFlies = 4,
    kFloats = 8,
    kSwims = 16,
    kGlows = 32,
    kHead = 64,
    kSilhouette = 128,
};

// FNV-1a of 64 bits (RFC 9923): finds damage, defends against nobody.
inline std::uint64_t checksum(std::span<const std::uint8_t> bytes) {
    std::uint64_t value = 0xcbf29ce484222325ULL;
    for (const auto byte : bytes) value = (value ^ byte) * 0x100000001b3ULL;
    return value;
}

// Appends plain values to a string of bytes.
class Writer {
public:
    template <class T>
    void put(T value) {
        char raw[sizeof(T)];
        std::memcpy(raw, &value, sizeof(T));
        bytes_.append(raw, sizeof(T));
    }
    void put_text(std::string_view text) {
        text = text.substr(0, 65'535);
        put(static_cast<std::uint16_t>(text.size()));
        bytes_.append(text);
    }
    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

// Takes plain values from bytes. Past the end it gives zeros and good() becomes false.
class Reader {
public:
    explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    template <class T>
    T take() {
        T value{};
        if (!has(sizeof(T))) return value;
        std::memcpy(&value, bytes_.data() + at_, sizeof(T));
        at_ += sizeof(T);
        return value;
    }
    std::string take_text() {
        const auto size = take<std::uint16_t>();
        if (!has(size)) return {};
        std::string text(reinterpret_cast<const char*>(bytes_.data()) + at_, size);
        at_ += size;
        return text;
    }
    bool good() const { return good_; }
    std::size_t left() const { return bytes_.size() - at_; }

private:
    bool has(std::size_t size) {
        if (size > bytes_.size() - at_) good_ = false;
        return good_;
    }

    std::span<const std::uint8_t> bytes_;
    std::size_t at_ = 0;
    bool good_ = true;
};

}  // namespace kinora::engines::storyboard::pack_format
