// base/pool.hpp: a fixed number of threads for calls that block.
//
// I/O threads only wait. Password hashing, blocking libraries and the like go through run().
#pragma once

#include "base/async.hpp"

#include <boost/asio/thread_pool.hpp>
#include <memory>

namespace kinora {

class Pool {
public:
    explicit Pool(std::size_t threads) : pool_(threads) {}
    ~Pool() { pool_.join(); }

    // Runs `fn` on one of the pool's threads and comes back to the caller's executor with what it
    // returned or threw. `fn` is taken by value; what it refers to must outlive it.
    template <class F>
    Async<std::invoke_result_t<F&>> run(F fn) {
        using T = std::invoke_result_t<F&>;
        // Held by both sides, for either may end before the other.
        auto result = std::make_shared<std::optional<T>>();
        auto job = [result, held = std::make_shared<F>(std::move(fn))] {
            result->emplace((*held)());
        };
        co_await run_job(std::move(job));
        co_return std::move(**result);
    }

private:
    // Compiled once: what is left of each call's own type is little.
    Async<void> run_job(std::function<void()> job);

    asio::thread_pool pool_;
};

}  // namespace kinora
