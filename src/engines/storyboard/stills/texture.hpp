// stills/texture.hpp: a picture to look up at places between its pixels.
#pragma once

#include "engines/storyboard/frames/team.hpp"
#include "engines/storyboard/stills/kernels/stills_kernels.hpp"
#include "engines/storyboard/stills/still_picture.hpp"

namespace kinora::engines::storyboard {

// Twice the picture's size, the pixels themselves on even rows and columns and a six-tap filter
// between: mixing neighbours then hardly blurs, so a slow move does not pulse between sharp and
// soft.
class Texture {
public:
    Texture() = default;
    Texture(const StillPicture& still, Team& team);

    bool empty() const { return texels_.empty(); }
    WarpSource source() const { return {texels_.data(), width_, height_, pitch_}; }

private:
    int width_ = 0, height_ = 0, pitch_ = 0;
    std::vector<std::uint32_t> texels_;
};

// Out of focus by about `radius` pixels.
StillPicture blurred(const StillPicture& still, int radius, Team& team);

}  // namespace kinora::engines::storyboard
