// api/task_id.hpp: the task that a call names.
#pragma once

#include "base/ids.hpp"
#include "base/result.hpp"

#include <boost/json/object.hpp>

namespace kinora::api {

// `id`, or `task_id`, as some clients say. Fails with bad_request where there is neither, and with
// not_found where it is no id.
Result<TaskId> read_id(const boost::json::object& fields);
// The answer where the caller has no such task: one that is somebody else's reads alike.
Error no_such_task();

}  // namespace kinora::api
