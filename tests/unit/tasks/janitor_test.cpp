// janitor_test.cpp: what is over goes, and what is needed stays.
#include "tasks/janitor.hpp"

#include "storage/queue_rows.hpp"
#include "storage/retention_rows.hpp"
#include "storage/upload_rows.hpp"
#include "support/fake_clock.hpp"
#include "support/quiet_log.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"
#include "support/temp_folder.hpp"
#include "support/wait.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <fstream>

namespace kinora::tasks {
namespace {

using namespace std::chrono_literals;
using storage::Session;

class JanitorTest : public testing::Test {
protected:
    Janitor janitor(JanitorOptions options = {}) { return {*database, media, clock, log, options}; }

    // A file last written `age` ago by the fake clock.
    void write(const std::filesystem::path& path, Milliseconds age) {
        std::ofstream(path) << "some bytes";
        const auto ms = to_unix_ms(clock.now() - age);
        const timespec time{ms / 1000, ms % 1000 * 1'000'000};
        const timespec times[2] = {time, time};
        ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
    }
    // A completed task whose files are there.
    storage::TaskRow completed(Milliseconds file_age) {
        auto task = test::add_task(*database, test::make_task(account, random, clock.now()));
        test::complete_all(*database, random, clock.now());
        task = test::find_task(*database, task.id);
        write(media.files() / task.video->video_name, file_age);
        write(media.files() / task.video->thumbnail_name, file_age);
        return task;
    }
    bool has_files(const storage::TaskRow& task) {
        const bool video = media.has(task.video->video_name);
        EXPECT_EQ(video, media.has(task.video->thumbnail_name));
        return video;
    }

    test::ScratchDatabase database;
    test::SeededRandom random;
    test::FakeClock clock;
    test::QuietLog log;
    test::TempFolder folder;
    storage::MediaFolder media = *storage::MediaFolder::open(folder.path());
    test::Account account = test::add_account(*database, random);
};

TEST_F(JanitorTest, FilesExpireAfterTheirTime) {
    JanitorOptions options;
    options.retention = 1h;
    const auto old = completed(0ms);
    clock.advance(40min);
    const auto fresh = completed(0ms);
    janitor(options).expire_files();
    EXPECT_TRUE(has_files(old));
    clock.advance(30min);
    janitor(options).expire_files();
    EXPECT_FALSE(has_files(old));
    EXPECT_TRUE(has_files(fresh));
    EXPECT_TRUE(test::find_task(*database, old.id).video->expired_at);
    EXPECT_FALSE(test::find_task(*database, fresh.id).video->expired_at);
}

TEST_F(JanitorTest, WithoutARetentionNothingExpires) {
    const auto old = completed(0ms);
    clock.advance(24h * 400);
    janitor().expire_files();
    EXPECT_TRUE(has_files(old));
}

TEST_F(JanitorTest, UploadsExpireByThemselves) {
    const auto old = completed(0ms);
    const std::string name = "0123456789abcdef0123456789abcdef.png";
    write(media.files() / name, 0ms);
    database->write_now([&](Session& session) {
        storage::insert_upload(session, {name, account.user.id, 10, clock.now(), clock.now() + 1h});
    });
    clock.advance(59min);
    janitor().expire_files();
    EXPECT_TRUE(media.has(name));
    clock.advance(1min);
    janitor().expire_files();
    EXPECT_FALSE(media.has(name));
    EXPECT_TRUE(has_files(old));
}

TEST_F(JanitorTest, ManyExpireInOneSweep) {
    JanitorOptions options;
    options.retention = 1h;
    std::vector<storage::TaskRow> tasks;
    for (int i = 0; i < 120; ++i) tasks.push_back(completed(0ms));
    clock.advance(2h);
    janitor(options).expire_files();
    for (const auto& task : tasks) EXPECT_FALSE(has_files(task));
}

TEST_F(JanitorTest, OrphansGoWhenTheyAreOldEnough) {
    const auto kept = completed(5h);
    const auto orphan = media.files() / "0123456789abcdef0123456789abcdef.mp4";
    const auto young = media.files() / "1123456789abcdef0123456789abcdef.mp4";
    const auto strange = media.files() / "README";
    write(orphan, 2h);
    write(young, 1min);
    write(strange, 2h);
    janitor().remove_orphans();
    EXPECT_FALSE(std::filesystem::exists(orphan));
    EXPECT_TRUE(std::filesystem::exists(young));
    EXPECT_TRUE(std::filesystem::exists(strange)) << "it is none of ours";
    EXPECT_TRUE(has_files(kept));
}

TEST_F(JanitorTest, AFileThatExpiredButStayedIsAnOrphan) {
    const auto task = completed(5h);
    database->write_now([&](Session& session) {
        storage::expire_files(session, clock.now() + 1ms, clock.now(), 10);
    });
    EXPECT_TRUE(has_files(task)) << "as after a crash";
    janitor().remove_orphans();
    EXPECT_FALSE(has_files(task));
}

TEST_F(JanitorTest, PartsOfTasksThatNobodyWorksOnGo) {
    const auto running = test::add_task(*database, test::make_task(account, random, clock.now()));
    test::claim(*database, "worker", clock.now());
    const auto waiting = test::add_task(*database, test::make_task(account, random, clock.now()));
    const auto part = [&](TaskId id, Milliseconds age) {
        const auto path = media.part(id, 1, storage::MediaKind::video);
        write(path, age);
        return path;
    };
    const auto needed = part(running.id, 5min);
    const auto left = part(waiting.id, 5min);
    const auto unknown = part(TaskId::make(random), 5min);
    const auto young = part(TaskId::make(random), 1s);
    const auto loose = needed.parent_path() / "0123456789abcdef0123456789abcdef.png";
    const auto young_loose = needed.parent_path() / "1123456789abcdef0123456789abcdef.png";
    write(loose, 1h);
    write(young_loose, 5min);
    janitor().remove_parts();
    EXPECT_TRUE(std::filesystem::exists(needed));
    EXPECT_FALSE(std::filesystem::exists(left));
    EXPECT_FALSE(std::filesystem::exists(unknown));
    EXPECT_TRUE(std::filesystem::exists(young));
    EXPECT_FALSE(std::filesystem::exists(loose));
    EXPECT_TRUE(std::filesystem::exists(young_loose));
}

TEST_F(JanitorTest, RunsUntilItIsStopped) {
    const auto orphan = media.files() / "0123456789abcdef0123456789abcdef.mp4";
    write(orphan, 2h);
    auto sweeper = janitor();
    std::jthread thread([&](std::stop_token stop) { sweeper.run(std::move(stop)); });
    EXPECT_TRUE(test::wait_until([&] { return !std::filesystem::exists(orphan); }));
}

}  // namespace
}  // namespace kinora::tasks
