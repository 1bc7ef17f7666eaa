// frames/noise.hpp: tiles of gradient noise, made once for each engine.
#pragma once

#include "engines/storyboard/frames/kernels/kernels.hpp"
#include "engines/storyboard/frames/team.hpp"

#include <vector>

namespace kinora::engines::storyboard {

// 512 x 512 values around 0, about -1..1, that tile in both directions.
class NoiseTile {
public:
    // `cells` of the coarsest octave along a side; each further octave has twice as many.
    NoiseTile(Team& team, int cells, int octaves, float gain, std::uint32_t seed, bool ridged);

    NoiseView view() const { return {value_.data(), dx_.data(), dy_.data()}; }
    // Bilinear, at a place in tiles.
    float at(float u, float v) const;

private:
    std::vector<float> value_, dx_, dy_;
};

struct Noise {
    explicit Noise(Team& team);
    NoiseTile clouds, fine, wide, ridged;
};

}  // namespace kinora::engines::storyboard
