// tests/support/race.hpp: threads that begin at once.
#pragma once

#include <exception>
#include <latch>
#include <mutex>
#include <thread>
#include <vector>

namespace kinora::test {

// Runs `run(0)` to `run(racers - 1)`, each on a thread of its own; the sum of what they returned.
// Rethrows what one of them threw.
template <class F>
int race(int racers, F run) {
    std::latch start(racers);
    std::mutex mutex;
    int sum = 0;
    std::exception_ptr error;
    std::vector<std::jthread> threads;
    for (int racer = 0; racer < racers; ++racer) {
        threads.emplace_back([&, racer] {
            start.arrive_and_wait();
            try {
                const int mine = run(racer);
                const std::lock_guard lock(mutex);
                sum += mine;
            } catch (...) {
                const std::lock_guard lock(mutex);
                error = std::current_exception();
            }
        });
    }
    threads.clear();  // Joins them.
    if (error) std::rethrow_exception(error);
    return sum;
}

}  // namespace kinora::test
