// engines/storyboard/words/turns.hpp: verbs by which somebody comes, goes or stops.
//
// "a dog arrives", "the cat runs away", "the car comes to a halt": in a prompt that continues a
// clip they say who is there from now on. Elsewhere they count for nothing.
#pragma once

#include "engines/storyboard/words/reading.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace kinora::engines::storyboard {

enum class Turn { comes, passes, goes, vanishes, stops };

struct Said {
    Turn turn = Turn::comes;
    bool particle = false;  // The word right behind the verb belongs to it: "walks in".
};

// What the verb at `at`, with the words behind it, says of who acts; none for other verbs.
std::optional<Said> turn_of(std::span<const Unit> units, std::size_t at);

// Verbs by which weather is over: "the fog lifts".
bool ends_weather(std::string_view verb);

}  // namespace kinora::engines::storyboard
