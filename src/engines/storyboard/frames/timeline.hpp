// frames/timeline.hpp: which shot is seen when, in a clip and in what continues it.
//
// Plain data, made without drawing: frames of a clip and of those that continue it are counted
// through, so that any stretch of them can be drawn alone and is the same as within the whole.
#pragma once

#include "engines/storyboard/scene/scene.hpp"

#include <functional>

namespace kinora::engines::storyboard {

// What changes a shot while it is seen.
struct Change {
    int since = 0;  // Frame of the take's own.
    Shot shot;      // As Shot::changes; of its light the take knows nothing.
};

// A shot, and when it is seen.
struct Take {
    Shot shot;
    std::vector<Change> changes;  // By time.
    std::uint32_t seed = 0;
    std::uint32_t clip_seed = 0;  // The same in all takes: people look the same in them.
    int length = 0;               // Frames that its motion is planned for; it may be seen longer.
    bool loop = false;    // Comes back to its start by itself; seen longer, it begins again.
    bool cyclic = false;  // Part of a clip that loops: its grain begins anew with it.
    int first = 0;        // Frame of the timeline.
    int count = 0;        // Frames until the next one begins.
    int lead = 0;         // Frames at its start in which the take before is still seen.
    int from = 0;         // Frame of its own that is seen first.
    int home = -1;        // Index of the take into whose start its end fades; -1: none.
    int closes = 0;       // Then: frame of its own that is like the first of that one.
    // From here on, counted in its own, it comes back to how it began, until it closes; -1: no.
    int returns = -1;

    int end() const { return first + count; }
    // The shot as it is at last.
    const Shot& last_shot() const { return changes.empty() ? shot : changes.back().shot; }
};

// The same time of day, weather, palette and air.
bool has_light_of(const Shot& one, const Shot& other);

using Timeline = std::vector<Take>;  // In order, without gaps.

// Shots that fill `frames`, their shares as they say.
struct Chapter {
    std::vector<Shot> shots;  // Empty: what was seen last goes on.
    int frames = 120;
    bool loop = false;  // Its end leads back to the start of all.
    std::uint64_t seed = 0;
};

// The timeline of a clip that begins with that chapter; it has shots.
Timeline lay_out(const Chapter& chapter, int fps);

// How many frames of a take can be seen at most, whatever is asked for: where its subject goes
// somewhere, the land ends at some time. No less than its length.
using TakeLimit = std::function<int(const Take&)>;

// Appends a chapter: what was seen last goes on for a second, then the new shots come; without
// such, it goes on to the end. A shot that changes the one before (Shot::changes) goes on with its
// take at once; other light falls on it little by little. A take that cannot go on so long begins
// again, and a loop is not changed: it gives way to a new take.
void go_on(Timeline& timeline, const Chapter& chapter, int fps, const TakeLimit& limit);

}  // namespace kinora::engines::storyboard
