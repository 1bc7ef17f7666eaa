// tests/unit/tasks/recovery_test.cpp: what the dead were working on is begun again, three times at
// most.
#include "tasks/recovery.hpp"

#include "support/fake_clock.hpp"
#include "support/quiet_log.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace kinora::tasks {
namespace {

using namespace std::chrono_literals;
using storage::TaskState;

class RecoveryTest : public testing::Test {
protected:
    storage::TaskRow add_task() {
        clock.advance(1ms);  // So that tasks have an order.
        return test::add_task(*database, test::make_task(account, random, clock.now()));
    }
    storage::TaskRow find(const storage::TaskRow& task) {
        return test::find_task(*database, task.id);
    }
    void recover(std::string_view dead = {}) { recover_tasks(*database, media, clock, log, dead); }
    std::filesystem::path part_of(const storage::Claim& claim) {
        const auto path = media.part(claim.id, claim.attempt, storage::MediaKind::video);
        std::ofstream(path) << "half a clip";
        return path;
    }

    test::ScratchDatabase database;
    test::TempFolder folder;
    storage::MediaFolder media = *storage::MediaFolder::open(folder.path());
    test::SeededRandom random;
    test::FakeClock clock;
    test::QuietLog log;
    test::Account account = test::add_account(*database, random);
};

TEST_F(RecoveryTest, TakesBackALeaseThatRanOut) {
    const auto task = add_task();
    test::claim(*database, "node/1", clock.now(), 10s);
    clock.advance(10s);
    recover();
    EXPECT_EQ(find(task).state, TaskState::processing);
    clock.advance(1ms);
    recover();
    const auto row = find(task);
    EXPECT_EQ(row.state, TaskState::pending);
    EXPECT_EQ(row.attempt, 1);
    EXPECT_EQ(row.lease_owner, "");
    EXPECT_TRUE(row.started_at.has_value());
}

TEST_F(RecoveryTest, FreesWhatTheDeadHeldAtOnce) {
    const auto of_dead = add_task();
    test::claim(*database, "node-a/1", clock.now());
    const auto of_living = add_task();
    test::claim(*database, "node-b/1", clock.now());
    recover("node-a/");
    EXPECT_EQ(find(of_dead).state, TaskState::pending);
    EXPECT_EQ(find(of_living).state, TaskState::processing);
}

TEST_F(RecoveryTest, LeavesWaitingAndEndedOnesAlone) {
    const auto ended = add_task();
    test::fail_all(*database, "bad_request", "No.", clock.now());
    const auto waiting = add_task();
    clock.advance(1h);
    recover("test");
    EXPECT_EQ(find(ended).state, TaskState::failed);
    EXPECT_EQ(find(ended).error_code, "bad_request");
    EXPECT_EQ(find(waiting).state, TaskState::pending);
    EXPECT_EQ(find(waiting).attempt, 0);
}

TEST_F(RecoveryTest, TheThirdLostAttemptIsTheLast) {
    const auto task = add_task();
    for (int attempt = 1; attempt <= 3; ++attempt) {
        ASSERT_EQ(find(task).state, TaskState::pending) << attempt;
        EXPECT_EQ(test::claim(*database, "node/1", clock.now()).attempt, attempt);
        recover("node/");
    }
    const auto row = find(task);
    EXPECT_EQ(row.state, TaskState::failed);
    EXPECT_EQ(row.error_code, "api_error");
    EXPECT_NE(row.error_message.find("three times"), std::string::npos);
    EXPECT_EQ(row.finished_at, clock.now());
    EXPECT_EQ(row.lease_owner, "");
}

TEST_F(RecoveryTest, WhatWasWrittenForATaskGoesWithIt) {
    add_task();
    std::vector<std::filesystem::path> parts;
    for (int attempt = 1; attempt <= 3; ++attempt) {
        parts.push_back(part_of(test::claim(*database, "node/1", clock.now())));
        recover("node/");
        // The next attempt clears up behind the last one; behind the last nobody comes.
        EXPECT_EQ(std::filesystem::exists(parts.back()), attempt < 3);
    }
    for (const auto& part : parts) EXPECT_FALSE(std::filesystem::exists(part)) << part;
}

TEST_F(RecoveryTest, ATaskThatWasGivenBackLostNoAttempt) {
    const auto task = add_task();
    for (int round = 0; round < 5; ++round) {
        const auto claim = test::claim(*database, "node/1", clock.now());
        EXPECT_EQ(claim.attempt, 1);
        EXPECT_TRUE(database->write_now([&](storage::Session& session) {
            return storage::return_task(session, claim, 1ms, clock.now());
        }));
        recover("node/");
    }
    EXPECT_EQ(find(task).state, TaskState::pending);
    EXPECT_EQ(find(task).attempt, 0);
}

}  // namespace
}  // namespace kinora::tasks
