// tests/unit/tasks/lease_keeper_test.cpp: a claim is kept alive, and its render is stopped in time.
#include "tasks/lease_keeper.hpp"

#include "support/fake_clock.hpp"
#include "support/flaky_database.hpp"
#include "support/quiet_log.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"
#include "support/wait.hpp"

#include <gtest/gtest.h>

namespace kinora::tasks {
namespace {

using namespace std::chrono_literals;
using Verdict = LeaseKeeper::Verdict;

class LeaseKeeperTest : public testing::Test {
protected:
    LeaseKeeperTest() {
        times.progress = 1ms;  // The keeper looks up this often, by the real clock.
    }
    std::unique_ptr<LeaseKeeper> keep(Milliseconds worked_before = 0ms) {
        return std::make_unique<LeaseKeeper>(flaky, clock, log, claim, worked_before, times, stop);
    }
    storage::TaskRow row() { return test::find_task(*database, task.id); }
    bool lease_lasts_until(TimePoint time) {
        return test::wait_until([&] { return row().lease_until == time; });
    }
    // The keeper has tried to write once more, in vain.
    bool fails_again() {
        return test::wait_until(
            [this, seen = flaky.failures()] { return flaky.failures() > seen; });
    }
    void take_away() {
        database->write_now([&](storage::Session& session) {
            storage::take_back_leases(session, clock.now(), "node/1", 3, "api_error", "");
        });
    }

    test::ScratchDatabase database;
    test::FlakyDatabase flaky{*database};
    test::SeededRandom random;
    test::FakeClock clock;
    test::QuietLog log;
    test::Account account = test::add_account(*database, random);
    storage::TaskRow task =
        test::add_task(*database, test::make_task(account, random, clock.now()));
    storage::Claim claim = test::claim(*database, "node/1", clock.now());
    LeaseTimes times;
    std::stop_source stop;
};

TEST_F(LeaseKeeperTest, ExtendsTheLeaseAtEachHeartbeat) {
    const auto keeper = keep();
    for (int beat = 0; beat < 3; ++beat) {
        clock.advance(times.heartbeat);
        EXPECT_TRUE(lease_lasts_until(clock.now() + times.lease)) << beat;
    }
    EXPECT_EQ(keeper->verdict(), Verdict::keep);
    EXPECT_FALSE(stop.stop_requested());
}

// What a slow write gives is over sooner: the next heartbeat counts from where that one began.
TEST_F(LeaseKeeperTest, ASlowWriteDoesNotPutOffTheNext) {
    flaky.during_next_write([&] { clock.advance(times.heartbeat); });
    const auto keeper = keep();
    EXPECT_TRUE(test::wait_until([&] { return flaky.writes() >= 2; }, 2s));
    EXPECT_TRUE(lease_lasts_until(clock.now() + times.lease));
}

TEST_F(LeaseKeeperTest, WritesNothingWhereNothingIsNew) {
    // By the real clock it looks up often; by the clock that counts no time passes.
    const auto keeper = keep();
    keeper->report(50);
    ASSERT_TRUE(test::wait_until([&] { return row().progress == 50; }));
    const int writes = flaky.writes();
    EXPECT_LE(writes, 2);
    keeper->report(50);
    clock.advance(times.heartbeat - 1ms);
    // A look is a wait of 1 ms, so this gives the keeper a hundred chances to be wrong.
    EXPECT_FALSE(test::wait_until([&] { return flaky.writes() > writes; }, 100ms));
}

TEST_F(LeaseKeeperTest, WritesTheProgressAndTheWork) {
    const auto keeper = keep(700ms);
    keeper->report(42);
    EXPECT_TRUE(test::wait_until([&] { return row().progress == 42; }));
    clock.advance(1'300ms);
    EXPECT_EQ(keeper->worked(), 2s);
    keeper->report(43);
    EXPECT_TRUE(test::wait_until([&] { return row().progress == 43; }));
    EXPECT_EQ(row().worked, 2s);
}

TEST_F(LeaseKeeperTest, ProgressNeverFalls) {
    const auto keeper = keep();
    keeper->report(42);
    ASSERT_TRUE(test::wait_until([&] { return row().progress == 42; }));
    keeper->report(7);
    clock.advance(times.heartbeat);
    ASSERT_TRUE(lease_lasts_until(clock.now() + times.lease));
    EXPECT_EQ(row().progress, 42);
}

TEST_F(LeaseKeeperTest, ALostClaimStopsTheRender) {
    const auto keeper = keep();
    take_away();
    clock.advance(times.heartbeat);
    EXPECT_TRUE(test::wait_until([&] { return stop.stop_requested(); }));
    EXPECT_EQ(keeper->verdict(), Verdict::lost);
    EXPECT_EQ(row().state, storage::TaskState::pending);
}

TEST_F(LeaseKeeperTest, AClaimThatSomebodyElseHoldsIsLostToo) {
    const auto keeper = keep();
    take_away();
    test::claim(*database, "node/1", clock.now());  // By the same name, as another attempt.
    clock.advance(times.heartbeat);
    EXPECT_TRUE(test::wait_until([&] { return stop.stop_requested(); }));
    EXPECT_EQ(keeper->verdict(), Verdict::lost);
    EXPECT_EQ(row().attempt, 2);
}

TEST_F(LeaseKeeperTest, TheWorkOfAllAttemptsIsLimited) {
    times.work_limit = 5s;
    const auto keeper = keep(3s);
    clock.advance(1'999ms);
    EXPECT_TRUE(test::wait_until([&] { return row().worked > 0ms || flaky.writes() > 0; }));
    EXPECT_EQ(keeper->verdict(), Verdict::keep);
    clock.advance(1ms);
    EXPECT_TRUE(test::wait_until([&] { return stop.stop_requested(); }));
    EXPECT_EQ(keeper->verdict(), Verdict::over_limit);
}

TEST_F(LeaseKeeperTest, ADatabaseThatFailsCostsNothingWithinTheLease) {
    const auto keeper = keep();
    flaky.fail_with(std::runtime_error("no answer"));
    clock.advance(times.lease - 1ms);
    EXPECT_TRUE(fails_again());
    EXPECT_EQ(keeper->verdict(), Verdict::keep);
    flaky.recover();
    EXPECT_TRUE(lease_lasts_until(clock.now() + times.lease));
    EXPECT_FALSE(stop.stop_requested());
}

TEST_F(LeaseKeeperTest, ADatabaseThatFailsUntilTheLeaseIsOverCostsTheClaim) {
    const auto keeper = keep();
    keeper->report(10);
    ASSERT_TRUE(test::wait_until([&] { return row().progress == 10; }));
    flaky.fail_with(storage::DiskFull("no room"));
    clock.advance(times.lease - 1ms);
    EXPECT_TRUE(fails_again());
    EXPECT_FALSE(stop.stop_requested());
    clock.advance(1ms);
    EXPECT_TRUE(test::wait_until([&] { return stop.stop_requested(); }));
    EXPECT_EQ(keeper->verdict(), Verdict::lost);
}

TEST_F(LeaseKeeperTest, IsGoneAtOnceWhenTheRenderIs) {
    times.progress = 1h;
    const auto began = std::chrono::steady_clock::now();
    keep().reset();
    EXPECT_LT(std::chrono::steady_clock::now() - began, test::kPatience);
}

}  // namespace
}  // namespace kinora::tasks
