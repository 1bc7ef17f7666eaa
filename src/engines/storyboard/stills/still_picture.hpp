// stills/still_picture.hpp: a picture that somebody gave, decoded and of the clip's size.
#pragma once

#include "media/picture.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kinora::engines::storyboard {

// sRGB, three bytes a pixel, rows without gaps.
struct StillPicture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgb;

    bool empty() const { return rgb.empty(); }
    const std::uint8_t* row(int y) const {
        return rgb.data() + std::size_t(y) * std::size_t(width) * 3;
    }
};

// Pixels of any size, as a decoder leaves them.
struct PixelView {
    const std::uint8_t* data = nullptr;
    int width = 0, height = 0;
    int channels = 3;           // 3: RGB, 4: RGBA, straight alpha.
    std::ptrdiff_t stride = 0;  // Bytes from one row to the next.
};

// Scales so that `pixels` cover width x height, and cuts what is over off on both sides alike.
// Alpha is laid over black.
StillPicture cover_and_crop(const PixelView& pixels, int width, int height);

// The same picture as the encoder's, and back.
StillPicture from_video(const media::Picture& picture);
media::Picture to_video(const StillPicture& still);

}  // namespace kinora::engines::storyboard
