#include "media/decoder/orientation.hpp"

#include <cstdlib>
#include <cstring>

namespace kinora::media::decoder {
namespace {

// Where cell (0, 0) of the upright picture comes from, and how far the next one right of it and
// the next one below it are.
struct Walk {
    const std::uint8_t* start;
    std::ptrdiff_t right;
    std::ptrdiff_t down;
};

Walk walk(const Grid& from, std::ptrdiff_t cell, int orientation) {
    const auto row = from.stride;
    const auto last_column = cell * (from.width - 1);
    const auto last_row = row * (from.height - 1);
    auto* start = from.data;
    switch (orientation) {
        case 2:
            return {start + last_column, -cell, row};
        case 3:
            return {start + last_column + last_row, -cell, -row};
        case 4:
            return {start + last_row, cell, -row};
        case 5:
            return {start, row, cell};
        case 6:
            return {start + last_row, -row, cell};
        case 7:
            return {start + last_column + last_row, -row, -cell};
        case 8:
            return {start + last_column, row, -cell};
        default:
            return {start, cell, row};
    }
}

template <int kCell>
void copy_cells(const Walk& walk, const Grid& to) {
    for (int y = 0; y < to.height; ++y) {
        const auto* from = walk.start + y * walk.down;
        auto* out = to.data + y * to.stride;
        for (int x = 0; x < to.width; ++x, from += walk.right, out += kCell) {
            std::memcpy(out, from, kCell);
        }
    }
}

}  // namespace

void put_upright(const Grid& from, const Grid& to, int cell_bytes, int orientation) {
    const auto path = walk(from, cell_bytes, orientation);
    if (cell_bytes == 4) return copy_cells<4>(path, to);
    copy_cells<1>(path, to);
}

int orientation_of_matrix(const std::int32_t* matrix) {
    const std::int64_t a = matrix[0], b = matrix[1], c = matrix[3], d = matrix[4];
    if (std::abs(a) + std::abs(d) >= std::abs(b) + std::abs(c)) {
        if (a >= 0) return d >= 0 ? 1 : 4;
        return d >= 0 ? 2 : 3;
    }
    if (b >= 0) return c >= 0 ? 5 : 6;
    return c >= 0 ? 8 : 7;
}

}  // namespace kinora::media::decoder
