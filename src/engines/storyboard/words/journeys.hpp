// engines/storyboard/words/journeys.hpp: "from A to B", of places, times and seasons.
#pragma once

#include "engines/storyboard/words/reading.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace kinora::engines::storyboard {

// Where "from A to B" begins and ends among the units.
struct Journey {
    std::size_t from = 0;  // Of "from", or of A where the words leave it out.
    std::size_t to = 0;    // Of "to".
    std::size_t end = 0;   // Behind B.
};

std::optional<Journey> find_journey(const std::vector<Unit>& units);
// The same words with A alone, and with B alone.
std::vector<std::vector<Unit>> split_journey(const std::vector<Unit>& units,
                                             const Journey& journey);

// "spring", "winter": what else is seen goes with it.
bool is_season(std::string_view word);

}  // namespace kinora::engines::storyboard
