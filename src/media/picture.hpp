// media/picture.hpp: one picture of a video, as the encoder wants it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace kinora::media {

// 8-bit YUV 4:2:0, planar, BT.709 matrix, limited range (luma 16..235, chroma 16..240), square
// pixels. Width and height are even, 16..4096. Rows start at multiples of 64 bytes and every plane
// ends with at least 64 spare bytes, so kernels may read and write whole vectors.
class Picture {
public:
    Picture() = default;
    Picture(int width, int height);  // Black. `ensure`s the limits above.

    Picture(Picture&&) noexcept = default;
    Picture& operator=(Picture&&) noexcept = default;
    Picture(const Picture&) = delete;
    Picture& operator=(const Picture&) = delete;
    Picture clone() const;
    // Smaller by a whole number, so that no side is over `side_max` (16 or more) where that leaves
    // the short one 16; each pixel is the mean of those that it stands for.
    Picture shrunk(int side_max) const;

    int width() const { return width_; }
    int height() const { return height_; }
    bool empty() const { return !bytes_; }

    struct Plane {
        std::uint8_t* data;
        std::ptrdiff_t stride;  // Bytes from one row to the next.
        int width;
        int height;
    };
    struct ConstPlane {
        const std::uint8_t* data;
        std::ptrdiff_t stride;
        int width;
        int height;
    };
    // 0 is luma, 1 is Cb, 2 is Cr (half the size each way).
    Plane plane(int index);
    ConstPlane plane(int index) const;

private:
    struct Free {
        void operator()(std::uint8_t* bytes) const;
    };
    int width_ = 0;
    int height_ = 0;
    std::ptrdiff_t luma_stride_ = 0;
    std::ptrdiff_t chroma_stride_ = 0;
    std::size_t luma_bytes_ = 0;
    std::size_t chroma_bytes_ = 0;
    std::unique_ptr<std::uint8_t[], Free> bytes_;
};

}  // namespace kinora::media
