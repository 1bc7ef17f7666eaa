// stills/mesh.hpp: a coarse net over the picture; what varies slowly is kept at its nodes.
#pragma once

#include "engines/storyboard/frames/vec.hpp"

#include <vector>

namespace kinora::engines::storyboard {

// Node (i, j) lies on pixel (i << shift, j << shift). One column and row more than the picture
// needs, so that every pixel has a node on each side.
struct Mesh {
    int width = 0, height = 0;  // Of the picture.
    int shift = 0;
    int columns = 0, rows = 0;

    Mesh() = default;
    Mesh(int w, int h, int s)
        : width(w), height(h), shift(s), columns(((w - 1) >> s) + 2), rows(((h - 1) >> s) + 2) {}
    // The finest net with at most `most` nodes along a side.
    static Mesh within(int width, int height, int most) {
        int shift = 0;
        while ((std::max(width, height) >> shift) > most) ++shift;
        return {width, height, shift};
    }
    int step() const { return 1 << shift; }
    std::size_t size() const { return std::size_t(columns) * std::size_t(rows); }
    std::size_t index(int i, int j) const {
        return std::size_t(j) * std::size_t(columns) + std::size_t(i);
    }
};

// Values at the nodes of a mesh.
using Field = std::vector<float>;

// The value of that rank, 0 the least; `values` holds more than `rank`.
template <class T>
T ranked(std::vector<T> values, std::size_t rank) {
    const auto at = values.begin() + std::ptrdiff_t(rank);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

// Between the nodes, at a place in units of nodes; outside, what lies at the border.
struct MeshTap {
    std::size_t at = 0;
    float fx = 0, fy = 0;

    MeshTap(const Mesh& mesh, float x, float y) {
        x = std::clamp(x, 0.0F, float(mesh.columns) - 1.001F);
        y = std::clamp(y, 0.0F, float(mesh.rows) - 1.001F);
        const int i = int(x), j = int(y);
        at = mesh.index(i, j), fx = x - float(i), fy = y - float(j);
    }
    float of(const Mesh& mesh, const Field& f) const {
        const float* p = f.data() + at;
        const float* q = p + mesh.columns;
        return mix(mix(p[0], p[1], fx), mix(q[0], q[1], fx), fy);
    }
};

}  // namespace kinora::engines::storyboard
