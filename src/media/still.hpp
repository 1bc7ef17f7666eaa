// media/still.hpp: a picture that a stranger sent.
#pragma once

#include "base/result.hpp"
#include "media/decoder_box.hpp"
#include "media/input_file.hpp"

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <vector>

namespace kinora::media {

// sRGB with straight alpha, upright, rows without gaps, 4 bytes a pixel.
struct Still {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;
    bool has_alpha = false;  // Some pixel is not opaque.
};

struct StillLimits {
    // The picture is scaled down, in the box, as far as it still covers this size, and never up.
    // 0 leaves it as it is.
    int cover_width = 0;
    int cover_height = 0;
    std::int64_t pixels_max = 64'000'000;
    std::int64_t file_bytes_max = std::int64_t(64) << 20;
    std::chrono::milliseconds patience{30'000};  // All of the waiting for the decoder.
};

// PNG, JPEG, WebP, GIF (its first frame), BMP, and AVIF where FFmpeg can. A file that is none of
// these, is broken, or is larger than the limits gives `bad_request` with a sentence that starts
// with "The file"; `stop` gives `cancelled`. Colour profiles are not applied.
Result<Still> decode_still(const DecoderBox& box, const InputFile& file,
                           const StillLimits& limits = {}, std::stop_token stop = {});

}  // namespace kinora::media
