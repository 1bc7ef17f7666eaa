#include "storage/video_kind.hpp"

#include <algorithm>
#include <array>

namespace kinora::storage {
namespace {

using namespace std::string_view_literals;

constexpr std::array kAvif{"avif"sv, "avis"sv};
constexpr std::array kHeic{"heic"sv, "heix"sv, "heim"sv, "heis"sv};
// Pictures of either kind: what else the file is like tells.
constexpr std::array kSomePicture{"mif1"sv, "msf1"sv};
constexpr std::array kMov{"qt  "sv};
constexpr std::array kMp4{"isom"sv, "iso2"sv, "iso3"sv, "iso4"sv, "iso5"sv, "iso6"sv, "iso7"sv,
                          "iso8"sv, "iso9"sv, "mp41"sv, "mp42"sv, "mp71"sv, "avc1"sv, "av01"sv,
                          "hvc1"sv, "dash"sv, "msdh"sv, "cmfc"sv, "cmf2"sv, "M4V "sv, "M4VH"sv,
                          "M4VP"sv, "MSNV"sv, "XAVC"sv, "mmp4"sv, "f4v "sv, "3gp4"sv, "3gp5"sv,
                          "3gp6"sv, "3gg6"sv, "3g2a"sv};
constexpr std::array kSound{"M4A "sv, "M4B "sv, "M4P "sv};

template <class Brands>
bool any_of(const Brands& brands, std::string_view brand) {
    return std::find(brands.begin(), brands.end(), brand) != brands.end();
}

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

std::optional<FileKind> kind_of_brand(std::string_view brand) {
    if (any_of(kAvif, brand)) return FileKind{MediaSort::picture, "avif"};
    if (any_of(kHeic, brand)) return FileKind{MediaSort::picture, "heic"};
    if (any_of(kMov, brand)) return FileKind{MediaSort::video, "mov"};
    if (any_of(kMp4, brand)) return FileKind{MediaSort::video, "mp4"};
    return std::nullopt;
}

// QuickTime's files from before there were brands.
bool is_old_mov(std::string_view head) {
    const auto first = head.substr(4, 4), second = head.substr(12, 4);
    if (first == "wide") return big_endian(head.substr(0, 4)) == 8 && second == "mdat";
    return first == "moov" && (second == "mvhd" || second == "cmov");
}

// An element's id, with its length's mark, or a size, without it, off the front of `rest`
// (RFC 8794, section 4). Nothing where it is none or longer than eight bytes.
enum class Mark { kept, removed };
std::optional<std::uint64_t> take_number(std::string_view& rest, Mark mark) {
    if (rest.empty()) return std::nullopt;
    std::size_t length = 1;
    unsigned bit = 0x80;
    const auto first = static_cast<unsigned char>(rest.front());
    for (; bit != 0 && (first & bit) == 0; bit >>= 1) ++length;
    if (bit == 0 || rest.size() < length) return std::nullopt;
    auto value = big_endian(rest.substr(0, length));
    if (mark == Mark::removed) value &= ~(std::uint64_t{bit} << 8 * (length - 1));
    rest.remove_prefix(length);
    return value;
}

}  // namespace

std::optional<FileKind> iso_kind_of(std::string_view head) {
    constexpr std::size_t kBox = 8, kBrands = 16;
    if (head.size() < kBrands) return std::nullopt;
    if (is_old_mov(head)) return FileKind{MediaSort::video, "mov"};
    if (head.substr(4, 4) != "ftyp") return std::nullopt;
    const auto size = big_endian(head.substr(0, 4));
    if (size < kBrands || size % 4 != 0 || size > head.size()) return std::nullopt;
    const auto major = head.substr(kBox, 4);
    if (any_of(kSound, major)) return std::nullopt;
    if (const auto kind = kind_of_brand(major)) return kind;
    // A brand that we do not know may be like one that we do.
    for (auto at = kBrands; at + 4 <= size; at += 4) {
        if (const auto kind = kind_of_brand(head.substr(at, 4))) return kind;
    }
    if (any_of(kSomePicture, major)) return FileKind{MediaSort::picture, "avif"};
    return std::nullopt;
}

std::optional<FileKind> matroska_kind_of(std::string_view head) {
    constexpr std::uint64_t kHeader = 0x1a45dfa3, kDocType = 0x4282;
    if (take_number(head, Mark::kept) != kHeader) return std::nullopt;
    const auto length = take_number(head, Mark::removed);
    if (!length || *length > head.size()) return std::nullopt;
    auto rest = head.substr(0, static_cast<std::size_t>(*length));
    while (!rest.empty()) {
        const auto id = take_number(rest, Mark::kept);
        const auto size = take_number(rest, Mark::removed);
        if (!id || !size || *size > rest.size()) return std::nullopt;
        auto value = rest.substr(0, static_cast<std::size_t>(*size));
        rest.remove_prefix(static_cast<std::size_t>(*size));
        if (id != kDocType) continue;
        value = value.substr(0, value.find('\0'));  // Zeros may fill it up.
        if (value == "webm") return FileKind{MediaSort::video, "webm"};
        if (value == "matroska") return FileKind{MediaSort::video, "mkv"};
        return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace kinora::storage
