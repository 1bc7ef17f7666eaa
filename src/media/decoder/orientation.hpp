// media/decoder/orientation.hpp: turns and mirrors pictures, by Exif's numbers.
//
// 1 is upright, 2 mirrored, 3 upside down, 4 flipped, 5 to 8 the same for pictures that lie on
// their side: from there on width and height change places.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kinora::media::decoder {

inline bool swaps_sides(int orientation) {
    return orientation >= 5;
}

struct Grid {
    std::uint8_t* data;
    std::ptrdiff_t stride;  // Bytes.
    int width;
    int height;
};

// Writes `from`, put upright, to `to`, which has its size or, where sides are swapped, the other
// one. A cell is `cell_bytes` wide: 1 or 4.
void put_upright(const Grid& from, const Grid& to, int cell_bytes, int orientation);

// The number for a display matrix (ISO/IEC 14496-12, 6.2.2; nine numbers, 16.16): of the eight the
// one that is nearest.
int orientation_of_matrix(const std::int32_t* matrix);

}  // namespace kinora::media::decoder
