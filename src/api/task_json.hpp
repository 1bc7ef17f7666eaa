// api/task_json.hpp: tasks and results as the contract words them.
#pragma once

#include "base/error.hpp"
#include "storage/event_rows.hpp"
#include "tasks/queue_gauge.hpp"

#include <boost/json/object.hpp>
#include <string_view>

namespace kinora::api {

// The result of a completed task, the failure of a failed, cancelled or expired one, and the state
// of one that has not ended. `base_url` is where links start; `queue` says how long that will take.
boost::json::object task_response(const storage::TaskRow& task, std::string_view base_url,
                                  const tasks::QueueFacts& queue = {});
// The whole task, as /luma/tasks shows it.
boost::json::object task_object(const storage::TaskRow& task, std::string_view base_url,
                                const tasks::QueueFacts& queue = {});
// How far a task was at an event of its past.
boost::json::object event_object(const storage::TaskRow& task, const storage::TaskEvent& event);
// The error of a task that ended without a result, or whose result has expired; `ensure`s that it
// is one.
Error error_of(const storage::TaskRow& task);
// Whether the task has ended with a result that is still there.
bool has_result(const storage::TaskRow& task);

}  // namespace kinora::api
