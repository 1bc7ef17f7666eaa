// outbound/limits.hpp: how much of other people's answers is taken in, and for how long.
#pragma once

#include "base/clock.hpp"

#include <cstdint>

namespace kinora::outbound {

struct Limits {
    std::uint64_t size_bytes_max = 0;  // Of the file. The caller says; 0 takes in nothing.
    Milliseconds time_max{60'000};     // From the first lookup to the last byte, all hops together.
    Milliseconds connect_max{10'000};  // Of one hop, TLS included.
    // A server that sends less than this in any such stretch of time is given up: a megabyte at
    // that rate would take a quarter of an hour.
    std::uint64_t pace_bytes_min = 15 * 1'024;
    Milliseconds pace_window{15'000};
    int redirects_max = 5;
    std::size_t head_bytes_max = 64 * 1'024;  // Of one hop: all header lines and trailers.
};

}  // namespace kinora::outbound
