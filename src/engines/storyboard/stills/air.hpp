// stills/air.hpp: weather and effects over a given picture.
#pragma once

#include "engines/storyboard/frames/atmosphere.hpp"
#include "engines/storyboard/stills/eye_path.hpp"
#include "engines/storyboard/stills/layout.hpp"

#include <memory>

namespace kinora::engines::storyboard {

class Air {
public:
    // `layout` is kept and must outlive this.
    Air(const Shot& mood, const Layout& layout, float seconds, bool loop, std::uint32_t seed,
        Team& team);

    // False where the prompt asked for nothing: then the rest need not be called.
    bool any() const { return atmosphere_ != nullptr; }
    // What flies at `seconds`, for an eye at `eye`. `x` and `y` say where the nodes of the layout's
    // mesh look: what is in the sky goes behind everything else.
    void prepare(float seconds, const EyePose& eye, const Field& x, const Field& y, Team& team);
    // Lays it over the band, `strength` 0..1 of it.
    void draw(const Band& band, float strength) const;
    float flash() const { return flash_; }  // Light of lightning now; 0: none.

private:
    void draw_list(const DrawList& list, const Band& band, float strength, bool in_sky) const;

    Shot shot_;
    Mood mood_;
    const Layout& layout_;
    float seconds_;
    bool loop_;
    std::unique_ptr<Noise> noise_;
    std::unique_ptr<Atmosphere> atmosphere_;
    DrawList far_, near_;
    bool has_far_ = false;
    Field veil_;  // How much sky is seen through each node now.
    float flash_ = 0;
};

}  // namespace kinora::engines::storyboard
