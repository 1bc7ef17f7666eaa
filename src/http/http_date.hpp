// http/http_date.hpp: times as HTTP writes them, "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7).
#pragma once

#include "base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kinora::http {

using Seconds = std::chrono::sys_seconds;

std::string format_date(Seconds time);

// The same, remembered by each thread for as long as the second lasts. The view holds until the
// thread's next call.
std::string_view cached_date(TimePoint now);

// Takes the form above and the two obsolete ones that recipients must accept.
std::optional<Seconds> parse_date(std::string_view text);

}  // namespace kinora::http
