// frames/clip.hpp: draws a stretch of a timeline.
#pragma once

#include "engines/engine.hpp"
#include "engines/storyboard/assets/pack.hpp"
#include "engines/storyboard/frames/timeline.hpp"

namespace kinora::engines::storyboard {

struct ClipOrder {
    const Timeline* timeline = nullptr;
    Style style = Style::claymation;
    int begin = 0, end = 0;  // Frames of the timeline: from the first to before the other.
    int width = 1360, height = 752, fps = 24;
    const Pack* pack = nullptr;  // Null: sprites are left out.
};

// Fails with `cancelled` when the context's stop was requested, and with what the sink fails with.
Result<void> draw_clip(const ClipOrder& order, FrameSink& sink, const RenderContext& context);

// How long a take of such a clip can go on.
int frames_max(const Take& take, const ClipOrder& order);

}  // namespace kinora::engines::storyboard
