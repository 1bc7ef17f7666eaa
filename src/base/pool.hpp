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
        auto call = [this, fn = std::move(fn)](auto done) mutable {
            asio::post(pool_, [fn = std::move(fn), done = std::move(done)]() mutable {
                try {
                    auto value = std::optional<T>(fn());
                    done(nullptr, std::move(value));
                } catch (...) {
                    done(std::current_exception(), std::nullopt);
                }
            });
        };
        return await_call<T>(std::move(call));
    }

private:
    asio::thread_pool pool_;
};

}  // namespace kinora
