// frames/atmosphere.hpp: weather and what floats in the air, frame by frame.
#pragma once

#include "engines/storyboard/frames/bakes.hpp"
#include "engines/storyboard/frames/draw_list.hpp"
#include "engines/storyboard/layers/clock.hpp"
#include "engines/storyboard/layers/mood.hpp"

#include <optional>

namespace kinora::engines::storyboard {

// Where things are for this frame.
struct AirView {
    View view{}, base{};  // Now, and at rest.
    float width = 0, height = 0;
    float main_x = 0, main_y = 0, main_px = 300;  // The main subject's middle and height in pixels.
    float summit_x = 0, summit_y = 0;             // Of a volcano.
    float ground_y = 0;                           // Row of the main subject's foot.
    float main_z = 3;
};

class Atmosphere {
public:
    Atmosphere(const Shot& shot, const Mood& mood, const Noise& noise, std::uint32_t seed,
               Team& team);

    // Everything farther than the ground: stars, sun, moon, planets, far clouds.
    void draw_sky(DrawList& list, const AirView& air, const Clock& clock) const;
    // Weather and effects between the eye and the ground.
    void draw_air(DrawList& list, const AirView& air, const Clock& clock) const;
    // Light of lightning or fireworks now, added to the exposure: 0 none.
    float flash(const Clock& clock) const;

private:
    void stars(DrawList& list, const AirView& air, const Clock& clock) const;
    void planets(DrawList& list, const AirView& air, const Clock& clock) const;
    void cloud_field(DrawList& list, const AirView& air, const Clock& clock) const;
    void plume(DrawList& list, const AirView& air, const Clock& clock) const;
    void waterfall(DrawList& list, const AirView& air, const Clock& clock) const;
    void bolt(DrawList& list, const AirView& air, const Clock& clock) const;
    void rain(DrawList& list, const AirView& air, const Clock& clock) const;
    void snow(DrawList& list, const AirView& air, const Clock& clock) const;
    void fog(DrawList& list, const AirView& air, const Clock& clock) const;
    void rays(DrawList& list, const AirView& air, const Clock& clock) const;
    void floating(DrawList& list, const AirView& air, const Clock& clock, Effect effect) const;
    void fire(DrawList& list, const AirView& air, const Clock& clock, bool only_smoke) const;
    void orbs(DrawList& list, const AirView& air, const Clock& clock) const;
    void fireworks(DrawList& list, const AirView& air, const Clock& clock) const;
    bool has(Effect effect) const;

    const Shot& shot_;
    const Mood& mood_;
    std::uint32_t seed_;
    std::vector<Sprite> puffs_, smoke_;
    Sprite moon_, planet_, ringed_, streak_, flake_, petal_, leaf_, bubble_, flame_, ray_;
};

}  // namespace kinora::engines::storyboard
