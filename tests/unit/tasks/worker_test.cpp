// tests/unit/tasks/worker_test.cpp: a worker brings tasks to their ends and outlives them all.
#include "tasks/worker.hpp"

#include "unit/tasks/workshop.hpp"

namespace kinora::tasks {
namespace {

using namespace std::chrono_literals;
using engines::FakeEngine;
using storage::TaskRow;
using storage::TaskState;
using WorkerTest = Workshop;

TEST_F(WorkerTest, BringsATaskToItsEnd) {
    script.notes = {"The word `zeppelin` could not be drawn."};
    brief.seed = 12345;
    auto submitted = make_task();
    submitted.brief_json = to_json(brief);
    const auto row = work_until_ended(test::add_task(*database, submitted));
    EXPECT_EQ(row.state, TaskState::completed);
    EXPECT_EQ(row.progress, 100);
    EXPECT_EQ(row.attempt, 1);
    EXPECT_EQ(row.lease_owner, "");
    EXPECT_EQ(row.started_at, clock.now());
    EXPECT_EQ(row.finished_at, clock.now());
    ASSERT_TRUE(row.video.has_value());
    EXPECT_EQ(row.video->width, brief.width);
    EXPECT_EQ(row.video->height, brief.height);
    EXPECT_EQ(row.video->thumbnail_width, brief.width);
    EXPECT_EQ(row.video->thumbnail_height, brief.height);
    EXPECT_EQ(row.video->frame_count, brief.frame_count);
    EXPECT_DOUBLE_EQ(row.video->fps, 24);
    EXPECT_EQ(row.video->duration, 500ms);
    EXPECT_EQ(row.video->engine, "fake");
    EXPECT_EQ(row.video->seed, 12345U);
    EXPECT_EQ(row.video->notes_json, R"(["The word `zeppelin` could not be drawn."])");

    EXPECT_TRUE(storage::is_media_name(row.video->video_name));
    EXPECT_TRUE(storage::is_media_name(row.video->thumbnail_name));
    EXPECT_EQ(test::contents_of(media.files() / row.video->video_name).substr(4, 4), "ftyp");
    EXPECT_EQ(test::contents_of(media.files() / row.video->thumbnail_name).substr(0, 2),
              "\xff\xd8");
    EXPECT_EQ(files().size(), 2U);
    EXPECT_TRUE(parts().empty());
}

TEST_F(WorkerTest, WritesTheProgressWhileItDraws) {
    brief.frame_count = 100;
    int seen = 0;
    const auto task = add_task();
    script.before_frame = [&](int frame) {
        // Half of the frames are done: 2 + 50 * 97 / 100.
        if (frame == 50) test::wait_until([&] { return (seen = find(task).progress) == 50; });
        return ok();
    };
    EXPECT_EQ(work_until_ended(task).state, TaskState::completed);
    EXPECT_EQ(seen, 50);
}

TEST_F(WorkerTest, AProgressOfOneIsNeverSeen) {
    brief.frame_count = 200;
    const auto task = add_task();
    int seen = 0;
    script.before_frame = [&](int frame) {
        if (frame == 1) test::wait_until([&] { return (seen = find(task).progress) > 0; });
        return ok();
    };
    work_until_ended(task);
    EXPECT_EQ(seen, 2);
}

TEST_F(WorkerTest, TakesTheOldestFirstAndAllOfThem) {
    std::vector<TaskRow> tasks;
    for (int i = 0; i < 5; ++i) tasks.push_back(add_task());
    work_until([&] { return find(tasks.back()).finished_at.has_value(); });
    for (const auto& task : tasks) EXPECT_EQ(find(task).state, TaskState::completed);
}

TEST_F(WorkerTest, IsWokenByANewTask) {
    options.recover_every = 1h;  // So only the database's notice can wake it.
    FakeEngine engine;
    Worker worker(flaky, media, loader, engine, clock, random, log, options);
    const auto first = add_task();
    std::jthread thread([&] { worker.run(stop.get_token()); });
    EXPECT_TRUE(test::wait_until([&] { return find(first).finished_at.has_value(); }));
    const auto second = add_task();
    EXPECT_TRUE(test::wait_until([&] { return find(second).finished_at.has_value(); }));
    stop.request_stop();
}

TEST_F(WorkerTest, SaysOfAFailureWhatTheCallerMayHear) {
    struct Row {
        Error error;
        std::string code;
        std::string message;
    };
    const Row table[] = {
        {{ErrorCode::bad_request, "The image is no image.", "detail"},
         "bad_request",
         "The image is no image."},
        {{ErrorCode::timeout, "It took too long.", "detail"}, "timeout", "It took too long."},
        {{ErrorCode::api_error, "A kernel broke.", "detail"}, "api_error", "A kernel broke."},
        {{ErrorCode::api_error, "", "detail"}, "api_error", "The video could not be made."},
        {{ErrorCode::not_found, "No such part.", "detail"}, "api_error", "No such part."},
        {{ErrorCode::cancelled, "Stopped.", "detail"}, "api_error", "Stopped."},
    };
    for (const auto& row : table) {
        script.before_frame = FakeEngine::fail_at(2, row.error);
        stop = std::stop_source();
        const auto task = work_until_ended(add_task());
        EXPECT_EQ(task.state, TaskState::failed);
        EXPECT_EQ(task.error_code, row.code);
        EXPECT_EQ(task.error_message, row.message);
        EXPECT_EQ(task.finished_at, clock.now());
        EXPECT_EQ(task.attempt, 1);
        EXPECT_FALSE(task.video.has_value());
    }
    EXPECT_TRUE(files().empty());
    EXPECT_TRUE(parts().empty());
}

TEST_F(WorkerTest, AnEngineThatThrowsFailsTheTaskAndNotTheWorker) {
    script.before_frame = [first = true](int) mutable -> Result<void> {
        if (std::exchange(first, false)) throw std::runtime_error("a secret path broke");
        return ok();
    };
    const auto broken = add_task();
    const auto next = add_task();
    EXPECT_EQ(work_until_ended(next).state, TaskState::completed);
    EXPECT_EQ(find(broken).state, TaskState::failed);
    EXPECT_EQ(find(broken).error_code, "api_error");
    EXPECT_EQ(find(broken).error_message, "The video could not be made.");
}

TEST_F(WorkerTest, ADamagedBriefFailsTheTaskAndNotTheWorker) {
    std::vector<TaskRow> damaged;
    for (const std::string text :
         {"", "no JSON", "[]", R"({"width": "wide"})", R"({"width": 7})", R"({"width": 0})",
          R"({"height": -2})", R"({"fps": 0})", R"({"width": 1000000, "height": 1000000})",
          R"({"frame_count": 0})", R"({"frame_count": -1})"}) {
        auto task = make_task();
        task.brief_json = text;
        damaged.push_back(test::add_task(*database, task));
    }
    const auto next = add_task();
    EXPECT_EQ(work_until_ended(next).state, TaskState::completed);
    for (const auto& task : damaged) {
        EXPECT_EQ(find(task).state, TaskState::failed) << task.brief_json;
        EXPECT_EQ(find(task).error_code, "api_error");
    }
    EXPECT_EQ(files().size(), 2U);
}

TEST_F(WorkerTest, RemovesWhatFormerAttemptsLeftUnfinished) {
    const auto task = add_task();
    const auto other = make_task();
    test::claim(*database, "node/0", clock.now());
    std::ofstream(part(task, 1)) << "half a clip";
    std::ofstream(part(other, 1)) << "of another worker";
    clock.advance(11s);
    EXPECT_EQ(work_until_ended(task).state, TaskState::completed);
    EXPECT_EQ(find(task).attempt, 2);
    EXPECT_EQ(parts(), std::vector<std::string>{part(other, 1).filename()});
}

TEST_F(WorkerTest, SeveralShareTheWork) {
    std::vector<TaskRow> tasks;
    for (int i = 0; i < 12; ++i) tasks.push_back(add_task());
    FakeEngine engine_a, engine_b;
    auto options_b = options;
    options_b.name = "node/2";
    const auto other = database.connect();
    Worker a(*database, media, loader, engine_a, clock, random, log, options);
    Worker b(*other, media, loader, engine_b, clock, random, log, options_b);
    std::jthread thread_a([&] { a.run(stop.get_token()); });
    std::jthread thread_b([&] { b.run(stop.get_token()); });
    for (const auto& task : tasks) {
        EXPECT_TRUE(test::wait_until([&] { return find(task).finished_at.has_value(); }));
    }
    stop.request_stop();
    for (const auto& task : tasks) {
        EXPECT_EQ(find(task).state, TaskState::completed);
        EXPECT_EQ(find(task).attempt, 1);
    }
    EXPECT_EQ(files().size(), 24U);
}

}  // namespace
}  // namespace kinora::tasks
