#include "storage/media_kind.hpp"

#include "storage/video_kind.hpp"

#include <algorithm>
#include <array>

namespace kinora::storage {
namespace {

using namespace std::string_view_literals;

unsigned byte_at(std::string_view head, std::size_t at) {
    return at < head.size() ? static_cast<unsigned char>(head[at]) : 0;
}
unsigned little16(std::string_view head, std::size_t at) {
    return byte_at(head, at) | byte_at(head, at + 1) << 8;
}

// Its first chunk says how large it is, and it has a side.
bool is_png(std::string_view head) {
    constexpr auto kBegin = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"sv;
    constexpr std::size_t kSides = 8;
    if (!head.starts_with(kBegin) || head.size() < kBegin.size() + kSides) return false;
    const auto width = head.substr(kBegin.size(), 4), height = head.substr(kBegin.size() + 4, 4);
    return width != "\0\0\0\0"sv && height != "\0\0\0\0"sv;
}

// After its first marker another one begins.
bool is_jpeg(std::string_view head) {
    return head.starts_with("\xff\xd8\xff"sv) && byte_at(head, 3) >= 0xc0;
}

bool is_gif(std::string_view head) {
    constexpr std::size_t kScreen = 13;  // Up to the end of its logical screen.
    return (head.starts_with("GIF87a") || head.starts_with("GIF89a")) && head.size() >= kScreen;
}

// Two letters begin many texts: the rest of the header has to be one as well.
bool is_bmp(std::string_view head) {
    constexpr std::array<unsigned, 8> kHeaders{12, 16, 40, 52, 56, 64, 108, 124};
    const auto header = little16(head, 14);
    return head.starts_with("BM") && head.size() >= 26 && little16(head, 16) == 0 &&
           std::find(kHeaders.begin(), kHeaders.end(), header) != kHeaders.end();
}

bool is_webp(std::string_view head) {
    if (!head.starts_with("RIFF") || head.size() < 20 || head.substr(8, 4) != "WEBP") return false;
    const auto chunk = head.substr(12, 4);
    return chunk == "VP8 " || chunk == "VP8L" || chunk == "VP8X";
}

}  // namespace

std::optional<FileKind> kind_of(std::string_view head) {
    if (is_png(head)) return FileKind{MediaSort::picture, "png"};
    if (is_jpeg(head)) return FileKind{MediaSort::picture, "jpg"};
    if (is_gif(head)) return FileKind{MediaSort::picture, "gif"};
    if (is_bmp(head)) return FileKind{MediaSort::picture, "bmp"};
    if (is_webp(head)) return FileKind{MediaSort::picture, "webp"};
    if (const auto iso = iso_kind_of(head)) return iso;
    return matroska_kind_of(head);
}

}  // namespace kinora::storage
