// stills/view_fields.cpp: value noise in two octaves.
#include "engines/storyboard/stills/view_fields.hpp"

namespace kinora::engines::storyboard {

Field lumps(const Mesh& mesh, float size, std::uint32_t seed) {
    Field out(mesh.size());
    auto octave = [&](float x, float y, std::uint32_t salt) {
        const float bx = std::floor(x), by = std::floor(y);
        auto at = [&](int i, int j) {
            return chance(salt + std::uint32_t(int(bx) + i), std::uint32_t(int(by) + j));
        };
        const float u = smooth(0, 1, x - bx), v = smooth(0, 1, y - by);
        return mix(mix(at(0, 0), at(1, 0), u), mix(at(0, 1), at(1, 1), u), v);
    };
    const float unit = 1.0F / (size * float(mesh.columns));
    for (int j = 0; j < mesh.rows; ++j) {
        for (int i = 0; i < mesh.columns; ++i) {
            const float x = float(i) * unit, y = float(j) * unit;
            out[mesh.index(i, j)] =
                0.68F * octave(x, y, seed) + 0.32F * octave(x * 2.3F, y * 2.3F, seed + 7919U);
        }
    }
    return out;
}

}  // namespace kinora::engines::storyboard
