// queue_gauge_test.cpp: places in the queue and honest estimates.
#include "tasks/queue_gauge.hpp"

#include "support/fake_clock.hpp"
#include "support/flaky_database.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"
#include "support/wait.hpp"

#include <gtest/gtest.h>

namespace kinora::tasks {
namespace {

using namespace std::chrono_literals;
using storage::TaskState;
using storage::WaitingTask;

class QueueFactsTest : public testing::Test {
protected:
    TaskId wait(UserId user, std::int64_t turn, int priority = 0) {
        const auto id = TaskId::make(random);
        const auto age = from_unix_ms(static_cast<std::int64_t>(view.waiting.size()));
        view.waiting.push_back({id, user, turn, priority, age});
        return id;
    }
    storage::TaskRow row(TaskId id, TaskState state = TaskState::pending) {
        storage::TaskRow task;
        task.id = id;
        task.state = state;
        return task;
    }

    test::SeededRandom random;
    UserId ada = UserId::make(random), bob = UserId::make(random);
    storage::QueueView view;
};

TEST_F(QueueFactsTest, PositionsFollowTurnsAndWithinAUserPriority) {
    const auto low = wait(ada, 1, -1);
    const auto bobs = wait(bob, 1);
    const auto normal = wait(ada, 2);
    const QueueFacts facts(view);
    EXPECT_EQ(facts.outlook(row(normal)).position, 1);
    EXPECT_EQ(facts.outlook(row(bobs)).position, 2);
    EXPECT_EQ(facts.outlook(row(low)).position, 3);
    EXPECT_EQ(facts.outlook(row(TaskId::make(random))).position, 4) << "the newest, unseen yet";
    EXPECT_EQ(facts.waiting_count(), 3U);
}

TEST_F(QueueFactsTest, WithoutAMeasurementNothingIsPromised) {
    const auto id = wait(ada, 1);
    view.progress = {50};
    EXPECT_FALSE(QueueFacts(view).outlook(row(id)).seconds);
    view.worked = {4s};
    EXPECT_TRUE(QueueFacts(view).outlook(row(id)).seconds);
    view.progress.clear();
    EXPECT_FALSE(QueueFacts(view).outlook(row(id)).seconds) << "nobody works";
    EXPECT_FALSE(QueueFacts().outlook(row(id)).position);
}

TEST_F(QueueFactsTest, WaitingIsSharedByThoseWhoWork) {
    const auto first = wait(ada, 1);
    wait(ada, 2);
    const auto third = wait(ada, 3);
    view.worked = {3s, 5s};
    view.progress = {50, 75};
    const QueueFacts facts(view);
    // Two workers have 2 s and 1 s left of what they do; a clip takes 4 s.
    EXPECT_DOUBLE_EQ(*facts.outlook(row(first)).seconds, 3.0 / 2 + 4);
    EXPECT_DOUBLE_EQ(*facts.outlook(row(third)).seconds, (3.0 + 8) / 2 + 4);
}

TEST_F(QueueFactsTest, ATaskUnderWaySpeaksForItself) {
    view.worked = {4s};
    const QueueFacts facts(view);
    auto task = row(TaskId::make(random), TaskState::processing);
    EXPECT_DOUBLE_EQ(*facts.outlook(task).seconds, 4);
    task.progress = 5;
    EXPECT_DOUBLE_EQ(*facts.outlook(task).seconds, 3.8);
    task.progress = 20;
    task.worked = 3s;
    EXPECT_DOUBLE_EQ(*facts.outlook(task).seconds, 12);
    EXPECT_FALSE(facts.outlook(task).position);
    EXPECT_FALSE(facts.outlook(row(task.id, TaskState::completed)).seconds);
}

TEST(QueueGauge, LooksAgainNowAndThenAndAtOnceForWhoMissesSomething) {
    test::ScratchDatabase database;
    test::SeededRandom random;
    test::FakeClock clock;
    const auto account = test::add_account(*database, random);
    asio::io_context io;
    QueueGauge gauge(*database, clock);
    const auto waiting = [&] { return test::run(io, gauge.facts())->waiting_count(); };
    EXPECT_EQ(waiting(), 0U);
    test::add_task(*database, test::make_task(account, random, clock.now()));
    EXPECT_EQ(waiting(), 0U);
    clock.advance(250ms);
    EXPECT_EQ(waiting(), 1U);
    test::add_task(*database, test::make_task(account, random, clock.now()));
    EXPECT_EQ(waiting(), 1U);
    EXPECT_EQ(test::run(io, gauge.fresh_facts())->waiting_count(), 2U);
    EXPECT_EQ(waiting(), 2U);
}

}  // namespace
}  // namespace kinora::tasks
