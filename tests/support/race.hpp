// tests/support/race.hpp: threads that begin at once.
#pragma once

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace kinora::test {

// Runs `run(0)` to `run(racers - 1)`, each on a thread of its own; the sum of what they returned.
// They must not throw.
template <class F>
int race(int racers, F run) {
    std::latch start(racers);
    std::atomic<int> sum = 0;
    std::vector<std::jthread> threads;
    for (int racer = 0; racer < racers; ++racer) {
        threads.emplace_back([&, racer] {
            start.arrive_and_wait();
            sum += run(racer);
        });
    }
    threads.clear();
    return sum;
}

}  // namespace kinora::test
