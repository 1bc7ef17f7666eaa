// engines/storyboard/words/kinds.hpp: what sort of thing a thing is, as far as sentences care.
#pragma once

#include "engines/storyboard/assets/pack.hpp"
#include "engines/storyboard/words/lexicon.hpp"

namespace kinora::engines::storyboard {

bool is_kind(const Thing& thing, AssetKind kind);
bool is_person(const Thing& thing);
// Clothes lend their colour to who wears them; nobody draws them by themselves then.
bool is_clothing(const Thing& thing);
// A dress or a coat, not a scarf or shoes.
bool covers_body(const Thing& thing);
// Whether the second is no more than a costume of the first: "robot bartender", "cat astronaut".
bool is_dressed(const Thing& who, const Thing& role);
// "herd", "caravan": behind the noun that it counts, as "of" puts it before.
bool is_group(std::string_view word);
// How many are in one.
inline constexpr int kGroup = 6;
// One that is spoken of as two: "headphones", "a pair of jeans".
bool is_pair(const Thing& thing);
// What a person on it rides.
bool is_mount(const Thing& thing);
// Things that somebody can be in.
bool holds_people(const Thing& thing);
// Vessels of which "a cup of coffee" shows what is in them only.
bool is_vessel(const Thing& thing);
// Vessels that are seen with what is in them: "a bowl of cherries".
bool is_open_vessel(const Thing& thing);
// Sun, moon, stars, clouds, rainbow: they stand in the sky and are no company.
bool is_celestial(const Thing& thing);
bool is_instrument(const Thing& thing);
bool is_ball(const Thing& thing);
// What is played sitting: chess, cards.
bool is_parlour_game(const Thing& thing);
// How it gets about: a fish swims, a cart drives.
Motion travel_of(const Thing& thing);

}  // namespace kinora::engines::storyboard
