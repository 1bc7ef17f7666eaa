// tasks/submission.hpp: a call becomes a task.
#pragma once

#include "accounts/caller.hpp"
#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "engines/engine.hpp"
#include "storage/task_rows.hpp"
#include "tasks/inputs.hpp"

#include <string>

namespace kinora::tasks {

// The API that a task was made by; clients carry the id in their code.
inline constexpr std::string_view kVideosApiId = "94fc9028-5a9f-4875-aae4-38463bd30ac5";

struct Submission {
    accounts::Caller caller;
    TraceId trace_id;
    std::string request_json;       // As sent.
    std::string base_url;           // How the caller reached the server.
    std::string callback_url;       // Where its end is told; empty: nowhere.
    std::string callback_receiver;  // Of it, as outbound::Poster says.
    int priority = 0;               // Higher goes first among the caller's own.
    engines::Brief brief;
    Inputs inputs;
    bool seed_is_given = false;  // Otherwise brief.seed is replaced by a random one.
};

// The row of a new waiting task. Writing it is one call of storage::insert_task, in the transaction
// of whatever must go with it.
storage::TaskRow make_task(Submission submission, Random& random, TimePoint now);

}  // namespace kinora::tasks
