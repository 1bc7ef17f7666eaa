// engines/storyboard/words/implied.hpp: what goes with a word without being said.
//
// A violinist has a violin, who skateboards has a board, a cowboy who rides has a horse.
#pragma once

#include "engines/storyboard/scene/scene.hpp"

#include <optional>
#include <string_view>

namespace kinora::engines::storyboard {

struct Implied {
    std::string_view stem;   // Of the verb or the noun.
    std::string_view asset;  // In the pack.
    double height_m = 1;
    // Riding and inside: the one who is named rides it or is in it; on: it stands on it.
    Relation relation = Relation::holding;
    Motion motion = Motion::idle;                   // Of the implied thing.
    std::optional<Setting> setting = std::nullopt;  // Where that is done, if no words say.
};

// What lies on no floor: the food that a cook has in hand, a game of chess.
const Implied* table();

// Null where nothing is implied. `word` is in lower case.
const Implied* implied_by_verb(std::string_view word);
const Implied* implied_by_noun(std::string_view word);

}  // namespace kinora::engines::storyboard
