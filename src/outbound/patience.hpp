// outbound/patience.hpp: how long a call that blocks may go on.
#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"

#include <optional>
#include <stop_token>

namespace kinora::outbound {

struct Patience {
    std::stop_token stop;
    SteadyPoint deadline = SteadyPoint::max();

    // `cancelled` after a stop, `timeout` after the deadline, nothing before either.
    std::optional<Error> ran_out() const;
};

}  // namespace kinora::outbound
