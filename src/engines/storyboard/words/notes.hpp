// engines/storyboard/words/notes.hpp: what the caller is told about the prompt: what could not be
// drawn, and what is shown in place of something else.
#pragma once

#include "engines/storyboard/words/draft.hpp"

#include <cstddef>
#include <vector>

namespace kinora::engines::storyboard {

// `drafts` are those of the scene's shots; `left_out` counts the steps that got none.
void add_notes(Scene& scene, const std::vector<Draft>& drafts, std::size_t left_out);

}  // namespace kinora::engines::storyboard
