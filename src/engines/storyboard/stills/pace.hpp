// stills/pace.hpp: how time passes in a clip of pictures.
#pragma once

#include "engines/storyboard/stills/living.hpp"
#include "engines/storyboard/stills/stills.hpp"

namespace kinora::engines::storyboard {

class Pace {
public:
    explicit Pace(const StillsBrief& brief);

    float seconds() const { return seconds_; }  // Of the whole clip.
    // 0 at the start, 1 at the end; the frames that a continued clip had before count as the start,
    // and the frame after a loop's last as its end.
    float progress(int frame) const;
    // From the first picture to the second, and back in a loop: 0..1, never resting.
    float crossing(int frame) const;
    // 0 where a given picture must be seen as it is, 1 half a second behind the first one, and one
    // and a half away from the last one.
    float ease(int frame) const;
    // Camera, clouds and waves `progress` of the way; a loop closes all of them.
    LifeMoment life(float progress) const;

private:
    const StillsBrief& brief_;
    int count_;
    float fps_, seconds_;
    float wind_;  // Signed, of the clouds.
};

}  // namespace kinora::engines::storyboard
