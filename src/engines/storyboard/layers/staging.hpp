// layers/staging.hpp: a shot made ready for the stage: what the words name and the stage has
// already is left to the stage, and what a subject cannot do without is brought along.
#pragma once

#include "engines/storyboard/scene/scene.hpp"

namespace kinora::engines::storyboard {

// - A table on which small things stand indoors is the stage itself, seen from close by.
// - It neither rains nor snows under a roof.
// - Mountains belong to the horizon and are nobody's main subject.
// - One alone is the main subject; crowds, and birds in the air above it, are company.
// - The main subject stands in the middle: what it is beside is beside it.
// - Who rides a surfboard has a wave behind.
Shot stage(Shot shot);

// Higher than any building: part of the land.
bool is_mountain(const Subject& subject);

}  // namespace kinora::engines::storyboard
