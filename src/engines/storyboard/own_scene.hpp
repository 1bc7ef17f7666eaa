// engines/storyboard/own_scene.hpp: the scene of a clip that this engine drew itself, gone on with.
#pragma once

#include "engines/engine.hpp"
#include "engines/storyboard/frames/clip.hpp"
#include "engines/storyboard/words/lexicon.hpp"

#include <optional>

namespace kinora::engines::storyboard {

struct OwnScene {
    Timeline timeline;  // What was drawn, and behind it what the brief asks for.
    Style style = Style::claymation;
    const Pack* pack = nullptr;
    int begin = 0;  // The first frame that is new.
    std::vector<std::string> notes;
};

// What the past of `brief.given` and its prompt make; nothing where that past is not known. Where a
// picture is to be reached at the end, the prompt adds no shot. `pack` may be null, and must
// outlive the scene.
std::optional<OwnScene> own_scene(const Brief& brief, const Lexicon& lexicon, const Pack* pack);

}  // namespace kinora::engines::storyboard
