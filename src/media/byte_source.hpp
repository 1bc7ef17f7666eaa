// media/byte_source.hpp: where the decoder's words come from: its pipe, or a test.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <span>

namespace kinora::media {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    // Fills all of `out`, or says why that will never be.
    virtual Result<void> read(std::span<std::uint8_t> out) = 0;
};

}  // namespace kinora::media
