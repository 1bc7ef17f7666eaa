// api/times.hpp: times as platform objects write them.
#pragma once

#include "base/clock.hpp"

#include <string>

namespace kinora::api {

// RFC 3339, UTC, with milliseconds: "2026-11-25T18:00:00.000Z".
std::string to_rfc3339(TimePoint time);

}  // namespace kinora::api
