// frames/frame_buffer.hpp: the picture in the making: light in 16 bits, then YUV.
#pragma once

#include "engines/storyboard/frames/bitmap.hpp"
#include "engines/storyboard/frames/team.hpp"
#include "engines/storyboard/layers/mood.hpp"
#include "media/picture.hpp"

#include <functional>
#include <vector>

namespace kinora::engines::storyboard {

// Square roots of light of one frame, times `kStoreScale`, and its bloom at an eighth of the size.
struct LightPlanes {
    std::vector<std::uint16_t> r, g, b;
    std::vector<float> bloom;
    std::ptrdiff_t stride = 0;
    int bloom_width = 0, bloom_height = 0;

    LightPlanes(int width, int height);
};

// How light becomes a picture.
struct Lens {
    float exposure = 1, bloom = 0.15F, threshold = 0.9F, vignette = 0.3F, grain = 0.02F,
          saturation = 1, contrast = 1;
    Vec3 grade{1, 1, 1}, tone_dark{0, 0, 0}, tone_light{1, 1, 1};
};

// Memory for drawing, kept for a whole render.
class FrameBuffer {
public:
    FrameBuffer(int width, int height, int threads);

    int width() const { return width_; }
    int height() const { return height_; }
    LightPlanes& planes() { return planes_; }
    // Draws bands with `draw` and keeps their light. `draw` must write every pixel of its band.
    void paint(Team& team, float threshold, const std::function<void(const Band&)>& draw);
    // Mixes `share` of `other` in.
    void blend(Team& team, const LightPlanes& other, float share);
    // Tones the light into `picture`; `frame` seeds the grain.
    void finish(Team& team, const Lens& lens, std::uint32_t frame, media::Picture& picture);

private:
    static constexpr int kBandRows = 16;
    int width_, height_;
    std::ptrdiff_t stride_;
    LightPlanes planes_;
    std::vector<std::vector<float>> bands_;  // One for each thread.
};

}  // namespace kinora::engines::storyboard
