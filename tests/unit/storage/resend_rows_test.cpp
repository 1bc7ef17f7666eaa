// resend_rows_test.cpp: who may join which task.
#include "storage/resend_rows.hpp"

#include "storage_fixture.hpp"

namespace kinora::storage {
namespace {

class ResendRowsTest : public StorageTest {
protected:
    TaskRow add(const Sample& sample, const std::string& waiter, int second = 1) {
        auto task = make_task(sample, at(second));
        task.request_hash = "hash";
        task.waiter = waiter;
        task.waiter_call = waiter.empty() ? "" : "call";
        task.seen = false;
        insert(task);
        return task;
    }
    std::vector<Unseen> unseen(const Sample& sample, int now = 50, int since = 0,
                               const std::string& hash = "hash") {
        return db->read_now([&](Session& session) {
            return find_unseen(session, sample.credential.id, hash, at(now), at(since));
        });
    }
    bool take(TaskId id, const Waiter& former, const Waiter& waiter) {
        return db->write_now(
            [&](Session& session) { return take_over(session, id, former, waiter); });
    }
    void leave(TaskId id, const Waiter& waiter) {
        db->write_now([&](Session& session) { leave_task(session, id, waiter); });
    }
};

TEST_P(ResendRowsTest, OnlyTheSameTokenAndBodyFindATask) {
    const auto ada = insert_sample("ada");
    const auto bob = insert_sample("bob");
    const auto task = add(ada, "");
    insert_one(ada, at(2));  // Of an async call.
    ASSERT_EQ(unseen(ada).size(), 1U);
    EXPECT_EQ(unseen(ada)[0].id, task.id);
    EXPECT_EQ(unseen(ada)[0].waiter, Waiter());
    EXPECT_TRUE(unseen(bob).empty());
    EXPECT_TRUE(unseen(ada, 50, 0, "other").empty());
}

TEST_P(ResendRowsTest, AWaiterLivesAsLongAsItSaysSo) {
    const auto sample = insert_sample();
    add(sample, "node/1");
    EXPECT_FALSE(unseen(sample)[0].waiter_alive_until);
    const auto beat_at = [&](int second) {
        db->write_now([&](Session& session) {
            beat(session, {"node/1", "node", at(second), at(second + 3)});
        });
    };
    beat_at(48);
    beat_at(49);
    EXPECT_EQ(unseen(sample, 50)[0].waiter_alive_until, at(52));
    EXPECT_EQ(unseen(sample, 50)[0].waiter_beaten_at, at(49));
    EXPECT_FALSE(unseen(sample, 53)[0].waiter_alive_until);
    db->write_now([](Session& session) { forget_servers(session, "node"); });
    EXPECT_FALSE(unseen(sample, 50)[0].waiter_alive_until);
}

TEST_P(ResendRowsTest, OneTakesOver) {
    const auto task = add(insert_sample(), "node/1");
    const Waiter first{"node/1", "call"}, second{"node/1", "other"}, third{"node/2", "call"};
    EXPECT_TRUE(take(task.id, first, second));
    EXPECT_FALSE(take(task.id, first, third));
    leave(task.id, first);
    EXPECT_EQ(find(task.id)->waiter_call, "other") << "it is no longer the first one's to leave";
    leave(task.id, second);
    EXPECT_EQ(find(task.id)->waiter, "");
    EXPECT_EQ(find(task.id)->waiter_call, "");
    EXPECT_TRUE(take(task.id, {}, third));
    db->write_now([&](Session& session) { mark_seen(session, task.id); });
    EXPECT_TRUE(find(task.id)->seen);
    EXPECT_EQ(find(task.id)->waiter, "");
    EXPECT_FALSE(take(task.id, {}, first));
}

TEST_P(ResendRowsTest, WhatEndedLongAgoIsNotJoined) {
    const auto sample = insert_sample();
    const auto task = add(sample, "");
    db->write_now([&](Session& session) { cancel_task(session, task.id, "", at(20)); });
    EXPECT_EQ(unseen(sample, 50, 20).size(), 1U);
    EXPECT_TRUE(unseen(sample, 50, 21).empty());
}

TEST_P(ResendRowsTest, APollerHasSeenWhatEndedAndNobodyWaitsFor) {
    const auto sample = insert_sample();
    const auto running = add(sample, "");
    const auto waited_for = add(sample, "node/1");
    const auto ended = add(sample, "");
    db->write_now([&](Session& session) {
        cancel_task(session, waited_for.id, "", at(20));
        cancel_task(session, ended.id, "", at(20));
        mark_seen(session, std::vector{running.id, waited_for.id, ended.id});
    });
    EXPECT_FALSE(find(running.id)->seen);
    EXPECT_FALSE(find(waited_for.id)->seen);
    EXPECT_TRUE(find(ended.id)->seen);
}

TEST_P(ResendRowsTest, AKeyHoldsForItsTimeAndItsToken) {
    const auto ada = insert_sample("ada");
    const auto bob = insert_sample("bob");
    const auto first = TaskId::make(random), second = TaskId::make(random);
    const auto put = [&](const Sample& sample, TaskId task, int now, int since) {
        return db->write_now([&](Session& session) {
            return insert_key(session, {sample.credential.id, "k'1", "hash", task, at(now)},
                              at(since));
        });
    };
    const auto find = [&](const Sample& sample, int since) {
        return db->read_now([&](Session& session) {
            return find_key(session, sample.credential.id, "k'1", at(since));
        });
    };
    EXPECT_FALSE(find(ada, 0));
    EXPECT_TRUE(put(ada, first, 10, 0));
    EXPECT_FALSE(put(ada, second, 11, 0)) << "it is taken";
    EXPECT_TRUE(put(bob, second, 11, 0));
    ASSERT_TRUE(find(ada, 10));
    EXPECT_EQ(find(ada, 10)->task_id, first);
    EXPECT_EQ(find(ada, 10)->request_hash, "hash");
    EXPECT_FALSE(find(ada, 11));
    EXPECT_TRUE(put(ada, second, 50, 11)) << "its time is over";
    EXPECT_EQ(find(ada, 11)->task_id, second);
    EXPECT_EQ(db->write_now([&](Session& session) { return forget_keys(session, at(50)); }), 1);
    EXPECT_FALSE(find(bob, 0));
}

KINORA_ON_BOTH_BACKENDS(ResendRowsTest);

}  // namespace
}  // namespace kinora::storage
