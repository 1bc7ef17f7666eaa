// accounts/printable.hpp: other programs' words, made fit to be shown.
#pragma once

#include <string>
#include <string_view>

namespace kinora::accounts {

// One line of at most `max` characters in UTF-8: what cannot be seen becomes a space, runs of
// spaces become one, and none is left at the ends. A longer text ends in "…".
std::string printable(std::string_view text, std::size_t max);

}  // namespace kinora::accounts
