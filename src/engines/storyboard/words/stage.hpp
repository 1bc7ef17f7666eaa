// engines/storyboard/words/stage.hpp: what was said becomes a shot, with all that goes without
// saying.
//
// A whale is in the sea, a bird without a branch is in the air, three cats stand side by side.
#pragma once

#include "engines/storyboard/words/draft.hpp"

namespace kinora::engines::storyboard {

inline constexpr int kCountMax = 24;  // Of one subject; more are not drawn.

inline constexpr std::size_t kMaxSubjects = 12;  // Of one shot.

// What a shot takes over from the one before where its own words do not say it.
struct Inherited {
    const Shot* shot = nullptr;
    const Draft* draft = nullptr;
};

Shot make_shot(const Draft& draft, const Inherited& before, double aspect);

}  // namespace kinora::engines::storyboard
