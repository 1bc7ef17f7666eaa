// engines/storyboard/words/foreign.hpp: words of other languages, in the plural too.
#pragma once

#include "engines/storyboard/words/lexicon.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kinora::engines::storyboard {

struct FoundForeign {
    Lexicon::Foreign meaning;
    bool plural = false;
};

// A word as it stands, or as the plural of one: "gatos" of "gato".
std::optional<FoundForeign> look_up_foreign(std::string_view language, const std::string& word,
                                            const Lexicon& lexicon);

}  // namespace kinora::engines::storyboard
