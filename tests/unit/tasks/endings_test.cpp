// tests/unit/tasks/endings_test.cpp: calls that wait for the end of a task, on a context turned
// here.
#include "tasks/endings.hpp"

#include "support/fake_clock.hpp"
#include "support/quiet_log.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"
#include "support/wait.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

namespace kinora::tasks {
namespace {

using namespace std::chrono_literals;

using PlacePtr = std::unique_ptr<Endings::Place>;

SteadyPoint in(Milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

class EndingsTest : public testing::Test {
protected:
    storage::TaskRow add_task() {
        return test::add_task(*database, test::make_task(account, random, clock.now()));
    }
    PlacePtr expect(const TaskId& id) { return endings->expect(id, io.get_executor()); }
    test::Running<Outcome> wait(Endings::Place& place, SteadyPoint deadline) {
        return {io.get_executor(), place.wait(deadline)};
    }
    // Turns the context until the call has its outcome.
    Outcome outcome_of(test::Running<Outcome> waiting) {
        EXPECT_TRUE(test::turn_until(io, [&] { return waiting.done(); }));
        return waiting.take();
    }
    // What is ready now is done; nothing is waited for.
    void turn() {
        io.restart();
        io.poll();
    }

    asio::io_context io;  // Outlives the database, whose threads bring results back to it.
    test::ScratchDatabase database;
    std::unique_ptr<storage::Database> other = database.connect();  // As a worker has it.
    test::SeededRandom random;
    test::FakeClock clock;
    test::QuietLog log;
    test::Account account = test::add_account(*database, random);
    std::unique_ptr<Endings> endings = Endings::make(io, *database, clock, log);
};

TEST_F(EndingsTest, WakesWhenAnotherProcessEndsTheTask) {
    const auto task = add_task();
    const auto place = expect(task.id);
    auto waiting = wait(*place, in(test::kPatience));
    turn();
    EXPECT_FALSE(waiting.done());
    test::complete_all(*other, random, clock.now());
    EXPECT_EQ(outcome_of(waiting), Outcome::ended);
}

TEST_F(EndingsTest, AFailureIsAnEndToo) {
    const auto task = add_task();
    const auto place = expect(task.id);
    auto waiting = wait(*place, in(test::kPatience));
    test::fail_all(*other, "api_error", "No.", clock.now());
    EXPECT_EQ(outcome_of(waiting), Outcome::ended);
}

TEST_F(EndingsTest, WakesAllWhoWaitForTheSameTask) {
    const auto task = add_task();
    const auto first = expect(task.id);
    const auto second = expect(task.id);
    EXPECT_EQ(endings->waiting_count(), 2U);
    auto one = wait(*first, in(test::kPatience));
    auto two = wait(*second, in(test::kPatience));
    test::complete_all(*other, random, clock.now());
    EXPECT_EQ(outcome_of(one), Outcome::ended);
    EXPECT_EQ(outcome_of(two), Outcome::ended);
}

TEST_F(EndingsTest, WhoWaitsForAnotherTaskIsLeftAlone) {
    const auto task = add_task();
    test::complete_all(*other, random, clock.now());
    const auto next = add_task();
    const auto first = expect(task.id);
    const auto second = expect(next.id);
    auto one = wait(*first, in(test::kPatience));
    auto two = wait(*second, in(test::kPatience));
    add_task();  // Whatever changes is a reason to look.
    EXPECT_EQ(outcome_of(one), Outcome::ended);
    turn();
    EXPECT_FALSE(two.done());
    endings->shut_down();
    EXPECT_EQ(outcome_of(two), Outcome::shutting_down);
}

TEST_F(EndingsTest, AnEndBeforeTheWaitIsNotLost) {
    const auto task = add_task();
    const auto place = expect(task.id);
    test::complete_all(*other, random, clock.now());
    // The end is noticed, which wakes who waits already, before this one begins to.
    const auto witness = expect(task.id);
    EXPECT_EQ(outcome_of(wait(*witness, in(test::kPatience))), Outcome::ended);
    EXPECT_EQ(outcome_of(wait(*place, in(test::kPatience))), Outcome::ended);
}

TEST_F(EndingsTest, APlaceTakenBeforeTheTaskIsWrittenMissesNothing) {
    const auto task = test::make_task(account, random, clock.now());
    const auto place = expect(task.id);
    auto waiting = wait(*place, in(test::kPatience));
    test::add_task(*database, task);
    test::complete_all(*other, random, clock.now());
    EXPECT_EQ(outcome_of(waiting), Outcome::ended);
}

TEST_F(EndingsTest, TheDeadlineEndsTheWait) {
    const auto task = add_task();
    const auto place = expect(task.id);
    EXPECT_EQ(outcome_of(wait(*place, in(-1ms))), Outcome::timed_out);
    const auto deadline = in(20ms);
    EXPECT_EQ(outcome_of(wait(*place, deadline)), Outcome::timed_out);
    EXPECT_GE(std::chrono::steady_clock::now(), deadline);
}

TEST_F(EndingsTest, ShuttingDownAnswersEverybody) {
    const auto task = add_task();
    const auto place = expect(task.id);
    auto waiting = wait(*place, in(test::kPatience));
    turn();
    endings->shut_down();
    EXPECT_EQ(outcome_of(waiting), Outcome::shutting_down);
    const auto late = expect(task.id);
    EXPECT_EQ(outcome_of(wait(*late, in(test::kPatience))), Outcome::shutting_down);
}

TEST_F(EndingsTest, APlaceIsGivenUpWhenItsCallIs) {
    const auto task = add_task();
    auto place = expect(task.id);
    auto other_place = expect(task.id);
    EXPECT_EQ(endings->waiting_count(), 2U);
    place.reset();
    EXPECT_EQ(endings->waiting_count(), 1U);
    auto waiting = wait(*other_place, in(test::kPatience));
    test::complete_all(*other, random, clock.now());
    EXPECT_EQ(outcome_of(waiting), Outcome::ended);
    other_place.reset();
    EXPECT_EQ(endings->waiting_count(), 0U);
}

TEST_F(EndingsTest, APlaceMayBeGivenUpWhileItsNoticeIsOnItsWay) {
    const auto task = add_task();
    auto place = expect(task.id);
    endings->shut_down();  // The notice is posted, nobody has turned the context yet.
    place.reset();
    turn();
    EXPECT_EQ(endings->waiting_count(), 0U);
}

TEST_F(EndingsTest, APlaceMayOutliveTheEndings) {
    const auto task = add_task();
    auto place = expect(task.id);
    auto waiting = wait(*place, in(-1ms));
    endings.reset();
    EXPECT_EQ(outcome_of(waiting), Outcome::timed_out);
    place.reset();
}

TEST_F(EndingsTest, ASweepFindsEndsThatAnotherMachinesClockHid) {
    const auto task = add_task();
    const auto place = expect(task.id);
    auto waiting = wait(*place, in(test::kPatience));
    turn();
    test::complete_all(*other, random, clock.now() - 1h);
    clock.advance(4s);
    add_task();
    EXPECT_EQ(outcome_of(waiting), Outcome::ended);
}

// More than one read or statement takes.
TEST_F(EndingsTest, WakesThousandsAtOnce) {
    constexpr std::size_t kCount = 3'000;
    std::vector<storage::TaskRow> rows;
    for (std::size_t i = 0; i < kCount; ++i) {
        rows.push_back(test::make_task(account, random, clock.now()));
    }
    database->write_now([&](storage::Session& session) {
        for (const auto& row : rows) storage::insert_task(session, row);
    });
    std::vector<PlacePtr> places;
    std::vector<test::Running<Outcome>> calls;
    for (const auto& row : rows) {
        places.push_back(expect(row.id));
        calls.push_back(wait(*places.back(), in(4 * test::kPatience)));
    }
    EXPECT_EQ(endings->waiting_count(), kCount);
    turn();
    test::fail_all(*other, "api_error", "No.", clock.now());
    const auto all_done = [&] {
        return std::all_of(calls.begin(), calls.end(),
                           [](const auto& call) { return call.done(); });
    };
    ASSERT_TRUE(test::turn_until(io, all_done));
    for (auto& call : calls) EXPECT_EQ(call.take(), Outcome::ended);
    places.clear();
    EXPECT_EQ(endings->waiting_count(), 0U);
}

TEST_F(EndingsTest, ServesCallsOnSeveralThreads) {
    constexpr int kCount = 100;
    std::vector<std::thread> threads;
    const auto guard = asio::make_work_guard(io);
    for (int i = 0; i < 2; ++i) threads.emplace_back([this] { io.run(); });
    std::atomic<int> ended = 0;
    for (int i = 0; i < kCount; ++i) {
        const auto id = add_task().id;
        auto strand = asio::make_strand(io);
        std::shared_ptr<Endings::Place> place = endings->expect(id, strand);
        auto count = [place, &ended](const std::exception_ptr& error, Outcome outcome) {
            if (!error && outcome == Outcome::ended) ++ended;
        };
        asio::co_spawn(strand, place->wait(in(test::kPatience)), std::move(count));
        if (i % 10 == 9) test::complete_all(*other, random, clock.now());
    }
    EXPECT_TRUE(test::wait_until([&] { return ended == kCount; }));
    io.stop();
    for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace kinora::tasks
