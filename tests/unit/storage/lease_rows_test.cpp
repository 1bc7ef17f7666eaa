// lease_rows_test.cpp: one wins every race for a task, and the other is told.
#include "storage_fixture.hpp"

#include <atomic>
#include <set>
#include <thread>

namespace kinora::storage {
namespace {

class LeaseRowsTest : public StorageTest {
protected:
    bool extend(const Claim& of, int progress, Milliseconds worked, TimePoint until) {
        return db->write_now([&](Session& session) {
            return extend_lease(session, of, progress, worked, until - Milliseconds(10'000), until);
        });
    }
    bool complete(const Claim& of, const VideoRow& video) {
        return db->write_now([&](Session& session) {
            return complete_task(session, of, video, Milliseconds(1234), at(60));
        });
    }
    bool fail(const Claim& of) {
        return db->write_now([&](Session& session) {
            return fail_task(session, of, "bad_request", "Unreadable.", Milliseconds(77), at(60));
        });
    }
    bool give_back(const Claim& of) {
        return db->write_now(
            [&](Session& session) { return return_task(session, of, Milliseconds(55), at(60)); });
    }
    LostLeases take_back(TimePoint now, const std::string& prefix = "") {
        return db->write_now([&](Session& session) {
            return take_back_leases(session, now, prefix, 3, "api_error", "It was lost.");
        });
    }
    TaskRow claimed_task() {
        insert_one(insert_sample(), at(1));
        return *claim("worker", at(10));
    }
};

TEST_P(LeaseRowsTest, AClaimBeginsAnAttempt) {
    const auto task = insert_one(insert_sample(), at(1));

    const auto claimed = claim("worker", at(10));

    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->id, task.id);
    EXPECT_EQ(claimed->state, TaskState::processing);
    EXPECT_EQ(claimed->attempt, 1);
    EXPECT_EQ(claimed->started_at, at(10));
    EXPECT_EQ(claimed->lease_owner, "worker");
    EXPECT_EQ(claimed->lease_until, at(20));
    EXPECT_EQ(claimed->brief_json, task.brief_json);
    EXPECT_FALSE(claim("worker", at(11)));
}

TEST_P(LeaseRowsTest, NothingIsClaimedWhereNothingWaits) {
    EXPECT_FALSE(claim("worker", at(1)));
}

TEST_P(LeaseRowsTest, PriorityGoesBeforeAge) {
    const auto sample = insert_sample();
    auto low = make_task(sample, at(1));
    low.priority = -1;
    insert(low);
    const auto younger = insert_one(sample, at(3));
    const auto older = insert_one(sample, at(2));

    EXPECT_EQ(claim("w", at(10))->id, older.id);
    EXPECT_EQ(claim("w", at(10))->id, younger.id);
    EXPECT_EQ(claim("w", at(10))->id, low.id);
}

// Two processes, as it were: each has a database object of its own.
TEST_P(LeaseRowsTest, OfRacersForATaskOneWins) {
    const auto sample = insert_sample();
    constexpr int kTasks = 20;
    for (int i = 0; i < kTasks; ++i) insert_one(sample, at(i));
    std::atomic<int> won = 0;
    const auto race = [&](const std::string& owner) {
        const auto mine = open();
        for (;;) {
            const auto task = mine->write_now([&](Session& session) {
                return claim_task(session, {owner, at(50), at(60)});
            });
            if (!task) return;
            EXPECT_EQ(task->lease_owner, owner);
            EXPECT_EQ(task->attempt, 1);
            ++won;
        }
    };
    std::thread other([&] { race("other"); });
    race("one");
    other.join();
    EXPECT_EQ(won, kTasks);
}

TEST_P(LeaseRowsTest, AHeartbeatExtendsAndProgressNeverFalls) {
    const auto task = claimed_task();
    EXPECT_TRUE(extend(claim_of(task), 40, Milliseconds(500), at(30)));
    EXPECT_TRUE(extend(claim_of(task), 30, Milliseconds(700), at(40)));

    const auto found = find(task.id);
    EXPECT_EQ(found->progress, 40);
    EXPECT_EQ(found->worked, Milliseconds(700));
    EXPECT_EQ(found->lease_until, at(40));
    EXPECT_EQ(found->state, TaskState::processing);
}

TEST_P(LeaseRowsTest, CompletingEndsATask) {
    const auto task = claimed_task();
    EXPECT_TRUE(complete(claim_of(task), make_video(task)));

    const auto found = find(task.id);
    EXPECT_EQ(found->state, TaskState::completed);
    EXPECT_EQ(found->progress, 100);
    EXPECT_EQ(found->finished_at, at(60));
    EXPECT_EQ(found->worked, Milliseconds(1234));
    EXPECT_EQ(found->lease_owner, "");
    EXPECT_FALSE(found->lease_until);
    EXPECT_TRUE(found->video);
}

TEST_P(LeaseRowsTest, FailingKeepsTheReason) {
    const auto task = claimed_task();
    EXPECT_TRUE(fail(claim_of(task)));

    const auto found = find(task.id);
    EXPECT_EQ(found->state, TaskState::failed);
    EXPECT_EQ(found->error_code, "bad_request");
    EXPECT_EQ(found->error_message, "Unreadable.");
    EXPECT_EQ(found->finished_at, at(60));
    EXPECT_EQ(found->worked, Milliseconds(77));
    EXPECT_EQ(found->lease_owner, "");
    EXPECT_FALSE(found->lease_until);
}

TEST_P(LeaseRowsTest, AReturnedTaskHasItsAttemptBack) {
    const auto task = claimed_task();
    extend(claim_of(task), 25, Milliseconds(10), at(30));
    EXPECT_TRUE(give_back(claim_of(task)));

    const auto found = find(task.id);
    EXPECT_EQ(found->state, TaskState::pending);
    EXPECT_EQ(found->attempt, 0);
    EXPECT_EQ(found->progress, 25);
    EXPECT_EQ(found->worked, Milliseconds(55));
    EXPECT_EQ(found->started_at, at(10));
    EXPECT_EQ(found->lease_owner, "");
    EXPECT_FALSE(found->lease_until);
    EXPECT_EQ(claim("next", at(70))->started_at, at(10));
}

TEST_P(LeaseRowsTest, AClaimThatIsNotTheCurrentOneChangesNothing) {
    const auto task = claimed_task();
    const auto current = claim_of(task);
    auto other_owner = current;
    other_owner.owner = "somebody";
    auto other_attempt = current;
    other_attempt.attempt = 2;
    auto other_task = current;
    other_task.id = TaskId::make(random);

    for (const auto& stale : {other_owner, other_attempt, other_task}) {
        EXPECT_FALSE(extend(stale, 90, Milliseconds(9), at(90)));
        EXPECT_FALSE(complete(stale, make_video(task)));
        EXPECT_FALSE(fail(stale));
        EXPECT_FALSE(give_back(stale));
    }
    const auto found = find(task.id);
    EXPECT_EQ(found->state, TaskState::processing);
    EXPECT_EQ(found->progress, 0);
    EXPECT_EQ(found->lease_until, at(20));
    EXPECT_FALSE(found->video);

    EXPECT_TRUE(complete(current, make_video(task)));
    EXPECT_FALSE(complete(current, make_video(task)));
    EXPECT_FALSE(fail(current));
    EXPECT_FALSE(extend(current, 1, Milliseconds(1), at(90)));
}

TEST_P(LeaseRowsTest, TakesBackLeasesThatRanOut) {
    const auto task = claimed_task();
    extend(claim_of(task), 30, Milliseconds(800), at(20));
    EXPECT_TRUE(take_back(at(20)).returned.empty());

    const auto lost = take_back(at(20) + Milliseconds(1));

    EXPECT_EQ(lost.returned, std::vector{task.id});
    EXPECT_TRUE(lost.failed.empty());
    const auto found = find(task.id);
    EXPECT_EQ(found->state, TaskState::pending);
    EXPECT_EQ(found->attempt, 1);
    EXPECT_EQ(found->progress, 30);
    EXPECT_EQ(found->worked, Milliseconds(800));
    EXPECT_EQ(found->started_at, at(10));
    EXPECT_EQ(found->lease_owner, "");
    EXPECT_FALSE(found->lease_until);
    EXPECT_FALSE(found->finished_at);
    EXPECT_FALSE(extend(claim_of(task), 50, Milliseconds(900), at(90)));
    EXPECT_EQ(claim("next", at(30))->attempt, 2);
}

TEST_P(LeaseRowsTest, FailsATaskWhoseAttemptsAreUsedUp) {
    const auto id = insert_one(insert_sample(), at(1)).id;
    for (int attempt = 1; attempt <= 3; ++attempt) {
        ASSERT_EQ(claim("worker", at(attempt * 100))->attempt, attempt);
        const auto lost = take_back(at(attempt * 100 + 50));
        EXPECT_EQ(lost.returned.size(), attempt < 3 ? 1u : 0u);
        EXPECT_EQ(lost.failed.size(), attempt < 3 ? 0u : 1u);
    }
    const auto found = find(id);
    EXPECT_EQ(found->state, TaskState::failed);
    EXPECT_EQ(found->error_code, "api_error");
    EXPECT_EQ(found->error_message, "It was lost.");
    EXPECT_EQ(found->finished_at, at(350));
    EXPECT_EQ(found->attempt, 3);
    EXPECT_EQ(found->lease_owner, "");
    EXPECT_FALSE(claim("worker", at(400)));
}

TEST_P(LeaseRowsTest, TakesBackAtOnceWhatTheDeadHeld) {
    const auto sample = insert_sample();
    insert_one(sample, at(1));
    insert_one(sample, at(2));
    const auto dead = claim("host_a/1", at(10));
    const auto alive = claim("host_ab/1", at(10));

    EXPECT_TRUE(take_back(at(11), "host%").returned.empty());
    EXPECT_EQ(take_back(at(11), "host_a/").returned, std::vector{dead->id});
    EXPECT_EQ(find(alive->id)->state, TaskState::processing);
}

TEST_P(LeaseRowsTest, OfCompletingAndTakingBackOneWins) {
    const auto sample = insert_sample();
    const auto other = open();
    for (int i = 0; i < 10; ++i) {
        insert_one(sample, at(i));
        const auto task = *claim("worker", at(10));
        const auto video = make_video(task);
        bool completed = false;
        std::thread worker([&] {
            completed = other->write_now([&](Session& session) {
                return complete_task(session, claim_of(task), video, Milliseconds(1), at(60));
            });
        });
        const auto lost = take_back(at(100));
        worker.join();

        ASSERT_NE(completed, lost.returned.size() == 1);
        const auto found = find(task.id);
        EXPECT_EQ(found->state, completed ? TaskState::completed : TaskState::pending);
        EXPECT_EQ(found->video.has_value(), completed);
        if (!completed) {
            // The next round must not meet it again.
            const auto again = *claim("worker", at(101));
            ASSERT_TRUE(fail(claim_of(again)));
        }
    }
}

KINORA_ON_BOTH_BACKENDS(LeaseRowsTest);

}  // namespace
}  // namespace kinora::storage
