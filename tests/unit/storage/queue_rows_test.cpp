// queue_rows_test.cpp: users take turns, limits hold, and the view tells the same order.
#include "storage_fixture.hpp"

namespace kinora::storage {
namespace {

class QueueRowsTest : public StorageTest {
protected:
    std::optional<TaskRow> claim_with(int running_max) {
        return db->write_now([&](Session& session) {
            return claim_task(session, {"worker", at(50), at(60), running_max});
        });
    }
    std::string next() {
        const auto task = claim("worker", at(50));
        return task ? names.at(task->id) : "none";
    }
    TaskRow add(const std::string& name, const Sample& sample, int seconds, int priority = 0) {
        auto task = make_task(sample, at(seconds));
        task.priority = priority;
        insert(task);
        names[task.id] = name;
        return task;
    }

    std::map<TaskId, std::string> names;
};

TEST_P(QueueRowsTest, AThousandOfOneDelayAnothersByOne) {
    const auto ada = insert_sample("ada");
    const auto bob = insert_sample("bob");
    db->write_now([&](Session& session) {
        for (int i = 0; i < 1000; ++i) {
            const auto task = make_task(ada, at(i));
            insert_task(session, task);
            names[task.id] = "ada";
        }
    });
    EXPECT_EQ(next(), "ada");
    add("bob", bob, 2000);
    add("bob's second", bob, 2001);
    EXPECT_EQ(next(), "ada");
    EXPECT_EQ(next(), "bob");
    EXPECT_EQ(next(), "ada");
    EXPECT_EQ(next(), "bob's second");
}

TEST_P(QueueRowsTest, WhoComesAndComesAgainGetsNoMoreThanATurnAtATime) {
    const auto ada = insert_sample("ada");
    const auto bob = insert_sample("bob");
    for (int i = 0; i < 4; ++i) add("ada", ada, i);
    std::string order;
    for (int i = 0; i < 3; ++i) {
        add("bob", bob, 10 + i);
        for (int turn = 0; turn < 2; ++turn) order += next() + ' ';
    }
    EXPECT_EQ(order, "ada bob ada bob ada bob ");
}

TEST_P(QueueRowsTest, PriorityCountsWithinAUserAlone) {
    const auto ada = insert_sample("ada");
    const auto bob = insert_sample("bob");
    add("ada low", ada, 1, -1);
    add("ada low 2", ada, 2, -1);
    add("bob low", bob, 3, -1);
    add("ada", ada, 4);
    EXPECT_EQ(next(), "ada");
    EXPECT_EQ(next(), "bob low");
    EXPECT_EQ(next(), "ada low");
    EXPECT_EQ(next(), "ada low 2");
    EXPECT_EQ(next(), "none");
}

TEST_P(QueueRowsTest, ACredentialRunsNoMoreThanItMay) {
    const auto ada = insert_sample("ada");
    const auto bob = insert_sample("bob");
    for (int i = 0; i < 4; ++i) add("ada", ada, i);
    EXPECT_TRUE(claim_with(2));
    const auto second = claim_with(2);
    EXPECT_FALSE(claim_with(2)) << "a third one of ada's runs";
    add("bob", bob, 9);
    EXPECT_EQ(names.at(claim_with(2)->id), "bob");
    db->write_now([&](Session& session) {
        fail_task(session, claim_of(*second), "api_error", "", Milliseconds(1), at(51));
    });
    EXPECT_EQ(names.at(claim_with(2)->id), "ada");
}

TEST_P(QueueRowsTest, ACredentialsOwnLimitBeatsTheServers) {
    auto ada = make_sample("ada");
    ada.credential.limit_running = 1;
    auto bob = make_sample("bob");
    bob.credential.limited = false;
    db->write_now([&](Session& session) {
        for (const auto& sample : {ada, bob}) {
            insert_user(session, sample.user);
            insert_application(session, sample.application);
            insert_credential(session, sample.credential);
        }
    });
    for (int i = 0; i < 3; ++i) add("ada", ada, i);
    for (int i = 0; i < 6; ++i) add("bob", bob, i);
    std::map<std::string, int> claimed;
    while (const auto task = claim_with(2)) ++claimed[names.at(task->id)];
    EXPECT_EQ(claimed["ada"], 1);
    EXPECT_EQ(claimed["bob"], 6);
}

TEST_P(QueueRowsTest, TheViewShowsWhoWaitsWhatRunsAndHowFastItWent) {
    const auto ada = insert_sample("ada");
    const auto bob = insert_sample("bob");
    add("done", ada, 0);
    const auto done = *claim("worker", at(1));
    db->write_now([&](Session& session) {
        complete_task(session, claim_of(done), make_video(done), Milliseconds(2400), at(3));
    });
    add("running", ada, 4);
    const auto running = *claim("worker", at(5));
    db->write_now([&](Session& session) {
        extend_lease(session, claim_of(running), 40, Milliseconds(10), at(6), at(16));
    });
    const auto first = add("ada", ada, 7);
    const auto second = add("ada 2", ada, 8);
    const auto third = add("bob", bob, 9, -1);

    const auto view = db->read_now([](Session& session) { return view_queue(session, 100); });

    ASSERT_EQ(view.waiting.size(), 3U);
    EXPECT_EQ(view.waiting[0].id, first.id);
    EXPECT_EQ(view.waiting[1].id, third.id);
    EXPECT_EQ(view.waiting[1].user_id, bob.user.id);
    EXPECT_EQ(view.waiting[1].priority, -1);
    EXPECT_EQ(view.waiting[2].id, second.id);
    EXPECT_EQ(view.waiting[2].created_at, at(8));
    EXPECT_EQ(view.progress, std::vector<int>{40});
    EXPECT_EQ(view.worked, std::vector<Milliseconds>{Milliseconds(2400)});
}

TEST_P(QueueRowsTest, CountsWhatWaitsUpToALimit) {
    const auto ada = insert_sample("ada");
    const auto bob = insert_sample("bob");
    for (int i = 0; i < 5; ++i) add("ada", ada, i);
    add("bob", bob, 9);
    claim("worker", at(10));
    const auto of = [&](const Sample& sample, int at_most) {
        return db->read_now([&](Session& session) {
            return count_waiting(session, sample.credential.id, at_most);
        });
    };
    EXPECT_EQ(of(ada, 100), 4);
    EXPECT_EQ(of(ada, 3), 3);
    EXPECT_EQ(of(bob, 100), 1);
    EXPECT_EQ(db->read_now([](Session& session) { return count_waiting(session, 100); }), 5);
}

KINORA_ON_BOTH_BACKENDS(QueueRowsTest);

}  // namespace
}  // namespace kinora::storage
