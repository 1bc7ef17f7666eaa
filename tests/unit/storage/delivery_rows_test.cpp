// delivery_rows_test.cpp: one delivery for each end, taken by one sender, kept until it is over.
#include "storage/delivery_rows.hpp"

#include "storage_fixture.hpp"

namespace kinora::storage {
namespace {

class DeliveryRowsTest : public StorageTest {
protected:
    TaskRow add(const Sample& sample, const std::string& receiver = "hooks.example:443") {
        auto task = make_task(sample, at(1));
        if (!receiver.empty()) task.callback_url = "https://hooks.example/a?key='1'";
        task.callback_receiver = receiver;
        insert(task);
        return task;
    }
    TaskRow ended(const Sample& sample, const std::string& receiver = "hooks.example:443",
                  int second = 5) {
        const auto task = add(sample, receiver);
        db->write_now([&](Session& session) { cancel_task(session, task.id, "", at(second)); });
        return task;
    }
    std::optional<DeliveryRow> delivery(TaskId id) {
        return db->read_now([&](Session& session) { return find_delivery(session, id); });
    }
    std::vector<DeliveryRow> take(int second, DeliverySearch search = {}) {
        search.sender = search.sender.empty() ? "node/1" : search.sender;
        search.now = at(second);
        search.until = at(second + 30);
        return db->write_now([&](Session& session) { return take_deliveries(session, search); });
    }
    bool note(TaskId id, int status, DeliveryState state, std::optional<TimePoint> next,
              const std::string& sender = "node/1") {
        DeliveryAttempt attempt;
        attempt.started_at = at(10);
        attempt.latency = Milliseconds(1500);
        attempt.status = status;
        attempt.answer = "it's :here";
        attempt.error = status == 0 ? "Nobody was there." : "";
        return db->write_now([&](Session& session) {
            return note_attempt(session, *find_delivery(session, id), sender, attempt,
                                "what it says", {state, next});
        });
    }
};

TEST_P(DeliveryRowsTest, EveryEndOwesOneAndOthersNone) {
    const auto sample = insert_sample();
    const auto silent = ended(sample, "");
    EXPECT_FALSE(delivery(silent.id));

    std::vector<TaskId> ids;
    add(sample);
    const auto completed = *claim("w", at(2));
    EXPECT_FALSE(delivery(completed.id)) << "before its end";
    db->write_now([&](Session& session) {
        complete_task(session, claim_of(completed), make_video(completed), Milliseconds(1), at(5));
    });
    add(sample);
    const auto failed = *claim("w", at(2));
    db->write_now([&](Session& session) {
        fail_task(session, claim_of(failed), "api_error", "", Milliseconds(1), at(6));
        cancel_task(session, failed.id, "", at(7));
    });
    add(sample);
    const auto lost = *claim("w", at(2));
    db->write_now(
        [&](Session& session) { take_back_leases(session, at(100), "w", 1, "api_error", ""); });
    for (const auto& task : {completed, failed, lost}) {
        const auto found = delivery(task.id);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->url, "https://hooks.example/a?key='1'");
        EXPECT_EQ(found->receiver, "hooks.example:443");
        EXPECT_EQ(found->state, DeliveryState::waiting);
        EXPECT_EQ(found->attempt, 0);
    }
    EXPECT_EQ(delivery(failed.id)->created_at, at(6));
}

TEST_P(DeliveryRowsTest, OneSenderTakesWhatIsDue) {
    const auto sample = insert_sample();
    const auto task = ended(sample);
    EXPECT_TRUE(take(4).empty()) << "before it is due";
    ASSERT_EQ(take(5).size(), 1U);
    EXPECT_TRUE(take(6, {"node/2"}).empty()) << "while another has it";
    EXPECT_FALSE(note(task.id, 200, DeliveryState::delivered, {}, "node/2"));
    EXPECT_EQ(take(40, {"node/2"}).size(), 1U) << "after its lease";
    EXPECT_FALSE(note(task.id, 200, DeliveryState::delivered, {}));
    EXPECT_TRUE(note(task.id, 200, DeliveryState::delivered, {}, "node/2"));
    EXPECT_TRUE(take(1000).empty());
}

TEST_P(DeliveryRowsTest, AttemptsAreKeptAndTheNextOneIsDueInTime) {
    const auto task = ended(insert_sample());
    take(5);
    EXPECT_TRUE(note(task.id, 0, DeliveryState::waiting, at(20)));
    EXPECT_TRUE(take(19).empty());
    EXPECT_EQ(db->read_now([](Session& session) { return next_delivery_at(session, at(11)); }),
              at(20));
    ASSERT_EQ(take(20).size(), 1U);
    EXPECT_TRUE(note(task.id, 500, DeliveryState::given_up, {}));

    const auto found = delivery(task.id);
    EXPECT_EQ(found->state, DeliveryState::given_up);
    EXPECT_EQ(found->attempt, 2);
    EXPECT_EQ(found->body, "what it says");
    EXPECT_EQ(found->finished_at, at(10) + Milliseconds(1500));
    EXPECT_FALSE(found->next_attempt_at);
    const auto attempts =
        db->read_now([&](Session& session) { return attempts_of(session, task.id); });
    ASSERT_EQ(attempts.size(), 2U);
    EXPECT_EQ(attempts[0].number, 1);
    EXPECT_EQ(attempts[0].status, 0);
    EXPECT_EQ(attempts[0].error, "Nobody was there.");
    EXPECT_EQ(attempts[1].number, 2);
    EXPECT_EQ(attempts[1].status, 500);
    EXPECT_EQ(attempts[1].started_at, at(10));
    EXPECT_EQ(attempts[1].latency, Milliseconds(1500));
    EXPECT_EQ(attempts[1].answer, "it's :here");
    EXPECT_FALSE(db->read_now([](Session& session) { return next_delivery_at(session, at(11)); }));
}

TEST_P(DeliveryRowsTest, WhatIsSentAgainBeginsAnew) {
    const auto task = ended(insert_sample());
    take(5);
    note(task.id, 500, DeliveryState::given_up, {});
    const auto again = [&](TaskId id) {
        return db->write_now([&](Session& session) { return send_again(session, id, at(50)); });
    };
    EXPECT_FALSE(again(TaskId::make(random)));
    EXPECT_TRUE(again(task.id));
    ASSERT_EQ(take(50).size(), 1U);
    EXPECT_EQ(delivery(task.id)->tries, 0);
    EXPECT_EQ(delivery(task.id)->attempt, 1);
    // Asked for once more while it is on its way: it comes again after that.
    auto taken = *delivery(task.id);
    EXPECT_TRUE(again(task.id));
    EXPECT_TRUE(take(51, {"node/2"}).empty());
    EXPECT_TRUE(db->write_now([&](Session& session) {
        return note_attempt(session, taken, "node/1", {}, "", {DeliveryState::delivered, {}});
    }));
    EXPECT_EQ(delivery(task.id)->attempt, 2);
    EXPECT_EQ(take(51).size(), 1U);
}

TEST_P(DeliveryRowsTest, ADeadReceiverLeavesRoomForOthers) {
    const auto ada = insert_sample("ada");
    const auto bob = insert_sample("bob");
    for (int i = 0; i < 30; ++i) ended(ada, "dead.example:80", 5);
    const auto other = ended(ada, "o'connor.example:80", 6);
    const auto bobs = ended(bob, "dead.example:80", 7);

    const auto first = take(10, {"", {}, {}, 4, {}, {}, 2, 8});
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[0].receiver, "dead.example:80");
    const auto second =
        take(10, {"", {}, {}, 4, {ada.user.id.str() + " dead.example:80"}, {}, 2, 8});
    ASSERT_EQ(second.size(), 2U);
    EXPECT_EQ(second[0].id, other.id);
    EXPECT_EQ(second[1].id, bobs.id) << "another user's lane to the same receiver";
    const auto later = ended(bob, "dead.example:80", 8);
    const auto third = take(10, {"", {}, {}, 4, {}, {ada.user.id}, 2, 8});
    ASSERT_EQ(third.size(), 1U);
    EXPECT_EQ(third[0].id, later.id);
}

TEST_P(DeliveryRowsTest, AClockThatWasSetBackHoldsNothingUp) {
    const auto task = ended(insert_sample(), "hooks.example:443", 100'000);
    ASSERT_EQ(take(100'000).size(), 1U);
    EXPECT_EQ(take(5, {"node/2"}).size(), 1U);
    EXPECT_TRUE(note(task.id, 200, DeliveryState::delivered, {}, "node/2"));
}

TEST_P(DeliveryRowsTest, WhatADeadNodeTookIsFree) {
    const auto sample = insert_sample();
    ended(sample);
    take(5);
    db->write_now([](Session& session) { return_deliveries_of(session, "other/"); });
    EXPECT_TRUE(take(6, {"node/2"}).empty());
    db->write_now([](Session& session) { return_deliveries_of(session, "node/"); });
    const auto taken = take(6, {"node/2"});
    ASSERT_EQ(taken.size(), 1U);
    db->write_now([&](Session& session) { return_delivery(session, taken[0].id, "node/2"); });
    EXPECT_EQ(take(6).size(), 1U);
}

TEST_P(DeliveryRowsTest, ListsAreOneApplicationsOwn) {
    const auto ada = insert_sample("ada");
    const auto bob = insert_sample("bob");
    const auto first = ended(ada, "a:1", 5);
    const auto second = ended(ada, "a:1", 6);
    ended(bob, "b:1", 7);
    const auto list = [&](DeliveryFilter filter) {
        filter.user_id = ada.user.id;
        filter.application_id = ada.application.id;
        return db->read_now([&](Session& session) { return list_deliveries(session, filter); });
    };
    const auto page = list({});
    EXPECT_EQ(page.count, 2);
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[0].id, second.id);
    DeliveryFilter filter;
    filter.task_id = first.id;
    ASSERT_EQ(list(filter).items.size(), 1U);
    filter.state = DeliveryState::delivered;
    EXPECT_EQ(list(filter).count, 0);
    filter = {};
    filter.descending = false;
    filter.limit = 1;
    EXPECT_EQ(list(filter).items.at(0).id, first.id);
    EXPECT_EQ(list(filter).count, 2);
}

KINORA_ON_BOTH_BACKENDS(DeliveryRowsTest);

}  // namespace
}  // namespace kinora::storage
