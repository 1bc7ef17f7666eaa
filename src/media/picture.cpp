// media/picture.cpp: one block of memory with three padded planes in it.
#include "media/picture.hpp"

#include "base/ensure.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <numeric>

namespace kinora::media {
namespace {

constexpr std::size_t kAlign = 64;  // A cache line, and the widest vector (AVX-512).
constexpr int kSideMin = 16;
constexpr int kSideMax = 4096;
constexpr int kBlackLuma = 16;
constexpr int kNeutralChroma = 128;

bool side_is_allowed(int side) {
    return side >= kSideMin && side <= kSideMax && side % 2 == 0;
}

std::ptrdiff_t padded(int row_bytes) {
    return (row_bytes + std::ptrdiff_t(kAlign) - 1) / std::ptrdiff_t(kAlign) *
           std::ptrdiff_t(kAlign);
}

}  // namespace

void Picture::Free::operator()(std::uint8_t* bytes) const {
    ::operator delete[](bytes, std::align_val_t(kAlign));
}

Picture::Picture(int width, int height) : width_(width), height_(height) {
    ensure(side_is_allowed(width) && side_is_allowed(height), "a picture has an impossible size");
    luma_stride_ = padded(width);
    chroma_stride_ = padded(width / 2);
    // Strides are whole lines, so one spare line keeps the next plane aligned as well.
    luma_bytes_ = std::size_t(luma_stride_) * std::size_t(height) + kAlign;
    chroma_bytes_ = std::size_t(chroma_stride_) * std::size_t(height / 2) + kAlign;
    const auto size_bytes = luma_bytes_ + 2 * chroma_bytes_;
    bytes_.reset(new (std::align_val_t(kAlign)) std::uint8_t[size_bytes]);
    std::memset(bytes_.get(), kBlackLuma, luma_bytes_);
    std::memset(bytes_.get() + luma_bytes_, kNeutralChroma, 2 * chroma_bytes_);
}

Picture Picture::clone() const {
    if (empty()) return {};
    Picture copy(width_, height_);
    std::memcpy(copy.bytes_.get(), bytes_.get(), luma_bytes_ + 2 * chroma_bytes_);
    return copy;
}

Picture Picture::shrunk(int side_max) const {
    int factor = (std::max(width_, height_) + side_max - 1) / side_max;
    factor = std::clamp(factor, 1, std::min(width_, height_) / 16);
    Picture small(width_ / factor / 2 * 2, height_ / factor / 2 * 2);
    for (int index = 0; index < 3; ++index) {
        const auto from = plane(index);
        const auto to = small.plane(index);
        for (int y = 0; y < to.height; ++y) {
            for (int x = 0; x < to.width; ++x) {
                int sum = 0;
                for (int row = 0; row < factor; ++row) {
                    const auto* pixels = from.data + (y * factor + row) * from.stride + x * factor;
                    sum += std::accumulate(pixels, pixels + factor, 0);
                }
                to.data[y * to.stride + x] =
                    std::uint8_t((sum + factor * factor / 2) / (factor * factor));
            }
        }
    }
    return small;
}

Picture::Plane Picture::plane(int index) {
    ensure(!empty() && index >= 0 && index < 3, "a picture has no such plane");
    if (index == 0) return {bytes_.get(), luma_stride_, width_, height_};
    auto* start = bytes_.get() + luma_bytes_ + (index == 2 ? chroma_bytes_ : 0);
    return {start, chroma_stride_, width_ / 2, height_ / 2};
}

Picture::ConstPlane Picture::plane(int index) const {
    const auto mine = const_cast<Picture*>(this)->plane(index);
    return {mine.data, mine.stride, mine.width, mine.height};
}

}  // namespace kinora::media
