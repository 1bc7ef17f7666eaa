// tests/support/fake_clock.hpp: a clock that moves when the test says so.
#pragma once

#include "base/clock.hpp"

#include <atomic>

namespace kinora::test {

// Begins at 2023-11-14 22:13:20 UTC and 1 s after the steady epoch. Safe from any thread.
class FakeClock final : public Clock {
public:
    TimePoint now() const override { return from_unix_ms(now_ms_); }
    SteadyPoint steady() const override { return SteadyPoint(Milliseconds(steady_ms_)); }

    // Time passes on both faces.
    void advance(Milliseconds by) {
        now_ms_ += by.count();
        steady_ms_ += by.count();
    }
    // Somebody sets the wall clock.
    void set(TimePoint now) { now_ms_ = to_unix_ms(now); }

private:
    std::atomic<std::int64_t> now_ms_ = 1'700'000'000'000;
    std::atomic<std::int64_t> steady_ms_ = 1'000;
};

}  // namespace kinora::test
