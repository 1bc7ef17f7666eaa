// engines/engine.hpp: what turns a brief into frames.
//
// An engine draws one frame after the other and hands each to a sink; nobody ever holds a whole
// clip. Storing, encoding, retrying and billing are settled in tasks/.
#pragma once

#include "base/result.hpp"
#include "media/picture.hpp"
#include "media/still.hpp"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace kinora::engines {

// What a part of a clip was drawn for.
struct PastPart {
    std::string prompt;
    std::uint64_t seed = 0;
    int frame_count = 0;
    bool loop = false;
    bool enhancement = true;
    friend bool operator==(const PastPart&, const PastPart&) = default;
};

// Pictures that somebody gave, decoded. A still may have any size: it is scaled to cover the clip
// and cut about its centre.
struct Given {
    std::optional<media::Still> start;  // The first frame.
    std::optional<media::Still> end;    // The last frame; of a loop the middle one.
    // The last pictures of a clip that goes on, in order, of the brief's size; two or more keep its
    // motion, more than `kBeforeMax` are not looked at. `start` is empty then.
    std::vector<media::Picture> before;
    // What a loop comes back to where a clip goes on: that clip's first pictures, in order. Of more
    // than one their motion is met; more than `kOpeningMax` are not looked at.
    std::vector<media::Picture> opening;
    // How that clip came about, part by part, where all of it was drawn of words; an engine that
    // sees that its own scene ends in `before` can go on with it.
    std::vector<PastPart> past;

    static constexpr std::size_t kBeforeMax = 12, kOpeningMax = 4;
    bool any() const { return start || end || !before.empty(); }
};

// What to draw. The same brief gives the same frames, bit for bit, on one machine, whatever the
// number of threads.
struct Brief {
    std::string prompt;  // UTF-8, at most 5,000 characters; empty with pictures only.
    int width = 1360;    // Pixels, even, 16..4096.
    int height = 752;    // Pixels, even, 16..4096.
    int frame_count = 120;
    int fps = 24;
    std::uint64_t seed = 0;
    bool loop = false;             // The step from the last frame to the first is like any other.
    bool enhancement = true;       // May add what a director would: light, weather, a camera move.
    const Given* given = nullptr;  // Outlives the render; null where there are no pictures.
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
