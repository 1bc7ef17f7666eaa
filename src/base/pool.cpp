#include "base/pool.hpp"

namespace kinora {

Async<void> Pool::run_job(std::function<void()> job) {
    auto call = [this, job = std::move(job)](auto done) mutable {
        asio::post(pool_, [job = std::move(job), done = std::move(done)]() mutable {
            try {
                job();
                job = nullptr;  // What it refers to may be gone once the caller knows.
                done(nullptr, std::optional(true));
            } catch (...) {
                done(std::current_exception(), std::nullopt);
            }
        });
    };
    co_await await_call<bool>(std::move(call));
}

}  // namespace kinora
