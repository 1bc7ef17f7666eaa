// stills/stills.hpp: video out of pictures that were given: one comes to life, two become one
// another, a clip goes on.
//
// Pictures come in decoded. The first frame is the start picture, the last one the end picture, but
// for the encoder's rounding; what the prompt adds eases in after the first and out before the
// last.
#pragma once

#include "engines/engine.hpp"
#include "engines/storyboard/scene/scene.hpp"
#include "engines/storyboard/stills/still_picture.hpp"

#include <span>

namespace kinora::engines::storyboard {

// At least one of `start`, `end` and `before`, all of one size, which is the clip's.
struct StillsBrief {
    const StillPicture* start = nullptr;
    const StillPicture* end = nullptr;
    // The last pictures of a clip that this one continues, in order: two or more to keep its
    // motion, at most twelve are looked at. Wins over `start`; cannot loop.
    std::span<const media::Picture> before;
    // What comes after the last frame, which is `end` then: pictures from that one on, whose motion
    // is met; at most four are looked at. Empty: nothing is known of it.
    std::span<const media::Picture> after;
    Shot mood;  // Camera, weather, effects, time and palette count; the rest is in the pictures.
    Style style = Style::claymation;
    // The step from the last frame to the first is like any other. With an end picture, that is
    // the middle frame, and the clip returns from it.
    bool loop = false;
    int frame_count = 120;
    int fps = 24;
    std::uint64_t seed = 0;
};

// Fails with `cancelled` when the context's stop was requested, and with what the sink fails with.
// The same brief gives the same frames, whatever the number of threads.
Result<RenderReport> draw_stills(const StillsBrief& brief, FrameSink& sink,
                                 const RenderContext& context);

}  // namespace kinora::engines::storyboard
