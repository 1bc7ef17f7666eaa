// tests/support/wait.hpp: how a test waits: on a condition or a coroutine, never on the clock
// alone.
#pragma once

#include "base/async.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <variant>

namespace kinora::test {

// Far more than anything here takes, even on a loaded machine: reaching it is a failure.
inline constexpr std::chrono::seconds kPatience{30};

// Looks again and again until `condition()` holds; false where it never did.
template <class Condition>
bool wait_until(Condition condition, std::chrono::milliseconds patience = kPatience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

// A coroutine that runs on a context which the test turns. What it threw is kept for take().
template <class T>
class Running {
public:
    Running(asio::any_io_executor executor, Async<T> coroutine) {
        auto keep = [state = state_](std::exception_ptr error, auto... value) {
            state->error = error;
            if constexpr (sizeof...(value) > 0) {
                if (!error) state->value.emplace(std::move(value)...);
            } else {
                state->value.emplace();
            }
            state->done = true;
        };
        asio::co_spawn(std::move(executor), std::move(coroutine), std::move(keep));
    }

    bool done() const { return state_->done; }

    // What it returned or threw; only when it is done.
    T take() {
        if (!state_->done) throw std::logic_error("the coroutine has not ended");
        if (state_->error) std::rethrow_exception(state_->error);
        if constexpr (!std::is_void_v<T>) return std::move(*state_->value);
    }

private:
    struct State {
        bool done = false;
        std::exception_ptr error;
        std::optional<std::conditional_t<std::is_void_v<T>, std::monostate, T>> value;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

// Turns `io` on this thread until `condition()` holds; false where it never did.
template <class Condition>
bool turn_until(asio::io_context& io, Condition condition,
                std::chrono::milliseconds patience = kPatience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    // What a thread of another kind is going to post is no work that the context knows of.
    const auto guard = asio::make_work_guard(io);
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= deadline) return false;
        if (io.stopped()) io.restart();
        // Short, for the condition may come true on another thread.
        io.run_one_for(std::chrono::milliseconds(5));
    }
    return true;
}

// Runs one coroutine to its end on this thread.
template <class T>
T run(asio::io_context& io, Async<T> coroutine) {
    Running<T> running(io.get_executor(), std::move(coroutine));
    turn_until(io, [&] { return running.done(); });
    return running.take();
}
template <class T>
T run(Async<T> coroutine) {
    asio::io_context io;
    return run(io, std::move(coroutine));
}

}  // namespace kinora::test
