// engines/storyboard/words/layout.hpp: a first wish for where all stand.
#pragma once

#include "engines/storyboard/scene/scene.hpp"

namespace kinora::engines::storyboard {

// Subjects side by side in the middle, the rest beside and behind, relations kept. `aspect` is
// width to height.
void lay_out(Shot& shot, double aspect);

}  // namespace kinora::engines::storyboard
