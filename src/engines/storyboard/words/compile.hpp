// engines/storyboard/words/compile.hpp: a prompt becomes a scene.
//
// Pure: no pixels, no files, no clock. The same prompt, seed and lexicon give the same scene.
#pragma once

#include "engines/storyboard/scene/scene.hpp"
#include "engines/storyboard/words/lexicon.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kinora::engines::storyboard {

struct Prompt {
    std::string text;  // UTF-8, but anything is taken.
    bool enhancement =
        true;  // May add what a director would, and never what contradicts the words.
    std::uint64_t seed = 0;
    double aspect = 16.0 / 9.0;  // Width to height of the picture.
};

// Never throws, whatever the text; takes under 50 ms for 5,000 characters. The scene has 1 to 3
// shots, each of them at most 12 subjects, and one of these is `main` where there are any. Safe
// from any number of threads.
Scene compile(const Prompt& prompt, const Lexicon& lexicon);

// The scenes of prompts that follow one another in one clip: each takes over from the ones before
// it what its own words do not say, as a second sentence does; the style is that of the first. What
// stays in the place of the shot before changes that shot (Shot::changes) instead of making a new
// one. A prompt that says nothing has a scene without shots. Otherwise as compile.
std::vector<Scene> compile_all(std::span<const Prompt> prompts, const Lexicon& lexicon);

}  // namespace kinora::engines::storyboard
