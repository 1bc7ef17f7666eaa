// engines/engine.hpp: what turns a brief into frames.
//
// An engine draws one frame after the other and hands each to a sink; nobody ever holds a whole
// clip. Storing, encoding, retrying and billing are settled in tasks/.
#pragma once

#include "base/result.hpp"
#include "media/picture.hpp"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace kinora::engines {

// What to draw. The same brief gives the same frames, bit for bit, on one machine, whatever the
// number of threads.
struct Brief {
    std::string prompt;      // UTF-8, 1..5,000 characters.
    int width = 1360;        // Pixels, even, 16..4096.
    int height = 752;        // Pixels, even, 16..4096.
    int frame_count = 120;
    int fps = 24;
    std::uint64_t seed = 0;
    bool loop = false;         // The step from the last frame to the first is like any other.
    bool enhancement = true;  // May add what a director would: light, weather, a camera move.
};

// Takes frames in order. A failure of the sink ends the render with that failure.
class FrameSink {
public:
    virtual ~FrameSink() = default;
    virtual Result<void> add(const media::Picture& picture) = 0;
};

struct RenderContext {
    std::stop_token stop;  // Looked at once a frame at least.
    int threads = 1;       // Threads that the engine may keep busy, its caller's included.
};

struct RenderReport {
    std::vector<std::string> notes;  // Plain sentences for the caller; may be empty.
};

class Engine {
public:
    virtual ~Engine() = default;
    // Stable, lower case: "storyboard".
    virtual std::string name() const = 0;
    // Blocks until the clip is drawn. Fails with `cancelled` when `stop` was requested. One render
    // at a time on one engine.
    virtual Result<RenderReport> render(const Brief& brief, FrameSink& sink,
                                        const RenderContext& context) = 0;
};

}  // namespace kinora::engines
