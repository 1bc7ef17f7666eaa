// acceptance_test.cpp: a call makes one task, however often it comes.
#include "tasks/acceptance.hpp"

#include "storage/queue_rows.hpp"
#include "support/fake_clock.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"

#include <gtest/gtest.h>

namespace kinora::tasks {
namespace {

using namespace std::chrono_literals;
using storage::Session;

class AcceptanceTest : public testing::Test {
protected:
    Recognition blocking(const std::string& body = "body") {
        Recognition call;
        call.caller = account.caller();
        call.request_hash = hash_request(body);
        call.blocking = true;
        call.server = {"node/1", "node"};
        call.id = "call " + std::to_string(++calls);
        return call;
    }
    Recognition keyed(const std::string& key, const std::string& body = "body") {
        auto call = blocking(body);
        call.key = key;
        call.blocking = false;
        return call;
    }
    Result<Acceptance> accept(const Recognition& call,
                              const std::vector<storage::FileRow>& files = {}) {
        clock.advance(1ms);
        const auto task = test::make_task(account, random, clock.now());
        return database->write_now(
            [&](Session& session) { return accept_task(session, call, task, files, clock.now()); });
    }
    Acceptance must(const Result<Acceptance>& result) {
        EXPECT_TRUE(result) << (result ? "" : result.error().message());
        return result ? *result : Acceptance();
    }
    // Whoever waits for it goes away.
    void leave(TaskId id) {
        const auto task = test::find_task(*database, id);
        database->write_now([&](Session& session) {
            storage::leave_task(session, id, {task.waiter, task.waiter_call});
        });
    }
    std::int64_t task_count() {
        return database->read_now([&](Session& session) {
            storage::TaskFilter filter;
            filter.user_id = account.user.id;
            return storage::list_tasks(session, filter).count;
        });
    }

    int calls = 0;
    test::ScratchDatabase database;
    test::SeededRandom random;
    test::FakeClock clock;
    test::Account account = test::add_account(*database, random);
};

TEST_F(AcceptanceTest, TwoThatWaitAreTwoTasks) {
    const auto first = must(accept(blocking()));
    const auto second = must(accept(blocking()));
    EXPECT_FALSE(first.joined || second.joined);
    EXPECT_NE(first.id, second.id);
    const auto row = test::find_task(*database, first.id);
    EXPECT_EQ(row.waiter, "node/1");
    EXPECT_FALSE(row.seen);
}

TEST_F(AcceptanceTest, AResendJoinsTheTaskWhoseCallerHasGone) {
    const auto first = must(accept(blocking()));
    EXPECT_FALSE(must(accept(blocking("another"))).joined);
    leave(first.id);
    const auto again = must(accept(blocking()));
    EXPECT_TRUE(again.joined);
    EXPECT_EQ(again.id, first.id);
    EXPECT_EQ(test::find_task(*database, first.id).waiter, "node/1");
    EXPECT_FALSE(must(accept(blocking())).joined) << "it is waited for again";
    EXPECT_EQ(task_count(), 3);
}

TEST_F(AcceptanceTest, WhatIsKnownHereBeforeItIsWrittenCounts) {
    const auto first = must(accept(blocking()));
    auto again = blocking();
    again.gone = {"another call"};
    EXPECT_FALSE(must(accept(again)).joined);
    auto racing = blocking();
    again.gone = racing.gone = {test::find_task(*database, first.id).waiter_call};
    EXPECT_EQ(must(accept(again)).id, first.id);
    EXPECT_FALSE(must(accept(racing)).joined) << "of those that race, one joins";
}

TEST_F(AcceptanceTest, AnotherServersCallersAreGoneWithIt) {
    const auto first = must(accept(blocking()));
    auto elsewhere = blocking();
    elsewhere.server = {"other/1", "other"};
    elsewhere.gone = {test::find_task(*database, first.id).waiter_call};
    EXPECT_FALSE(must(accept(elsewhere)).joined) << "only its own server can know that it is gone";
    clock.advance(kServerHolds + 1s);
    EXPECT_EQ(must(accept(elsewhere)).id, first.id);
}

TEST_F(AcceptanceTest, AnAsyncCallJoinsNothingAndIsNotJoined) {
    auto call = blocking();
    call.blocking = false;
    EXPECT_FALSE(must(accept(call)).joined);
    EXPECT_FALSE(must(accept(call)).joined);
    EXPECT_FALSE(must(accept(blocking())).joined);
}

TEST_F(AcceptanceTest, AnEndThatNobodySawIsJoinedForTenMinutes) {
    const auto first = must(accept(blocking()));
    const auto second = must(accept(blocking("second")));
    for (const auto& task : {first, second}) leave(task.id);
    test::complete_all(*database, random, clock.now());
    clock.advance(kEndedIsJoined - 1s);
    EXPECT_EQ(must(accept(blocking())).id, first.id);
    clock.advance(2s);
    EXPECT_FALSE(must(accept(blocking("second"))).joined);
}

TEST_F(AcceptanceTest, WhatWasSeenIsOver) {
    const auto first = must(accept(blocking()));
    test::complete_all(*database, random, clock.now());
    database->write_now([&](Session& session) { storage::mark_seen(session, first.id); });
    EXPECT_FALSE(must(accept(blocking())).joined);
}

TEST_F(AcceptanceTest, AKeyMakesOneTaskADay) {
    const auto first = must(accept(keyed("one")));
    EXPECT_FALSE(first.joined);
    EXPECT_EQ(must(accept(keyed("one"))).id, first.id);
    EXPECT_FALSE(must(accept(keyed("two"))).joined);
    test::complete_all(*database, random, clock.now());
    EXPECT_EQ(must(accept(keyed("one"))).id, first.id) << "after its end too";
    const auto other = accept(keyed("one", "another body"));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code(), ErrorCode::conflict);
    clock.advance(kKeyHolds);
    EXPECT_FALSE(must(accept(keyed("one", "another body"))).joined);
    EXPECT_EQ(task_count(), 3);
}

TEST_F(AcceptanceTest, AKeyIsOneTokensOwn) {
    must(accept(keyed("one")));
    account = test::add_account(*database, random);
    EXPECT_FALSE(must(accept(keyed("one"))).joined);
}

TEST_F(AcceptanceTest, ABlockingCallWithAKeyWaitsToo) {
    auto call = keyed("one");
    call.blocking = true;
    const auto first = must(accept(call));
    leave(first.id);
    const auto again = must(accept(call));
    EXPECT_EQ(again.id, first.id);
    EXPECT_EQ(test::find_task(*database, first.id).waiter, "node/1");
}

TEST_F(AcceptanceTest, TooManyThatWaitAreRefusedAndNothingIsStored) {
    auto call = keyed("one");
    call.caller.limits.queued = 2;
    must(accept(call));
    call.key = "two";
    must(accept(call));
    call.key = "three";
    const auto refused = accept(call);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::too_many_requests);
    EXPECT_EQ(refused.error().allowance()->limit, 2);
    call.key = "two";
    EXPECT_TRUE(must(accept(call)).joined) << "a resend adds nothing";
    EXPECT_EQ(task_count(), 2);
    database->write_now([&](Session& session) {
        storage::claim_task(session, {"w", clock.now(), clock.now() + 10s});
    });
    call.key = "three";
    EXPECT_FALSE(must(accept(call)).joined) << "what is worked on does not wait";
}

TEST_F(AcceptanceTest, FilesAreWrittenWithTheTask) {
    const std::string name = "0123456789abcdef0123456789abcdef.png";
    const auto task = TaskId::make(random);
    const auto made = must(accept(blocking(), {{name, account.user.id, task, 7, clock.now(), {}}}));
    const auto fate =
        database->read_now([&](Session& session) { return storage::fate_of(session, name); });
    EXPECT_EQ(fate, storage::FileFate::kept);
    leave(made.id);
    const std::string other = "1123456789abcdef0123456789abcdef.png";
    EXPECT_TRUE(
        must(accept(blocking(), {{other, account.user.id, task, 7, clock.now(), {}}})).joined);
    const auto unknown =
        database->read_now([&](Session& session) { return storage::fate_of(session, other); });
    EXPECT_EQ(unknown, storage::FileFate::unknown);
}

}  // namespace
}  // namespace kinora::tasks
