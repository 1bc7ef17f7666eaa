// tests/unit/base/pool_test.cpp: blocking calls leave the caller's thread, and their ends come back
// to it.
#include "base/pool.hpp"

#include "support/wait.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace kinora {
namespace {

struct Threads {
    std::thread::id worker;
    std::thread::id after;
};

Async<Threads> where_it_runs(Pool& pool) {
    auto blocking = [] { return std::this_thread::get_id(); };
    const auto worker = co_await pool.run(blocking);
    co_return Threads{worker, std::this_thread::get_id()};
}

TEST(Pool, RunsElsewhereAndComesBack) {
    Pool pool(1);
    const auto threads = test::run(where_it_runs(pool));
    EXPECT_NE(threads.worker, std::this_thread::get_id());
    EXPECT_EQ(threads.after, std::this_thread::get_id());
}

Async<std::unique_ptr<int>> move_only(Pool& pool) {
    auto blocking = [held = std::make_unique<int>(7)]() mutable { return std::move(held); };
    auto value = co_await pool.run(std::move(blocking));
    co_return value;
}

TEST(Pool, TakesAndGivesWhatCanOnlyBeMoved) {
    Pool pool(1);
    EXPECT_EQ(*test::run(move_only(pool)), 7);
}

Async<std::thread::id> where_it_is_caught(Pool& pool) {
    auto blocking = []() -> int { throw std::runtime_error("no such file"); };
    bool caught = false;
    try {
        co_await pool.run(blocking);
    } catch (const std::runtime_error& error) {
        caught = std::string(error.what()) == "no such file";
    }
    if (!caught) throw std::logic_error("nothing was thrown");
    co_return std::this_thread::get_id();
}

TEST(Pool, WhatIsThrownComesBackToo) {
    Pool pool(1);
    EXPECT_EQ(test::run(where_it_is_caught(pool)), std::this_thread::get_id());
}

Async<int> add_one(Pool& pool, int value) {
    auto blocking = [value] { return value + 1; };
    const auto sum = co_await pool.run(blocking);
    co_return sum;
}

TEST(Pool, ServesMoreCallsThanItHasThreads) {
    asio::io_context io;
    Pool pool(2);
    std::vector<test::Running<int>> calls;
    for (int i = 0; i < 500; ++i) calls.emplace_back(io.get_executor(), add_one(pool, i));
    const auto all_done = [&] {
        return std::all_of(calls.begin(), calls.end(),
                           [](const auto& call) { return call.done(); });
    };
    ASSERT_TRUE(test::turn_until(io, all_done));
    for (int i = 0; i < 500; ++i) EXPECT_EQ(calls[std::size_t(i)].take(), i + 1);
}

TEST(Pool, FinishesWhatItHasBegunBeforeItIsGone) {
    std::atomic<bool> finished = false;
    asio::io_context io;
    {
        Pool pool(1);
        auto blocking = [&] {
            finished = true;
            return 0;
        };
        const test::Running<int> call(io.get_executor(), pool.run(blocking));
        io.poll();
    }
    EXPECT_TRUE(finished);
}

}  // namespace
}  // namespace kinora
