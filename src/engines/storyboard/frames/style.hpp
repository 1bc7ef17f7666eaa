// frames/style.hpp: looks laid over the finished light: film, paper, pixels, paint.
#pragma once

#include "engines/storyboard/frames/frame_buffer.hpp"
#include "engines/storyboard/scene/scene.hpp"

namespace kinora::engines::storyboard {

class StyleFilter {
public:
    StyleFilter(Style style, int width, int height)
        : style_(style), width_(width), height_(height) {}

    // Changes exposure, colour and grain.
    void bend(Lens& lens) const;
    // Changes shapes, in the light. `frame` varies paper and film.
    void filter(LightPlanes& planes, Team& team, std::uint32_t frame);
    // Bars and the like, in the finished picture.
    void finish(media::Picture& picture, Team& team) const;

private:
    using InkKernel = void (*)(const InkArgs&, int, int);
    void ink(LightPlanes& planes, Team& team, InkArgs args, int rows, InkKernel kernel);
    void keep(const LightPlanes& planes, InkArgs& args);
    void pixels(LightPlanes& planes, Team& team);
    void paint(LightPlanes& planes, Team& team, int radius);
    void outline(LightPlanes& planes, Team& team);
    void pencil(LightPlanes& planes, Team& team);
    void steps(LightPlanes& planes, Team& team, float count);

    Style style_;
    int width_, height_;
    std::vector<std::uint16_t> work_[3];
    std::vector<float> hatching_;
    std::vector<std::vector<int>> scratch_;  // One for each thread.
};

}  // namespace kinora::engines::storyboard
