// frames/noise.cpp: gradient noise (K. Perlin, "Improving Noise", 2002) summed over octaves.
#include "engines/storyboard/frames/noise.hpp"

#include "engines/storyboard/frames/vec.hpp"

namespace kinora::engines::storyboard {
namespace {

constexpr int kSide = kNoiseSize;

struct Lattice {
    int period;
    std::vector<float> gx, gy;
    Lattice(int p, std::uint32_t seed) : period(p) {
        for (int i = 0; i < p * p; ++i) {
            const float angle = chance(std::uint32_t(i), seed) * 2.0F * kPi;
            gx.push_back(std::cos(angle));
            gy.push_back(std::sin(angle));
        }
    }
};

void add_octave(const Lattice& l, int y, float weight, bool ridged, float* row) {
    const float step = float(l.period) / float(kSide), fy0 = float(y) * step;
    const int y0 = int(fy0), y1 = (y0 + 1) % l.period;
    const float fy = fy0 - float(y0), wy = fy * fy * fy * (fy * (fy * 6.0F - 15.0F) + 10.0F);
    for (int x = 0; x < kSide; ++x) {
        const float fx0 = float(x) * step;
        const int x0 = int(fx0), x1 = (x0 + 1) % l.period;
        const float fx = fx0 - float(x0), wx = fx * fx * fx * (fx * (fx * 6.0F - 15.0F) + 10.0F);
        auto corner = [&](int ix, int iy, float dx, float dy) {
            const auto i = std::size_t(iy * l.period + ix);
            return l.gx[i] * dx + l.gy[i] * dy;
        };
        const float a = mix(corner(x0, y0, fx, fy), corner(x1, y0, fx - 1.0F, fy), wx);
        const float b =
            mix(corner(x0, y1, fx, fy - 1.0F), corner(x1, y1, fx - 1.0F, fy - 1.0F), wx);
        float v = mix(a, b, wy) * 1.5F;
        if (ridged) {
            v = 1.0F - std::abs(v) * 1.8F;
            v *= std::abs(v);
        }
        row[x] += weight * v;
    }
}

}  // namespace

NoiseTile::NoiseTile(Team& team, int cells, int octaves, float gain, std::uint32_t seed,
                     bool ridged)
    : value_(kSide * kSide), dx_(kSide * kSide), dy_(kSide * kSide) {
    std::vector<Lattice> lattices;
    float sum = 0, weight = 1;
    for (int i = 0; i < octaves; ++i, weight *= gain) {
        lattices.emplace_back(cells << i, seed + std::uint32_t(i) * 131U);
        sum += weight;
    }
    const float scale = (ridged ? 1.0F : 1.6F) / sum;
    team.run(kSide / 16, [&](int block, int) {
        for (int y = block * 16; y < block * 16 + 16; ++y) {
            float w = scale;
            for (const auto& lattice : lattices) {
                add_octave(lattice, y, w, ridged, &value_[std::size_t(y * kSide)]);
                w *= gain;
            }
        }
    });
    constexpr int m = kSide - 1;
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            auto v = [&](int ix, int iy) {
                return value_[std::size_t((iy & m) * kSide + (ix & m))];
            };
            const auto i = std::size_t(y * kSide + x);
            dx_[i] = (v(x + 1, y) - v(x - 1, y)) * 0.5F * float(kSide);
            dy_[i] = (v(x, y + 1) - v(x, y - 1)) * 0.5F * float(kSide);
        }
    }
}

float NoiseTile::at(float u, float v) const {
    const float x = u * float(kSide), y = v * float(kSide);
    const float fx0 = std::floor(x), fy0 = std::floor(y), fx = x - fx0, fy = y - fy0;
    constexpr int m = kSide - 1;
    const int x0 = int(fx0) & m, x1 = (x0 + 1) & m, y0 = int(fy0) & m, y1 = (y0 + 1) & m;
    auto v2 = [&](int ix, int iy) { return value_[std::size_t(iy * kSide + ix)]; };
    return mix(mix(v2(x0, y0), v2(x1, y0), fx), mix(v2(x0, y1), v2(x1, y1), fx), fy);
}

Noise::Noise(Team& team)
    : clouds(team, 4, 6, 0.5F, 21, false),
      fine(team, 6, 6, 0.6F, 77, false),
      wide(team, 4, 3, 0.5F, 5, false),
      ridged(team, 5, 6, 0.52F, 9, true) {}

}  // namespace kinora::engines::storyboard
