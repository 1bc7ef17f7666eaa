// layers/places.hpp: what those share who place a cast and who comes to it later.
#pragma once

#include "engines/storyboard/layers/cast.hpp"

namespace kinora::engines::storyboard {

// What a shot adds by itself, or puts far away, makes the background.
bool in_background(const Subject& subject);

// Stands, lies or rides where another is.
bool is_with_another(const Subject& subject, const Actor& actor);

// Places those who are with another, from the actor `first` on; the others have their places.
void place_by_others(CastPlan& cast, std::size_t first, const Shot& shot);

// Mountains stand at the horizon, behind everything, a good part of the frame high; `z0` is the
// distance of the main subject.
void place_far_off(Actor& actor, const Subject& subject, const EyeLevel& eye, float z0);

}  // namespace kinora::engines::storyboard
