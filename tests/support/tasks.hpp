// tests/support/tasks.hpp: tasks to wait for, to work on and to end.
#pragma once

#include "storage/database.hpp"
#include "storage/queue_rows.hpp"
#include "storage/task_rows.hpp"
#include "support/accounts.hpp"
#include "tasks/brief.hpp"
#include "tasks/submission.hpp"

#include <string>

namespace kinora::test {

// Small enough to be drawn and encoded in no time.
inline engines::Brief small_brief() {
    engines::Brief brief;
    brief.prompt = "a lighthouse";
    brief.width = 96;
    brief.height = 64;
    brief.frame_count = 12;
    brief.fps = 24;
    return brief;
}

// As a row that is not written yet.
inline storage::TaskRow make_task(const Account& account, Random& random, TimePoint now,
                                  const engines::Brief& brief = small_brief()) {
    tasks::Submission submission;
    submission.caller = account.caller();
    submission.trace_id = TraceId::make(random);
    submission.request_json = R"({"prompt":"a lighthouse"})";
    submission.base_url = "http://127.0.0.1:8080";
    submission.brief = brief;
    return tasks::make_task(std::move(submission), random, now);
}

inline storage::TaskRow add_task(storage::Database& database, const storage::TaskRow& task) {
    database.write_now([&](storage::Session& session) { storage::insert_task(session, task); });
    return task;
}

inline storage::TaskRow find_task(storage::Database& database, const TaskId& id) {
    return database
        .read_now([&](storage::Session& session) { return storage::find_task(session, id); })
        .value();
}

// Takes the task that is next for `owner`.
inline storage::Claim claim(storage::Database& database, const std::string& owner, TimePoint now,
                            Milliseconds lease = Milliseconds(10'000)) {
    const auto task = database
                          .write_now([&](storage::Session& session) {
                              return storage::claim_task(session, {owner, now, now + lease});
                          })
                          .value();
    return {task.id, owner, task.attempt};
}

// A row for the clip of a task, with names of files that need not be there.
inline storage::VideoRow make_video(const storage::TaskRow& task, Random& random) {
    storage::VideoRow video;
    video.id = VideoId::make(random);
    video.task_id = task.id;
    video.user_id = task.user_id;
    video.video_name = random.hex(16) + ".mp4";
    video.thumbnail_name = random.hex(16) + ".jpg";
    video.width = video.thumbnail_width = 1360;
    video.height = video.thumbnail_height = 752;
    video.fps = 24;
    video.frame_count = 120;
    video.duration = Milliseconds(5'000);
    video.engine = "fake";
    video.seed = 7;
    video.notes_json = "[]";
    video.created_at = task.created_at;
    return video;
}

// Each brings every waiting task of the database to its end, oldest first.
inline void complete_all(storage::Database& database, Random& random, TimePoint now) {
    database.write_now([&](storage::Session& session) {
        while (const auto task = storage::claim_task(session, {"test", now, now})) {
            storage::complete_task(session, {task->id, "test", task->attempt},
                                   make_video(*task, random), Milliseconds(1), now);
        }
    });
}
inline void fail_all(storage::Database& database, const std::string& code,
                     const std::string& message, TimePoint now) {
    database.write_now([&](storage::Session& session) {
        while (const auto task = storage::claim_task(session, {"test", now, now})) {
            storage::fail_task(session, {task->id, "test", task->attempt}, code, message,
                               Milliseconds(1), now);
        }
    });
}

}  // namespace kinora::test
