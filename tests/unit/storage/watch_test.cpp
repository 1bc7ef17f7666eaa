// watch_test.cpp: who waits for tasks is told of every change, by whomever it was made.
#include "storage_fixture.hpp"

#include <condition_variable>
#include <mutex>

namespace kinora::storage {
namespace {

using namespace std::chrono_literals;

class Bell {
public:
    void ring() {
        {
            const std::lock_guard lock(mutex_);
            ++rings_;
        }
        rung_.notify_all();
    }
    // Far more patient than the promise, for a busy machine; answers how long it took.
    std::optional<Milliseconds> wait_for_more_than(int rings) {
        const auto start = std::chrono::steady_clock::now();
        std::unique_lock lock(mutex_);
        if (!rung_.wait_for(lock, 10s, [&] { return rings_ > rings; })) return std::nullopt;
        return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - start);
    }
    int rings() {
        const std::lock_guard lock(mutex_);
        return rings_;
    }

private:
    std::mutex mutex_;
    std::condition_variable rung_;
    int rings_ = 0;
};

class WatchTest : public StorageTest {};

TEST_P(WatchTest, RingsForAChangeByAnyConnection) {
    const auto sample = insert_sample();
    const auto other = open();
    Bell bell;
    const auto watch = db->watch_tasks([&] { bell.ring(); });
    ASSERT_TRUE(bell.wait_for_more_than(0));  // Once, when it has begun.

    auto before = bell.rings();
    const auto task = make_task(sample, at(1));
    other->write_now([&](Session& session) { insert_task(session, task); });
    EXPECT_TRUE(bell.wait_for_more_than(before));

    before = bell.rings();
    const auto claimed = claim("worker", at(2));
    EXPECT_TRUE(bell.wait_for_more_than(before));

    before = bell.rings();
    db->write_now([&](Session& session) {
        fail_task(session, claim_of(*claimed), "api_error", "", Milliseconds(1), at(3));
    });
    EXPECT_TRUE(bell.wait_for_more_than(before));
}

TEST_P(WatchTest, EndsPromptly) {
    Bell bell;
    auto watch = db->watch_tasks([&] { bell.ring(); });
    ASSERT_TRUE(bell.wait_for_more_than(0));
    const auto start = std::chrono::steady_clock::now();
    watch.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    // And one that has hardly begun.
    db->watch_tasks([&] { bell.ring(); }).reset();
}

KINORA_ON_BOTH_BACKENDS(WatchTest);

class ServerWatchTest : public WatchTest {};

TEST_P(ServerWatchTest, ComesBackAfterALostConnection) {
    const auto sample = insert_sample();
    Bell bell;
    const auto watch = db->watch_tasks([&] { bell.ring(); });
    ASSERT_TRUE(bell.wait_for_more_than(0));
    const auto before = bell.rings();
    // Listeners of other tests that run at once lose theirs as well, and come back likewise.
    *place.raw() << "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE query = 'LISTEN kinora_tasks'";
    EXPECT_TRUE(bell.wait_for_more_than(before));
    const auto again = bell.rings();
    insert_one(sample, at(1));
    EXPECT_TRUE(bell.wait_for_more_than(again));
}

INSTANTIATE_TEST_SUITE_P(On, ServerWatchTest, testing::Values(Backend::postgresql), backend_name);

}  // namespace
}  // namespace kinora::storage
