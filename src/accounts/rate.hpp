// accounts/rate.hpp: how many requests a second a token makes.
//
// The generic cell rate algorithm (ITU-T I.371): a token may make a second's worth of requests at
// once, and then as many as time brings back. Kept in memory, by each server for itself.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

#include <mutex>
#include <unordered_map>

namespace kinora::accounts {

class RateGuard {
public:
    // Counts a request of that token or person, of which `per_second` are allowed; 0 is no limit.
    // Fails with too_many_requests, and does not count it then. Safe from any thread.
    Result<void> admit(const Uuid& id, int per_second, SteadyPoint now);

private:
    std::mutex mutex_;
    // When all that was used up will be back: not after now where nothing is used.
    std::unordered_map<Uuid, SteadyPoint> full_at_;
};

}  // namespace kinora::accounts
