// engines/storyboard/words/direct.hpp: what a director would add.
#pragma once

#include "engines/storyboard/words/draft.hpp"

#include <cstdint>

namespace kinora::engines::storyboard {

// Adds light, weather, effects, a camera move and companions of the setting to what the words left
// open; what they say stays. The same shot and number give the same.
void direct(Shot& shot, const Draft& draft, bool alone, std::uint64_t number);

}  // namespace kinora::engines::storyboard
