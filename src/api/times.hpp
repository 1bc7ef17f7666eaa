// api/times.hpp: times as platform objects write them.
#pragma once

#include "base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kinora::api {

// RFC 3339, UTC, with milliseconds: "2026-11-25T18:00:00.000Z".
std::string to_rfc3339(TimePoint time);
// Such a text with any offset, "Z" or "+08:00", and any number of decimals; what is finer than a
// millisecond is cut off. Nothing for all else, also for days that no calendar has.
std::optional<TimePoint> parse_rfc3339(std::string_view text);

}  // namespace kinora::api
