// outbox_test.cpp: no receiver waits for another, and nothing is lost when the sending stops.
#include "tasks/outbox.hpp"

#include "support/fake_clock.hpp"
#include "support/quiet_log.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"
#include "support/wait.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace kinora::tasks {
namespace {

using namespace std::chrono_literals;
using storage::DeliveryState;
using storage::Session;

class OutboxTest : public testing::Test {
protected:
    TaskId add_ended(const test::Account& owner, const std::string& receiver) {
        auto task = test::make_task(owner, random, clock.now());
        task.callback_url = "http://" + receiver + "/";
        task.callback_receiver = receiver;
        database->write_now([&](Session& session) {
            storage::insert_task(session, task);
            storage::cancel_task(session, task.id, "Cancelled.", clock.now());
        });
        return task.id;
    }
    DeliveryState state(TaskId id) {
        return database
            ->read_now([&](Session& session) { return storage::find_delivery(session, id); })
            ->state;
    }
    // Holds who posts to "dead" until it is stopped.
    Result<outbound::Reply> post(const std::string& url, std::stop_token stop) {
        if (url.find("dead") == std::string::npos) return outbound::Reply{200, ""};
        const auto now = ++holding;
        most = std::max<int>(most, now);
        test::wait_until([&] { return stop.stop_requested(); });
        --holding;
        return Error(ErrorCode::cancelled, "");
    }

    test::ScratchDatabase database;
    test::SeededRandom random;
    test::FakeClock clock;
    test::QuietLog log;
    test::Account ada = test::add_account(*database, random);
    test::Account bob = test::add_account(*database, random);
    std::atomic<int> holding = 0, most = 0;
    Courier courier{*database,
                    [](const storage::TaskRow&) { return std::string("{}"); },
                    [this](const std::string& url, const outbound::Letter&, std::stop_token stop) {
                        return post(url, std::move(stop));
                    },
                    clock,
                    random,
                    log,
                    "node/1"};
    OutboxOptions options{4, 2, 3, 30s};
};

TEST_F(OutboxTest, SendsWhatWasDueAndWhatComes) {
    const auto before = add_ended(ada, "a:1");
    Outbox outbox(*database, courier, clock, log);
    outbox.start();
    EXPECT_TRUE(test::wait_until([&] { return state(before) == DeliveryState::delivered; }));
    const auto after = add_ended(ada, "a:1");
    EXPECT_TRUE(test::wait_until([&] { return state(after) == DeliveryState::delivered; }));
}

TEST_F(OutboxTest, ADeadReceiverDelaysNoOther) {
    std::vector<TaskId> dead;
    for (int i = 0; i < 20; ++i) dead.push_back(add_ended(ada, "dead:1"));
    Outbox outbox(*database, courier, clock, log, options);
    outbox.start();
    EXPECT_TRUE(test::wait_until([&] { return holding == 2; }));
    const auto quick = add_ended(ada, "quick:1");
    EXPECT_TRUE(test::wait_until([&] { return state(quick) == DeliveryState::delivered; }));
    EXPECT_EQ(most, 2);
    outbox.stop();
    for (const auto& id : dead) EXPECT_EQ(state(id), DeliveryState::waiting);
}

TEST_F(OutboxTest, AUserOfManyDeadReceiversDelaysNoOtherUser) {
    for (int i = 0; i < 20; ++i) add_ended(ada, "dead:" + std::to_string(i));
    Outbox outbox(*database, courier, clock, log, options);
    outbox.start();
    EXPECT_TRUE(test::wait_until([&] { return holding == 3; }));
    const auto quick = add_ended(bob, "quick:1");
    EXPECT_TRUE(test::wait_until([&] { return state(quick) == DeliveryState::delivered; }));
    EXPECT_EQ(most, 3);
}

TEST_F(OutboxTest, WhatIsCutOffIsDueAtOnceForTheNext) {
    const auto id = add_ended(ada, "dead:1");
    {
        Outbox outbox(*database, courier, clock, log, options);
        outbox.start();
        EXPECT_TRUE(test::wait_until([&] { return holding == 1; }));
    }
    storage::DeliverySearch search;
    search.sender = "node/2";
    search.now = clock.now();
    search.until = clock.now() + 30s;
    const auto taken = database->write_now(
        [&](Session& session) { return storage::take_deliveries(session, search); });
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(taken[0].id, id);
    EXPECT_EQ(taken[0].attempt, 1) << "it is kept";
    EXPECT_EQ(taken[0].tries, 0) << "and counts for nothing";
}

}  // namespace
}  // namespace kinora::tasks
