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
    template <class Args>
    using Kernel = void (*)(const Args&, int, int);
    // How a kernel is to be run over the planes.
    template <class Args>
    struct Work {
        Kernel<Args> kernel;
        int rows;                // Of a block, which one thread draws.
        std::ptrdiff_t scratch;  // Integers of a thread's own memory.
        bool apart;              // It looks at neighbours: what it reads is not what it writes.
    };
    template <class Args>
    void run(LightPlanes& planes, Team& team, Args args, const Work<Args>& work);
    int line_reach() const { return std::max(1, std::min(width_, height_) / 500); }
    void pixels(LightPlanes& planes, Team& team);
    void paint(LightPlanes& planes, Team& team, int radius);
    void lines(LightPlanes& planes, Team& team, Kernel<InkArgs> kernel);
    void pencil(LightPlanes& planes, Team& team);
    void steps(LightPlanes& planes, Team& team, float count);

    Style style_;
    int width_, height_;
    std::vector<std::uint16_t> work_[3];
    std::vector<float> hatching_;
    std::vector<std::vector<int>> scratch_;  // One for each thread.
};

}  // namespace kinora::engines::storyboard
