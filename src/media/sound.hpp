// media/sound.hpp: sound as the room passes it on: 48,000 stereo samples a second.
#pragma once

#include <cstdint>
#include <vector>

namespace kinora::media {

inline constexpr int kSoundRate = 48'000;

struct Sound {
    // Left and right in turn, -1 to 1.
    std::vector<float> samples;

    std::int64_t frame_count() const { return std::int64_t(samples.size() / 2); }
    bool empty() const { return samples.empty(); }
};

}  // namespace kinora::media
