// writer_test.cpp: jobs that are committed together stand and fall alone.
#include "storage_fixture.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <thread>

namespace kinora::storage {
namespace {

class WriterTest : public StorageTest {
protected:
    // Holds the writer in a job until release(), so that what is handed in meanwhile is one group.
    void hold() {
        std::promise<void> held;
        auto is_held = held.get_future();
        holder_ = std::thread([this, &held] {
            db->write_now([this, &held](Session&) {
                held.set_value();
                released_.get_future().wait();
            });
        });
        is_held.wait();
    }
    void release() {
        released_.set_value();
        holder_.join();
    }
    // How a job ended; it is handed in when the context is next polled.
    std::shared_ptr<std::string> hand_in(std::function<void(Session&)> job) {
        auto end = std::make_shared<std::string>("open");
        asio::co_spawn(context, db->write(std::move(job)), [end](std::exception_ptr error) {
            try {
                if (error) std::rethrow_exception(error);
                *end = "done";
            } catch (const DiskFull&) {
                *end = "disk full";
            } catch (const std::exception&) {
                *end = "failed";
            }
        });
        return end;
    }

    asio::io_context context;

private:
    std::promise<void> released_;
    std::thread holder_;
};

TEST_P(WriterTest, AThrowingJobTakesNobodyAlong) {
    const auto sample = insert_sample();
    std::vector<TaskRow> tasks;
    std::vector<std::shared_ptr<std::string>> ends;
    hold();
    for (int i = 0; i < 9; ++i) {
        tasks.push_back(make_task(sample, at(i)));
        ends.push_back(hand_in([task = tasks.back(), i](Session& session) {
            insert_task(session, task);
            if (i % 3 == 1) throw std::logic_error("after its insert");
            if (i % 3 == 2) insert_task(session, task);  // Not twice.
        }));
    }
    context.poll();
    release();
    context.restart();
    context.run();

    for (std::size_t i = 0; i < tasks.size(); ++i) {
        EXPECT_EQ(*ends[i], i % 3 == 0 ? "done" : "failed") << i;
        EXPECT_EQ(find(tasks[i].id).has_value(), i % 3 == 0) << i;
    }
}

TEST_P(WriterTest, AGroupIsOneCommit) {
    const auto sample = insert_sample();
    std::vector<TaskRow> tasks;
    for (int i = 0; i < 5; ++i) tasks.push_back(make_task(sample, at(i)));
    std::vector<std::size_t> seen;
    hold();
    for (const auto& task : tasks) {
        hand_in([&, task](Session& session) {
            insert_task(session, task);
            seen.push_back(db->read_now([&](Session& reader) {
                return find_tasks(reader, sample.user.id, {tasks[0].id}).size();
            }));
        });
    }
    context.poll();
    release();
    context.restart();
    context.run();

    // Readers saw nothing of the group while it was being written.
    EXPECT_EQ(seen, std::vector<std::size_t>(5, 0));
    EXPECT_TRUE(find(tasks[0].id) && find(tasks[4].id));
}

TEST_P(WriterTest, AFullDiskFailsThoseWhomItHits) {
    if (GetParam() != Backend::sqlite) {
        // PostgreSQL's own word for it; making its disk full needs a disk.
        EXPECT_THROW(db->write_now([](Session& session) {
            session.sql()
                << "DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$";
        }),
                     DiskFull);
        insert_sample();
        return;
    }
    const auto sample = insert_sample();
    const auto small = make_task(sample, at(1));
    auto large = make_task(sample, at(2));
    large.request_json.assign(1'000'000, 'x');
    db->write_now([](Session& session) {
        int pages = 0;
        session.sql() << "PRAGMA page_count", soci::into(pages);
        session.sql() << "PRAGMA max_page_count = " + std::to_string(pages + 10);
    });

    hold();
    const auto first = hand_in([&](Session& session) { insert_task(session, small); });
    const auto second = hand_in([&](Session& session) { insert_task(session, large); });
    context.poll();
    release();
    context.restart();
    context.run();

    EXPECT_EQ(*first, "done");
    EXPECT_EQ(*second, "disk full");
    EXPECT_TRUE(find(small.id));
    EXPECT_FALSE(find(large.id));
    EXPECT_THROW(insert(large), DiskFull);

    // Room again: the same call succeeds.
    db->write_now([](Session& session) { session.sql() << "PRAGMA max_page_count = 100000"; });
    insert(large);
    EXPECT_TRUE(find(large.id));
}

KINORA_ON_BOTH_BACKENDS(WriterTest);

// What can only happen with a server and several writers.
class ServerWriterTest : public WriterTest {};

TEST_P(ServerWriterTest, AConflictIsTriedAgain) {
    int runs = 0;
    db->write_now([&](Session& session) {
        if (++runs < 3) {
            session.sql() << "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$";
        }
    });
    EXPECT_EQ(runs, 3);
}

TEST_P(ServerWriterTest, AConnectionLostInAJobFailsItAndIsMadeAgain) {
    const auto sample = insert_sample();
    const auto task = make_task(sample, at(1));
    EXPECT_THROW(db->write_now([&](Session& session) {
        insert_task(session, task);
        session.sql() << "SELECT pg_terminate_backend(pg_backend_pid())";
    }),
                 DatabaseUnavailable);
    EXPECT_THROW(db->read_now([&](Session& session) {
        session.sql() << "SELECT pg_terminate_backend(pg_backend_pid())";
        find_owner(session);
    }),
                 DatabaseUnavailable);
    EXPECT_FALSE(find(task.id));
    insert(task);
    EXPECT_TRUE(find(task.id));
}

TEST_P(ServerWriterTest, AConnectionLostBetweenJobsGoesUnnoticed) {
    const auto pid = [](Session& session) {
        int own = 0;
        session.sql() << "SELECT pg_backend_pid()", soci::into(own);
        return own;
    };
    const auto end = [&](int which) {
        bool ended = false;
        while (!ended) {
            int left = 0;
            *place.raw()
                << "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid = " +
                       std::to_string(which),
                soci::into(left);
            ended = left == 0;
        }
    };
    end(db->write_now(pid));
    const auto sample = insert_sample();
    end(db->read_now(pid));
    end(db->read_now(pid));
    EXPECT_TRUE(db->read_now([](Session& session) { return find_owner(session); }));
}

INSTANTIATE_TEST_SUITE_P(On, ServerWriterTest, testing::Values(Backend::postgresql), backend_name);

}  // namespace
}  // namespace kinora::storage
