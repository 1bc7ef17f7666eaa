// tests/unit/tasks/worker_claim_test.cpp: what a worker does with a claim that it cannot bring to
// an end.
#include "tasks/worker.hpp"
#include "unit/tasks/workshop.hpp"

namespace kinora::tasks {
namespace {

using namespace std::chrono_literals;
using engines::FakeEngine;
using storage::TaskRow;
using storage::TaskState;
using WorkerClaimTest = Workshop;

TEST_F(WorkerClaimTest, AStopInMidRenderGivesTheTaskBack) {
    const auto task = add_task();
    in_mid_render([&] {
        clock.advance(3s);
        stop.request_stop();
    });
    work_until([] { return false; });
    const auto row = find(task);
    EXPECT_EQ(row.state, TaskState::pending);
    EXPECT_EQ(row.attempt, 0);
    EXPECT_EQ(row.lease_owner, "");
    EXPECT_EQ(row.worked, 3s);
    EXPECT_TRUE(row.started_at.has_value());
    EXPECT_FALSE(row.finished_at.has_value());
    EXPECT_TRUE(parts().empty());
    EXPECT_TRUE(files().empty());
}

TEST_F(WorkerClaimTest, AStopBeforeItBeginsTakesNoTask) {
    const auto task = add_task();
    stop.request_stop();
    work_until([] { return true; });
    EXPECT_EQ(find(task).state, TaskState::pending);
    EXPECT_FALSE(find(task).started_at.has_value());
}

// Another worker has the task already, and half a clip of it. The loss is noticed at the very end.
TEST_F(WorkerClaimTest, AClaimLostInMidRenderLeavesTheOtherAlone) {
    options.times.progress = 1h;
    const auto task = add_task();
    const auto next = add_task();
    in_mid_render([&] {
        take_leases();
        EXPECT_EQ(test::claim(*database, "node/2", clock.now()).id, task.id);
        std::ofstream(part(task, 2)) << "half a clip";
    });
    EXPECT_EQ(work_until_ended(next).state, TaskState::completed);
    const auto row = find(task);
    EXPECT_EQ(row.state, TaskState::processing);
    EXPECT_EQ(row.lease_owner, "node/2");
    EXPECT_EQ(row.attempt, 2);
    EXPECT_EQ(files().size(), 2U);
    EXPECT_EQ(parts(), std::vector<std::string>{part(task, 2).filename()});
}

TEST_F(WorkerClaimTest, AClaimKnownToBeLostStopsTheRender) {
    const auto task = add_task();
    PatientEngine engine([&] {
        take_leases();
        test::claim(*database, "node/2", clock.now());
        std::ofstream(part(task, 2)) << "half a clip";
        clock.advance(options.times.heartbeat);
    });
    work_until(engine, [&] { return engine.was_stopped(); });
    EXPECT_TRUE(engine.was_stopped());
    EXPECT_EQ(find(task).state, TaskState::processing);
    EXPECT_EQ(find(task).lease_owner, "node/2");
    EXPECT_EQ(parts(), std::vector<std::string>{part(task, 2).filename()});
}

TEST_F(WorkerClaimTest, ADatabaseThatFailsUntilTheLeaseIsOverStopsTheRender) {
    const auto task = add_task();
    PatientEngine engine([&] {
        flaky.fail_with(std::runtime_error("no answer"));
        clock.advance(options.times.lease);
    });
    work_until(engine, [&] { return engine.was_stopped(); });
    EXPECT_TRUE(engine.was_stopped());
    EXPECT_EQ(find(task).state, TaskState::processing);
}

TEST_F(WorkerClaimTest, WorkPastTheLimitFailsTheTask) {
    options.times.work_limit = 5s;
    const auto task = add_task();
    PatientEngine engine([&] { clock.advance(5s); });
    work_until(engine, [&] { return find(task).finished_at.has_value(); });
    EXPECT_TRUE(engine.was_stopped());
    EXPECT_EQ(find(task).state, TaskState::failed);
    EXPECT_EQ(find(task).error_code, "timeout");
    EXPECT_NE(find(task).error_message.find("5 s"), std::string::npos);
    EXPECT_EQ(find(task).worked, 5s);
    EXPECT_TRUE(parts().empty());
}

TEST_F(WorkerClaimTest, WorkOfFormerAttemptsCounts) {
    options.times.work_limit = 5s;
    auto worked = make_task();
    worked.worked = 4s;
    const auto task = test::add_task(*database, worked);
    PatientEngine engine([&] { clock.advance(1s); });
    work_until(engine, [&] { return find(task).finished_at.has_value(); });
    EXPECT_EQ(find(task).error_code, "timeout");
    EXPECT_EQ(find(task).worked, 5s);
}

TEST_F(WorkerClaimTest, AFullDiskGivesTheTaskBackAndPauses) {
    int renders = 0;
    script.before_frame = [&](int frame) -> Result<void> {
        if (frame == 0 && ++renders == 1) return Error(ErrorCode::unavailable, "No room.");
        return ok();
    };
    const auto task = add_task();
    const auto given_back = [&] {
        const auto row = find(task);
        return row.started_at && row.state == TaskState::pending;
    };
    FakeEngine engine(script);
    Worker worker(flaky, media, loader, engine, clock, random, log, options);
    std::jthread thread([&] { worker.run(stop.get_token()); });
    ASSERT_TRUE(test::wait_until(given_back));
    EXPECT_EQ(find(task).attempt, 0);
    add_task();  // Rings, in vain: only the time of the pause counts, and no time passes.
    EXPECT_TRUE(given_back());
    // Again and again, since the pause may begin only after the task was seen to be back.
    EXPECT_TRUE(test::wait_until([&] {
        const auto row = find(task);
        if (row.attempt == 0) clock.advance(options.full_disk_pause);
        return row.finished_at.has_value();
    }));
    EXPECT_EQ(find(task).state, TaskState::completed);
    EXPECT_EQ(find(task).attempt, 1);
    stop.request_stop();
}

TEST_F(WorkerClaimTest, AStopEndsThePauseOfAFullDisk) {
    options.full_disk_pause = 1h;
    script.before_frame = FakeEngine::fail_at(0, Error(ErrorCode::unavailable, "No room."));
    const auto task = add_task();
    work_until([&] {
        const auto row = find(task);
        return row.started_at && row.state == TaskState::pending;
    });
    EXPECT_EQ(find(task).state, TaskState::pending);
}

TEST_F(WorkerClaimTest, ADatabaseThatFailsAtFirstIsTriedAgain) {
    const auto task = add_task();
    flaky.fail_with(storage::DatabaseUnavailable("no answer"));
    FakeEngine engine;
    Worker worker(flaky, media, loader, engine, clock, random, log, options);
    std::jthread thread([&] { worker.run(stop.get_token()); });
    EXPECT_TRUE(test::wait_until([&] { return flaky.failures() >= 3; }));
    flaky.recover();
    EXPECT_TRUE(test::wait_until([&] { return find(task).finished_at.has_value(); }));
    EXPECT_EQ(find(task).attempt, 1);
    stop.request_stop();
}

// The worker cannot tell whether the commit happened, so the lease has to run out.
TEST_F(WorkerClaimTest, ADatabaseThatFailsAtTheEndCostsAnAttempt) {
    options.times.progress = 1h;  // So that the end is all that the worker writes.
    const auto task = add_task();
    // Writes alone: a bell that is late may have the worker read its lease before the end.
    in_mid_render([&] {
        flaky.fail_with(storage::DiskFull("no room"), test::FlakyDatabase::Failing::writes);
    });
    FakeEngine engine(script);
    Worker worker(flaky, media, loader, engine, clock, random, log, options);
    std::jthread thread([&] { worker.run(stop.get_token()); });
    EXPECT_TRUE(test::wait_until([&] { return flaky.failures() > 0; }));
    EXPECT_EQ(find(task).state, TaskState::processing);
    EXPECT_EQ(files().size(), 2U);
    flaky.recover();
    // Past the lease; and past pauses, which the worker may be in at any of these.
    EXPECT_TRUE(test::wait_until([&] {
        const auto row = find(task);
        if (row.attempt < 2) clock.advance(1s);
        return row.finished_at.has_value();
    }));
    EXPECT_EQ(find(task).state, TaskState::completed);
    EXPECT_EQ(find(task).attempt, 2);
    EXPECT_TRUE(parts().empty());
    stop.request_stop();
}

}  // namespace
}  // namespace kinora::tasks
