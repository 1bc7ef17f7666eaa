#include "api/task_id.hpp"

#include "api/fields.hpp"

namespace kinora::api {

Error no_such_task() {
    return {ErrorCode::not_found, "You have no task with this id."};
}

Result<TaskId> read_id(const boost::json::object& fields) {
    auto word = text(fields, "id");
    if (word && !*word) word = text(fields, "task_id");
    if (!word) return word.error();
    if (!*word) return field_error("id", "is required; send the id of the task.");
    const auto id = TaskId::parse(**word);
    if (!id) return no_such_task();
    return *id;
}

}  // namespace kinora::api
