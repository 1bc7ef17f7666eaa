// event_rows_test.cpp: a task's story, in order and without gaps.
#include "storage/event_rows.hpp"

#include "storage_fixture.hpp"

namespace kinora::storage {
namespace {

class EventRowsTest : public StorageTest {
protected:
    std::string story(TaskId id, int after = 0) {
        std::string text;
        for (const auto& event :
             db->read_now([&](Session& session) { return events_after(session, id, after); })) {
            text += std::to_string(event.number) + ' ' + std::string(to_string(event.state)) + ' ' +
                    std::to_string(event.progress) + "; ";
        }
        return text;
    }
    void extend(const TaskRow& task, int progress) {
        db->write_now([&](Session& session) {
            extend_lease(session, claim_of(task), progress, Milliseconds(1), at(5), at(15));
        });
    }
};

TEST_P(EventRowsTest, EveryChangeIsOneMoreAndTheRestIsNone) {
    insert_one(insert_sample(), at(1));
    const auto task = *claim("worker", at(2));
    extend(task, 10);
    extend(task, 10);
    extend(task, 4);
    extend(task, 30);
    db->write_now(
        [&](Session& session) { return_task(session, claim_of(task), Milliseconds(1), at(6)); });
    const auto again = *claim("other", at(7));
    db->write_now([&](Session& session) {
        complete_task(session, claim_of(again), make_video(again), Milliseconds(1), at(8));
    });
    EXPECT_EQ(story(task.id),
              "2 processing 0; 3 processing 10; 4 processing 30; 5 pending 30; 6 processing 30; "
              "7 completed 100; ");
    EXPECT_EQ(story(task.id, 5), "6 processing 30; 7 completed 100; ");
    EXPECT_EQ(story(task.id, 7), "");
}

TEST_P(EventRowsTest, EndsOfAllKindsAreTold) {
    const auto sample = insert_sample();
    const auto cancelled = insert_one(sample, at(1));
    db->write_now([&](Session& session) { cancel_task(session, cancelled.id, "", at(2)); });
    EXPECT_EQ(story(cancelled.id), "2 cancelled 0; ");

    insert_one(sample, at(3));
    const auto lost = *claim("worker", at(4));
    db->write_now([&](Session& session) {
        take_back_leases(session, at(100), "", 1, "api_error", "It was lost.");
    });
    EXPECT_EQ(story(lost.id), "2 processing 0; 3 failed 0; ");
}

TEST_P(EventRowsTest, OldStoriesAreForgotten) {
    const auto sample = insert_sample();
    insert_one(sample, at(1));
    const auto old = *claim("worker", at(2));
    db->write_now([&](Session& session) {
        fail_task(session, claim_of(old), "api_error", "", Milliseconds(1), at(3));
    });
    const auto fresh = insert_one(sample, at(4));
    const auto running = *claim("worker", at(5));
    EXPECT_EQ(running.id, fresh.id);
    const auto forget = [&](TimePoint before) {
        return db->write_now([&](Session& session) { return forget_events(session, before, 10); });
    };
    EXPECT_EQ(forget(at(3)), 0);
    EXPECT_EQ(forget(at(50)), 2);
    EXPECT_EQ(story(old.id), "");
    EXPECT_EQ(story(running.id), "2 processing 0; ");
}

KINORA_ON_BOTH_BACKENDS(EventRowsTest);

}  // namespace
}  // namespace kinora::storage
