#include "media/decoder/shrink.hpp"

#include <algorithm>
#include <cmath>

namespace kinora::media::decoder {
namespace {

// Which cells of a line of `from` become one cell of `to`, and by how much of each.
struct Share {
    int first;
    std::vector<float> weights;
};

std::vector<Share> shares(int from, int to) {
    std::vector<Share> all(static_cast<std::size_t>(to));
    const double step = double(from) / to;
    for (int i = 0; i < to; ++i) {
        const double start = i * step, end = std::min((i + 1) * step, double(from));
        const int first = std::min(int(start), from - 1);
        const int last = std::clamp(int(std::ceil(end)), first + 1, from);
        auto& share = all[std::size_t(i)];
        share.first = first;
        for (int at = first; at < last; ++at) {
            const double covered = std::min(end, at + 1.0) - std::max(start, double(at));
            share.weights.push_back(float(std::max(covered, 0.0) / step));
        }
    }
    return all;
}

// One line, narrowed, with each colour multiplied by its alpha.
void narrow(const std::uint8_t* row, const std::vector<Share>& columns, std::vector<float>& line) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        float sum[4] = {};
        const auto* cell = row + std::size_t(columns[i].first) * 4;
        for (const float weight : columns[i].weights) {
            const float alpha = weight * float(cell[3]);
            for (int c = 0; c < 3; ++c) sum[c] += alpha * float(cell[c]);
            sum[3] += alpha;
            cell += 4;
        }
        std::copy_n(sum, 4, line.data() + i * 4);
    }
}

std::uint8_t rounded(float value) {
    return std::uint8_t(std::clamp(std::lround(value), 0L, 255L));
}

void write_row(const std::vector<float>& sums, std::uint8_t* out) {
    for (std::size_t i = 0; i < sums.size(); i += 4) {
        const float alpha = sums[i + 3];
        for (std::size_t c = 0; c < 3; ++c) {
            out[i + c] = alpha > 0 ? rounded(sums[i + c] / alpha) : std::uint8_t(0);
        }
        out[i + 3] = rounded(alpha);
    }
}

}  // namespace

Rgba shrink(const Rgba& from, int width, int height) {
    Rgba to{width, height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * 4)};
    const auto columns = shares(from.width, width);
    const auto rows = shares(from.height, height);
    std::vector<float> line(std::size_t(width) * 4), sums(line.size());
    const auto stride = std::size_t(from.width) * 4;
    for (std::size_t y = 0; y < rows.size(); ++y) {
        std::fill(sums.begin(), sums.end(), 0.0F);
        auto source = std::size_t(rows[y].first);
        for (const float weight : rows[y].weights) {
            narrow(from.bytes.data() + source++ * stride, columns, line);
            for (std::size_t i = 0; i < line.size(); ++i) sums[i] += weight * line[i];
        }
        write_row(sums, to.bytes.data() + y * std::size_t(width) * 4);
    }
    return to;
}

}  // namespace kinora::media::decoder
