// api/task_acts.cpp: tasks stopped and removed. Both may be repeated, and each races a worker
// fairly: of a cancel and a completion one wins, and the caller sees which.
#include "api/json_text.hpp"
#include "api/task_id.hpp"
#include "api/task_json.hpp"
#include "api/tasks.hpp"
#include "storage/delivery_rows.hpp"
#include "storage/retention_rows.hpp"

#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;

Async<Result<std::string>> Tasks::cancel(accounts::Caller caller, json::object fields,
                                         std::string base_url) {
    const auto id = read_id(fields);
    if (!id) co_return id.error();
    const auto now = clock_.now();
    auto act = [task_id = *id, caller, base_url = std::move(base_url),
                now](storage::Session& session) {
        const auto before = storage::find_task(session, task_id);
        if (!before || !is_callers(*before, caller)) return std::optional<std::string>();
        storage::cancel_task(session, task_id, "The task was cancelled.", now);
        const auto after = storage::find_task(session, task_id);
        if (!after) return std::optional<std::string>();  // Another server deleted it just now.
        return std::optional(to_text(task_object(*after, base_url)));
    };
    auto text = co_await database_.write(std::move(act));
    if (!text) co_return no_such_task();
    co_return std::move(*text);
}

Async<Result<std::string>> Tasks::remove(accounts::Caller caller, json::object fields) {
    const auto id = read_id(fields);
    if (!id) co_return id.error();
    const auto now = clock_.now();
    using Names = std::vector<std::string>;
    auto act = [task_id = *id, caller, now](storage::Session& session) {
        auto task = storage::find_task(session, task_id);
        if (!task) {
            const bool was =
                storage::was_deleted(session, task_id, caller.user_id, caller.application_id);
            return was ? std::optional<Names>(Names()) : std::nullopt;
        }
        if (!is_callers(*task, caller)) return std::optional<Names>();
        auto delivery = storage::Delivery::removed;
        if (!task->finished_at) {
            delivery = storage::Delivery::kept;
            storage::cancel_task(session, task_id, "The task was deleted before it ended.", now);
            task = storage::find_task(session, task_id);
            if (!task) return std::optional<Names>(Names());  // Another server was quicker.
            // Who waits for its callback hears of it, though the task is gone by then.
            storage::freeze_delivery(session, task_id,
                                     to_text(task_response(*task, task->base_url)));
        }
        return std::optional(storage::delete_task(session, *task, delivery, now));
    };
    auto names = co_await database_.write(std::move(act));
    if (!names) co_return no_such_task();
    auto remove_files = [this, names = std::move(*names)] {
        for (const auto& name : names) media_.remove(name);
        return true;
    };
    co_await pool_.run(std::move(remove_files));
    co_return to_text(json::object{{"id", id->str()}, {"deleted", true}});
}

}  // namespace kinora::api
