// usage_rows_test.cpp: what each task cost is written down once, and summed as people ask for it.
#include "storage/usage_rows.hpp"

#include "storage/ledger_rows.hpp"
#include "storage_fixture.hpp"

#include <gmock/gmock.h>
#include <set>

namespace kinora::storage {
namespace {

using namespace std::chrono_literals;

constexpr const char* kVideosApi = "94fc9028-5a9f-4875-aae4-38463bd30ac5";
constexpr const char* kLuma = "dff45a0d-2858-4936-8e2b-3d49c52aff11";
constexpr std::int64_t kDayMs = 86'400'000;

class UsageRowsTest : public StorageTest {
protected:
    void SetUp() override {
        StorageTest::SetUp();
        ada = insert_sample();
        bob = insert_sample("bob");
        db->write_now([&](Session& session) {
            for (const auto& each : {ada, bob}) {
                give(session, TransferKind::top_up, each.application.id, {1'000},
                     each.user.nickname, {}, {}, at(0));
            }
        });
    }

    // A task that was begun three seconds before its end. Without a price nothing is held for it.
    TaskRow end(const Sample& sample, TaskState how, std::int64_t price, TimePoint when,
                const std::string& api = kVideosApi) {
        auto task = make_task(sample, when - 10s);
        task.api_id = api;
        db->write_now([&](Session& session) {
            insert_task(session, task);
            if (price > 0) {
                reserve(session, sample.credential.id, {price});
                ASSERT_TRUE(move_to_held(session, sample.application.id, {price}));
                note_hold(session, task.id, sample.application.id, sample.credential.id, {price},
                          when - 10s);
            }
            if (how == TaskState::cancelled) {
                ASSERT_TRUE(cancel_task(session, task.id, "Enough.", when));
                return;
            }
            const auto claimed = claim_task(session, {"w", when - 3s, when + 10s});
            ASSERT_TRUE(claimed);
            const auto claim = claim_of(*claimed);
            const bool done = how == TaskState::completed
                                  ? complete_task(session, claim, make_video(*claimed), 1s, when)
                                  : fail_task(session, claim, "api_error", "No.", 1s, when);
            ASSERT_TRUE(done);
        });
        return task;
    }
    Listed<UsageRow> list(const UsageFilter& filter = {}) {
        return db->read_now([&](Session& session) { return list_usage(session, filter); });
    }
    UsageRow only(TaskId task) {
        UsageFilter filter;
        filter.task_id = task.str();
        const auto found = list(filter);
        EXPECT_EQ(found.count, 1);
        return found.items.at(0);
    }
    Listed<UsageSum> sums(const UsageGroups& groups, const UsageFilter& filter = {}) {
        return db->read_now([&](Session& session) { return sum_usage(session, filter, groups); });
    }

    Sample ada, bob;
};

TEST_P(UsageRowsTest, ACompletedTaskHasItsPriceAndWhatRemains) {
    const auto task = end(ada, TaskState::completed, 250, at(100));
    const auto row = only(task.id);
    EXPECT_EQ(row.trace_id, task.trace_id);
    EXPECT_EQ(row.user_id, ada.user.id);
    EXPECT_EQ(row.application_id, ada.application.id);
    EXPECT_EQ(row.credential_id, ada.credential.id);
    EXPECT_EQ(row.service_id, kLuma);
    EXPECT_EQ(row.api_id, kVideosApi);
    EXPECT_EQ(row.status, "completed");
    EXPECT_EQ(row.elapsed, 3s);
    EXPECT_EQ(row.deducted.micros, 250);
    ASSERT_TRUE(row.remaining);
    EXPECT_EQ(row.remaining->micros, 750);
    EXPECT_EQ(row.charged_application, ada.application.id);
    EXPECT_EQ(row.created_at, at(100));
}

TEST_P(UsageRowsTest, OtherEndsCostNothing) {
    const auto failed = only(end(ada, TaskState::failed, 250, at(100)).id);
    EXPECT_EQ(failed.status, "failed");
    EXPECT_TRUE(failed.deducted.is_zero());
    EXPECT_EQ(failed.remaining, Credits{1'000});
    const auto cancelled = only(end(ada, TaskState::cancelled, 250, at(200)).id);
    EXPECT_EQ(cancelled.status, "cancelled");
    EXPECT_TRUE(cancelled.deducted.is_zero());
    EXPECT_EQ(cancelled.elapsed, 0s) << "it was never begun";
}

TEST_P(UsageRowsTest, WhatIsNotPaidForIsWrittenDownToo) {
    const auto row = only(end(ada, TaskState::completed, 0, at(100), "an API of old").id);
    EXPECT_EQ(row.status, "completed");
    EXPECT_TRUE(row.deducted.is_zero());
    EXPECT_FALSE(row.remaining);
    EXPECT_FALSE(row.charged_application);
    EXPECT_EQ(row.service_id, "");
    EXPECT_EQ(row.api_id, "an API of old");
}

TEST_P(UsageRowsTest, AClockThatWasSetBackMakesNoTimeOfLessThanNothing) {
    const auto task = insert_one(ada, at(100));
    const auto claimed = claim("w", at(100));
    db->write_now([&](Session& session) {
        EXPECT_TRUE(fail_task(session, claim_of(*claimed), "api_error", "No.", 1s, at(40)));
    });
    EXPECT_EQ(only(task.id).elapsed, 0s);
}

TEST_P(UsageRowsTest, ListsWhatIsAskedFor) {
    const auto first = end(ada, TaskState::completed, 1, at(100));
    end(ada, TaskState::failed, 1, at(200), "another API");
    end(bob, TaskState::cancelled, 1, at(300));
    struct Row {
        const char* what;
        std::int64_t count;
        std::function<void(UsageFilter&)> ask;
    };
    const Row table[] = {
        {"everything", 3, [](auto&) {}},
        {"one user's", 2, [&](auto& filter) { filter.user_id = ada.user.id; }},
        {"one application's", 1, [&](auto& filter) { filter.application_id = bob.application.id; }},
        {"one key's", 2, [&](auto& filter) { filter.credential_id = ada.credential.id; }},
        {"one service's", 2, [](auto& filter) { filter.service_id = kLuma; }},
        {"one API's", 1, [](auto& filter) { filter.api_id = "another API"; }},
        {"one task's", 1, [&](auto& filter) { filter.task_id = first.id.str(); }},
        {"one call's", 1, [&](auto& filter) { filter.trace_id = first.trace_id.str(); }},
        {"one end's", 1, [](auto& filter) { filter.status = "cancelled"; }},
        {"from a time on", 2, [](auto& filter) { filter.created_at_min = at(200); }},
        {"up to a time", 2, [](auto& filter) { filter.created_at_max = at(200); }},
        {"between the two", 1,
         [](auto& filter) { filter.created_at_min = filter.created_at_max = at(200); }},
        {"nobody's", 0, [&](auto& filter) { filter.user_id = UserId::make(random); }},
        {"no task's", 0, [](auto& filter) { filter.task_id = "' OR ''='"; }},
    };
    for (const auto& row : table) {
        UsageFilter filter;
        row.ask(filter);
        const auto found = list(filter);
        EXPECT_EQ(found.count, row.count) << row.what;
        EXPECT_EQ(static_cast<std::int64_t>(found.items.size()), row.count) << row.what;
    }
    UsageFilter page;
    page.slice = {1, 1, false};
    const auto second = list(page);
    EXPECT_EQ(second.count, 3);
    ASSERT_EQ(second.items.size(), 1U);
    EXPECT_EQ(second.items[0].created_at, at(200));
}

TEST_P(UsageRowsTest, IsReadAPieceAtATimeWithoutAGap) {
    std::set<TaskId> wanted;
    for (int i = 0; i < 11; ++i)  // Four at a time have the same one.
        wanted.insert(end(ada, TaskState::cancelled, 0, at(100 + i / 4)).id);
    end(bob, TaskState::cancelled, 0, at(101));
    UsageFilter filter;
    filter.user_id = ada.user.id;
    for (const int limit : {1, 3, 11, 100}) {
        std::vector<TaskId> read;
        std::optional<std::pair<TimePoint, TaskId>> after;
        for (;;) {
            const auto piece = db->read_now(
                [&](Session& session) { return usage_after(session, filter, after, limit); });
            if (piece.empty()) break;
            ASSERT_LE(piece.size(), static_cast<std::size_t>(limit));
            for (const auto& row : piece) {
                if (after) {
                    EXPECT_LT(*after, std::pair(row.created_at, row.task_id));
                }
                after.emplace(row.created_at, row.task_id);
                read.push_back(row.task_id);
            }
        }
        EXPECT_EQ(read.size(), wanted.size()) << "pieces of " << limit;
        EXPECT_EQ(std::set<TaskId>(read.begin(), read.end()), wanted) << "pieces of " << limit;
    }
}

TEST_P(UsageRowsTest, ADayEndsAtMidnightOfUtc) {
    const auto midnight = from_unix_ms(19'676 * kDayMs);
    end(ada, TaskState::completed, 3, midnight - 1ms);
    end(ada, TaskState::completed, 5, midnight);
    end(ada, TaskState::failed, 5, midnight + 1ms);
    end(ada, TaskState::completed, 7, midnight + 24h - 1ms);
    end(ada, TaskState::cancelled, 7, midnight + 24h);
    const auto found = sums({.day = true});
    EXPECT_EQ(found.count, 3);
    ASSERT_EQ(found.items.size(), 3U);
    EXPECT_EQ(found.items[0].day, 19'677) << "the latest comes first";
    EXPECT_EQ(found.items[0].cancelled, 1);
    EXPECT_EQ(found.items[0].deducted.micros, 0);
    EXPECT_EQ(found.items[1].day, 19'676);
    EXPECT_EQ(found.items[1].calls, 3);
    EXPECT_EQ(found.items[1].completed, 2);
    EXPECT_EQ(found.items[1].failed, 1);
    EXPECT_EQ(found.items[1].deducted.micros, 12);
    EXPECT_EQ(found.items[2].day, 19'675);
    EXPECT_EQ(found.items[2].deducted.micros, 3);
    EXPECT_EQ(found.items[2].service_id + found.items[2].application_id, "");
}

TEST_P(UsageRowsTest, SumsByAnyOfTheGroups) {
    end(ada, TaskState::completed, 3, at(100));
    end(ada, TaskState::completed, 4, at(200), "an API of old");
    end(bob, TaskState::completed, 5, at(300));
    end(bob, TaskState::failed, 5, from_unix_ms(to_unix_ms(at(300)) + kDayMs));

    const auto services = sums({.service = true});
    ASSERT_EQ(services.items.size(), 2U);
    EXPECT_EQ(services.items[0].service_id, "");
    EXPECT_EQ(services.items[0].deducted.micros, 4);
    EXPECT_EQ(services.items[1].service_id, kLuma);
    EXPECT_EQ(services.items[1].calls, 3);
    EXPECT_EQ(services.items[1].deducted.micros, 8);
    EXPECT_EQ(services.items[1].day, 0);

    for (const auto& groups : {UsageGroups{.application = true}, UsageGroups{.credential = true}}) {
        const auto found = sums(groups);
        EXPECT_EQ(found.count, 2);
        for (const auto& sum : found.items) {
            const bool is_adas = sum.application_id == ada.application.id.str() ||
                                 sum.credential_id == ada.credential.id.str();
            EXPECT_EQ(sum.deducted.micros, is_adas ? 7 : 5);
        }
    }

    const auto all = sums({true, true, true, true});
    EXPECT_EQ(all.count, 4);
    ASSERT_EQ(all.items.size(), 4U);
    EXPECT_EQ(all.items[0].failed, 1) << "the latest day comes first";
    EXPECT_EQ(all.items[0].credential_id, bob.credential.id.str());

    const auto together = sums({});
    EXPECT_EQ(together.count, 1);
    ASSERT_EQ(together.items.size(), 1U);
    EXPECT_EQ(together.items[0].calls, 4);
    EXPECT_EQ(together.items[0].deducted.micros, 12);
}

TEST_P(UsageRowsTest, SumsAPageOfWhatIsAskedFor) {
    for (int day = 0; day < 5; ++day)
        end(day < 4 ? ada : bob, TaskState::completed, 1, from_unix_ms((100 + day) * kDayMs));
    UsageFilter filter;
    filter.user_id = ada.user.id;
    filter.slice.limit = 2;
    filter.slice.offset = 1;
    const auto page = sums({.day = true}, filter);
    EXPECT_EQ(page.count, 4);
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[0].day, 102);
    EXPECT_EQ(page.items[1].day, 101);
    filter.user_id = UserId::make(random);
    EXPECT_EQ(sums({.day = true}, filter).count, 0);
}

TEST_P(UsageRowsTest, GoesWithItsUser) {
    const auto task = end(ada, TaskState::completed, 1, at(100));
    end(bob, TaskState::completed, 1, at(100));
    db->write_now([&](Session& session) { remove_user(session, ada.user.id); });
    const auto left = list();
    ASSERT_EQ(left.count, 1);
    EXPECT_EQ(left.items[0].user_id, bob.user.id);
}

KINORA_ON_BOTH_BACKENDS(UsageRowsTest);

}  // namespace
}  // namespace kinora::storage
