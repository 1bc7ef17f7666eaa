// storage/event_rows.hpp: what has happened to a task, in order, for who follows it.
//
// The acceptance is event 1 and has no row: it is known from the task. Each further change of state
// or progress is one more, written in the transaction of that change.
#pragma once

#include "storage/task_rows.hpp"

namespace kinora::storage {

struct TaskEvent {
    int number = 1;  // 1, 2, ... of its task.
    TimePoint at{};
    TaskState state = TaskState::pending;
    int progress = 0;  // Percent.
};

// Adds the state in which the task is now. Nothing where there is no such task.
void log_event(Session& session, TaskId id, TimePoint now);
// The same where its progress is more than was logged so far.
void log_progress(Session& session, TaskId id, TimePoint now);

// Those after `number`, in order, at most 1,000; without the first, which has no row.
std::vector<TaskEvent> events_after(Session& session, TaskId id, int number);

// Removes those of tasks that ended before `before`, at most of `limit` tasks; how many rows.
std::int64_t forget_events(Session& session, TimePoint before, int limit);

}  // namespace kinora::storage
