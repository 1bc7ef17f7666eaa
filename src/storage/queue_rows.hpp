// storage/queue_rows.hpp: whose task is next.
//
// Users take turns: each waiting task has a turn, lower ones go first. A user's further task gets
// the turn after that user's last one, and a user who has none waiting joins at the lowest turn
// there is, so a thousand tasks of one user delay another's single one by one (start-time fair
// queuing: Goyal, Vin, Cheng, 1996). Within a user's turns, priority decides, then age.
#pragma once

#include "storage/task_rows.hpp"

#include <limits>

namespace kinora::storage {

// The turn of a task that `user` adds now.
std::int64_t next_turn(Session& session, UserId user);

struct ClaimTerms {
    std::string owner;
    TimePoint now{};
    TimePoint until{};
    // Tasks of one credential that run at once, where the credential has no limit of its own; 0: no
    // limit. Owners' credentials have none.
    int running_max = 0;
};
// Takes the waiting task that is next: processing, attempt counted, lease until `until`, started_at
// kept if it has one. Nothing where none waits that may run now.
std::optional<TaskRow> claim_task(Session& session, const ClaimTerms& terms);

// One waiting task, as far as its place in the queue goes.
struct WaitingTask {
    TaskId id;
    UserId user_id;
    std::int64_t turn = 0;
    int priority = 0;
    TimePoint created_at{};
};
struct QueueView {
    std::vector<WaitingTask> waiting;  // By turn, then age.
    std::vector<int> progress;         // Percent, of those being worked on.
    // Work on each of the clips completed last, at most 20, newest first.
    std::vector<Milliseconds> worked;
};
// At most `waiting_max` of the waiting.
QueueView view_queue(Session& session, int waiting_max);

// How many tasks of the credential wait, counted up to `at_most`.
std::int64_t count_waiting(Session& session, CredentialId id, std::int64_t at_most);
// Of the whole server.
std::int64_t count_waiting(Session& session, std::int64_t at_most);

}  // namespace kinora::storage
