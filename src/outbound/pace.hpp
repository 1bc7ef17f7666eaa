// outbound/pace.hpp: whether bytes keep coming, by stretches of time.
#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <optional>

namespace kinora::outbound {

class Pace {
public:
    // At least `bytes_min` in each stretch of `window`.
    Pace(Milliseconds window, std::uint64_t bytes_min) : window_(window), bytes_min_(bytes_min) {}

    // Told now and then how many bytes came in all; the first call begins the first stretch. False
    // where a whole stretch brought too few.
    bool keeps_up(SteadyPoint now, std::uint64_t bytes);

private:
    Milliseconds window_;
    std::uint64_t bytes_min_;
    std::optional<SteadyPoint> began_;
    std::uint64_t bytes_before_ = 0;
};

}  // namespace kinora::outbound
