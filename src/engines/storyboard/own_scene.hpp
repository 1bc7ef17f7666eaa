// engines/storyboard/own_scene.hpp: a scene of words that is drawn before given pictures come: that
// of a clip which this engine drew itself and goes on with, or one that leads to an end picture.
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

// What the past of `brief.given` and its prompt make; a loop leads back to the start of all. Where
// a picture is to be reached at the end, the prompt adds no shot to that. With an end picture
// alone, the scene of the prompt, if it names something to be seen: `scene`. Nothing in all other
// cases. `pack` may be null, and must outlive the scene.
std::optional<OwnScene> own_scene(const Scene& scene, const Brief& brief, const Lexicon& lexicon,
                                  const Pack* pack);

}  // namespace kinora::engines::storyboard
