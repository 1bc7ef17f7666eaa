// engines/storyboard/words/brief.hpp: a scene in a few short lines, for people and for tests.
//
//     style=noir
//     shot city_street night rain effects=smoke camera=tracking palette=neon
//     - 2 biped:detective motion=walk main
//     - fluent:dog on #0 color=#d92b2b h=0.6 air left
//     ! “zorblax” is not among the things this engine can draw; it was left out.
//
// Values that are the default (claymation, day, clear, drift, natural, one, idle) are left out.
#pragma once

#include "engines/storyboard/scene/scene.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kinora::engines::storyboard {

std::string to_brief(const Scene& scene);

// "A >> B": A, and B that continues its clip.
std::vector<std::string> split_parts(std::string_view text);

}  // namespace kinora::engines::storyboard
