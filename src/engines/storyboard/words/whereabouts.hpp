// engines/storyboard/words/whereabouts.hpp: where a shot takes place.
//
// The words may name several places, one, or none; then it is where its things are at home.
#pragma once

#include "engines/storyboard/words/draft.hpp"

#include <vector>

namespace kinora::engines::storyboard {

struct Whereabouts {
    Setting setting = Setting::meadow;
    std::vector<bool> drawn;  // For each mention: the setting draws it.
};

// `main` says of each mention whether the shot is about it; `before` is null for the first shot.
Whereabouts find_whereabouts(const Draft& draft, const std::vector<bool>& main, const Shot* before);

bool is_indoors(Setting setting);
bool is_water(Setting setting);

}  // namespace kinora::engines::storyboard
