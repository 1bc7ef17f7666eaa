// base/clock.hpp: what time it is; passed in, so that a test can hold it still.
#pragma once

#include <chrono>
#include <cstdint>

namespace kinora {

using Milliseconds = std::chrono::milliseconds;
// Wall-clock time as it is stored and shown.
using TimePoint = std::chrono::sys_time<Milliseconds>;
using SteadyPoint = std::chrono::steady_clock::time_point;

class Clock {
public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;       // May jump when somebody sets the clock.
    virtual SteadyPoint steady() const = 0;  // Never goes back; for durations.
};

class SystemClock final : public Clock {
public:
    TimePoint now() const override {
        return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
    }
    SteadyPoint steady() const override { return std::chrono::steady_clock::now(); }
};

// Unix time in milliseconds, as the database keeps it.
inline std::int64_t to_unix_ms(TimePoint time) {
    return time.time_since_epoch().count();
}
inline TimePoint from_unix_ms(std::int64_t ms) {
    return TimePoint(Milliseconds(ms));
}

}  // namespace kinora
