// engines/storyboard/tools/shot_text.hpp: a shot written by hand, for the drawing tool.
//
//     "garden day clear drift petals | fluent:cat h=0.4 walk main | fluent:butterfly h=0.1 n=4 fly
//     air"
#pragma once

#include "engines/storyboard/scene/scene.hpp"

#include <string>

namespace kinora::engines::storyboard {

// Words that name nothing are ignored.
Shot read_shot(const std::string& text);

}  // namespace kinora::engines::storyboard
