// engines/storyboard/words/journeys.hpp: "from A to B", of places, times and seasons.
#pragma once

#include "engines/storyboard/words/reading.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace kinora::engines::storyboard {

// Where "from A to B to C" begins and ends among the units.
struct Journey {
    std::size_t from = 0;             // Of "from", or of A where the words leave it out.
    std::vector<std::size_t> joints;  // Of each "to".
    std::size_t end = 0;              // Behind C.
};

std::optional<Journey> find_journey(const std::vector<Unit>& units);
// The same words with A alone, with B alone, and so on.
std::vector<std::vector<Unit>> split_journey(const std::vector<Unit>& units,
                                             const Journey& journey);

// "spring", "winter": what else is seen goes with it.
bool is_season(std::string_view word);

}  // namespace kinora::engines::storyboard
