// stills/crossing.hpp: how one picture gives way to another that has nothing in common with it.
#pragma once

#include "engines/storyboard/stills/living.hpp"
#include "engines/storyboard/stills/view_fields.hpp"

namespace kinora::engines::storyboard {

// The eye pushes through the first picture into the second: the second opens from what is farthest,
// behind a line of light, and never do both shine through each other.
class Crossing {
public:
    // Both are kept and must outlive this; their pictures are of one size.
    Crossing(const Living& first, const Living& second, std::uint32_t seed);

    // What is seen at `time` (0 the first picture, 1 the second), when `first` and `second` are
    // what they live through meanwhile. The change itself takes `length` of the time.
    void at(float time, float length, LifeMoment first, LifeMoment second, ViewFields& out,
            Team& team) const;

private:
    const Living& first_;
    const Living& second_;
    Field order_;  // When each node gives way, 0..1.
};

}  // namespace kinora::engines::storyboard
