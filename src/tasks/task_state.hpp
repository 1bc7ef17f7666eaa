// tasks/task_state.hpp: the one table of what may become of a task.
#pragma once

#include "storage/task_rows.hpp"

namespace kinora::tasks {

using storage::TaskState;

// pending -> processing (claimed), processing -> pending (returned, or its lease was lost), and
// each of the two may end; what has ended stays as it is.
bool is_allowed(TaskState from, TaskState to);
bool has_ended(TaskState state);

}  // namespace kinora::tasks
