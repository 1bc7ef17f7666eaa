// media/decoder/picture_maker.hpp: frames of any kind into pictures of one size, as our encoder
// wants them.
#pragma once

#include "media/decoder/colors.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kinora::media::decoder {

struct Size {
    int width = 0;
    int height = 0;
};

// What a player shows: pixels made square, the picture upright. {0, 0} is never the answer.
Size shown_size(Size coded, AVRational pixel_shape, int orientation);
// The largest even size of the same shape within `fit`, and no larger than `shown`; a side has at
// least 16 pixels.
Size fitted(Size shown, Size fit);

class PictureMaker {
public:
    PictureMaker(Size out, int orientation);

    // 8-bit YUV 4:2:0, BT.709, limited range, three planes without gaps. Alpha is over black. Good
    // until the next call.
    std::span<const std::uint8_t> make(const AVFrame& frame);

private:
    struct Planes {
        std::vector<std::uint8_t> bytes;
        std::array<std::uint8_t*, 4> data{};
        std::array<int, 4> strides{};
    };
    static Planes room_for(Size size);
    void convert(const AVFrame& frame, Planes& to);
    void convert_through_rgb(const AVFrame& frame, int width, int height, Planes& to);

    Size out_;
    Size lying_;  // The same before it is put upright.
    int orientation_;
    Planes lying_planes_;
    Planes upright_planes_;
    ScalerPtr scaler_;
    ScalerPtr from_rgb_;
    std::vector<std::uint8_t> rgba_;
};

}  // namespace kinora::media::decoder
