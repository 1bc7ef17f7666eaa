// tests/unit/base/async_test.cpp: a call that ends by a callback, from whatever thread, can be
// awaited.
#include "base/async.hpp"

#include "support/wait.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>

namespace kinora {
namespace {

using Done = std::function<void(std::exception_ptr, std::optional<std::string>)>;

Async<std::string> answered_at_once() {
    auto call = [](auto done) { done(nullptr, std::string("at once")); };
    auto value = co_await await_call<std::string>(std::move(call));
    co_return value;
}

TEST(AwaitCall, MayBeDoneBeforeItSuspends) {
    EXPECT_EQ(test::run(answered_at_once()), "at once");
}

struct Later {
    Done done;
    std::thread::id resumed_on;
};

Async<std::string> answered_later(Later& later) {
    auto call = [&later](auto done) { later.done = done; };
    auto value = co_await await_call<std::string>(std::move(call));
    later.resumed_on = std::this_thread::get_id();
    co_return value;
}

TEST(AwaitCall, GoesOnOnItsOwnExecutorWhoeverCalls) {
    asio::io_context io;
    Later later;
    test::Running<std::string> waiting(io.get_executor(), answered_later(later));
    ASSERT_TRUE(test::turn_until(io, [&] { return later.done != nullptr; }));
    EXPECT_FALSE(waiting.done());
    std::thread([&] { later.done(nullptr, std::string("from afar")); }).join();
    EXPECT_FALSE(waiting.done());  // Nobody turns the context.
    ASSERT_TRUE(test::turn_until(io, [&] { return waiting.done(); }));
    EXPECT_EQ(waiting.take(), "from afar");
    EXPECT_EQ(later.resumed_on, std::this_thread::get_id());
}

TEST(AwaitCall, RethrowsWhereItIsAwaited) {
    asio::io_context io;
    Later later;
    test::Running<std::string> waiting(io.get_executor(), answered_later(later));
    ASSERT_TRUE(test::turn_until(io, [&] { return later.done != nullptr; }));
    later.done(std::make_exception_ptr(std::runtime_error("gone")), std::nullopt);
    ASSERT_TRUE(test::turn_until(io, [&] { return waiting.done(); }));
    EXPECT_THROW(waiting.take(), std::runtime_error);
}

TEST(AwaitCall, MayBeLeftUnanswered) {
    Later later;
    {
        asio::io_context io;
        const test::Running<std::string> waiting(io.get_executor(), answered_later(later));
        ASSERT_TRUE(test::turn_until(io, [&] { return later.done != nullptr; }));
        later.done = nullptr;
    }
    EXPECT_EQ(later.resumed_on, std::thread::id());
}

}  // namespace
}  // namespace kinora
