// engines/storyboard/words/manners.hpp: how things move by their nature, where the words leave it
// open.
#pragma once

#include "engines/storyboard/words/draft.hpp"

namespace kinora::engines::storyboard {

// What it does here: as said, but in its own way (a ship that "glides" sails), or what it does by
// itself.
Motion motion_of(const Mention& mention, Setting setting);
// Whether it is off the ground while it does so.
bool is_airborne(const Mention& mention, Motion motion, Setting setting);
// Gives a bird on the wing the picture of one.
void take_wing(Subject& subject);

}  // namespace kinora::engines::storyboard
