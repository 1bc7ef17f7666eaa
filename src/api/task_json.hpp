// api/task_json.hpp: tasks and results as the contract words them.
#pragma once

#include "storage/task_rows.hpp"

#include <boost/json/object.hpp>
#include <string_view>

namespace kinora::api {

// The result of a completed task, the failure of a failed or cancelled one, and the state of one
// that has not ended. `base_url` is where links start.
boost::json::object task_response(const storage::TaskRow& task, std::string_view base_url);
// The whole task, as /luma/tasks shows it.
boost::json::object task_object(const storage::TaskRow& task, std::string_view base_url);

}  // namespace kinora::api
