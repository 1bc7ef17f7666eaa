// outbound/wording.hpp: limits as they are said to people.
#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <string>

namespace kinora::outbound {

// "25 MB" for 25'000'000 and for 25 * 1'024 * 1'024; bytes where it is no whole number of either.
std::string say_size(std::uint64_t size_bytes);

// "10 s", "0.2 s".
std::string say_time(Milliseconds time);

}  // namespace kinora::outbound
