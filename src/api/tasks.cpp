#include "api/tasks.hpp"

#include "api/fields.hpp"
#include "api/json_text.hpp"
#include "api/status.hpp"
#include "api/task_id.hpp"
#include "api/task_json.hpp"
#include "storage/resend_rows.hpp"

#include <boost/json.hpp>
#include <cmath>

namespace kinora::api {
namespace json = boost::json;
namespace {

constexpr int kLimitDefault = 12;
constexpr int kLimitMax = 100;
constexpr std::size_t kIdsMax = 500;
constexpr std::int64_t kOffsetMax = 1'000'000'000;

std::string page_json(const std::vector<storage::TaskRow>& items, std::int64_t count,
                      std::string_view base_url, const tasks::QueueFacts& queue) {
    json::array rows;
    for (const auto& task : items) rows.push_back(task_object(task, base_url, queue));
    return to_text(json::object{{"items", std::move(rows)}, {"count", count}});
}

Result<std::string> read_action(const json::object& fields) {
    const auto action = text(fields, "action");
    if (!action) return action.error();
    if (!*action) return std::string(has(fields, "ids") ? "retrieve_batch" : "retrieve");
    for (const auto* known : {"retrieve", "retrieve_batch", "cancel", "delete"}) {
        if (**action == known) return **action;
    }
    return field_error("action", "must be `retrieve`, `retrieve_batch`, `cancel` or `delete`.");
}

// Ids that are none name no task.
Result<std::vector<TaskId>> read_ids(const json::object& fields) {
    const auto words = texts(fields, "ids");
    if (!words) return words.error();
    if ((*words)->size() > kIdsMax) {
        return field_error("ids", "may hold at most " + std::to_string(kIdsMax) + " ids.");
    }
    std::vector<TaskId> ids;
    for (const auto& word : **words) {
        if (const auto id = TaskId::parse(word)) ids.push_back(*id);
    }
    return ids;
}

// Unix seconds, with a fraction if need be.
Result<std::optional<TimePoint>> read_time(const json::object& fields, std::string_view name) {
    const auto seconds = number(fields, name);
    if (!seconds) return seconds.error();
    if (!*seconds) return std::optional<TimePoint>();
    constexpr double kLatest = 253'402'300'799;  // The last second of the year 9999.
    if (!(**seconds >= 0 && **seconds <= kLatest)) {
        return field_error(name, "must be a time in Unix seconds.");
    }
    return std::optional<TimePoint>(
        from_unix_ms(static_cast<std::int64_t>(std::llround(**seconds * 1000))));
}

Result<storage::TaskFilter> read_filter(const json::object& fields,
                                        const accounts::Caller& caller) {
    storage::TaskFilter filter;
    filter.user_id = caller.user_id;
    filter.application_id = caller.application_id;
    const auto limit = whole(fields, "limit", 1, kLimitMax);
    if (!limit) return limit.error();
    filter.limit = static_cast<int>(limit->value_or(kLimitDefault));
    const auto offset = whole(fields, "offset", 0, kOffsetMax);
    if (!offset) return offset.error();
    filter.offset = static_cast<int>(offset->value_or(0));
    const auto created_at_min = read_time(fields, "created_at_min");
    if (!created_at_min) return created_at_min.error();
    filter.created_at_min = *created_at_min;
    const auto created_at_max = read_time(fields, "created_at_max");
    if (!created_at_max) return created_at_max.error();
    filter.created_at_max = *created_at_max;
    return filter;
}

}  // namespace

bool is_callers(const storage::TaskRow& task, const accounts::Caller& caller) {
    return task.user_id == caller.user_id && task.application_id == caller.application_id;
}

void Tasks::routes(http::Router& router) {
    router.add({http::Method::post, "/luma/tasks",
                [this](http::Request& request) { return post(request); }, 1024 * 1024,
                http::Origins::any});
}

Async<http::Response> Tasks::post(http::Request& request) {
    auto text = co_await answer(request);
    if (!text) co_return to_response(text.error(), request.trace_id);
    co_return http::Response::json_text(200, std::move(*text));
}

Async<Result<std::string>> Tasks::answer(http::Request& request) {
    const auto caller = co_await access_.caller(request);
    if (!caller) co_return caller.error();
    const auto json_type = check_json_type(request.header("Content-Type"));
    if (!json_type) co_return json_type.error();
    const auto body = co_await request.body();
    if (!body) co_return body.error();
    auto fields = parse_object(*body);
    if (!fields) co_return fields.error();
    const auto action = read_action(*fields);
    if (!action) co_return action.error();

    auto base_url = request.base_url;
    if (*action == "cancel") {
        auto cancelled = co_await cancel(*caller, std::move(*fields), std::move(base_url));
        co_return cancelled;
    }
    if (*action == "delete") {
        auto removed = co_await remove(*caller, std::move(*fields));
        co_return removed;
    }
    if (*action == "retrieve") {
        auto found = co_await retrieve(*caller, std::move(*fields), std::move(base_url));
        co_return found;
    }
    if (has(*fields, "ids")) {
        auto ids = read_ids(*fields);
        if (!ids) co_return ids.error();
        auto found = co_await retrieve_these(*caller, std::move(*ids), std::move(base_url));
        co_return found;
    }
    auto found = co_await list(*caller, std::move(*fields), std::move(base_url));
    co_return found;
}

Async<Result<std::string>> Tasks::retrieve(accounts::Caller caller, json::object fields,
                                           std::string base_url) {
    const auto id = read_id(fields);
    if (!id) co_return id.error();
    struct Found {
        std::string text;
        bool unseen = false;
        bool placed = true;  // Its place in the queue is known.
    };
    auto queue = watch_.queue_at_hand();  // Most calls come here, and spare a coroutine.
    if (!queue) queue = co_await watch_.queue();
    for (bool again = false;; again = true) {
        // Worded where it is read: one text comes back instead of a row in many pieces.
        auto find = [task_id = *id, caller, queue, base_url](storage::Session& session) {
            const auto task = storage::find_task(session, task_id);
            if (!task || !is_callers(*task, caller)) return std::optional<Found>();
            return std::optional(Found{to_text(task_object(*task, base_url, *queue)),
                                       !task->seen && task->finished_at, queue->knows(*task)});
        };
        auto found = co_await database_.read(std::move(find));
        if (!found) co_return no_such_task();
        if (!found->placed && !again) {
            queue = co_await watch_.fresh_queue();
            continue;
        }
        if (found->unseen) {
            std::vector<TaskId> ids(1, *id);
            co_await note_seen(std::move(ids));
        }
        co_return std::move(found->text);
    }
}

Async<void> Tasks::note_seen(std::vector<TaskId> ids) {
    auto mark = [ids = std::move(ids)](storage::Session& session) {
        storage::mark_seen(session, ids);
    };
    co_await database_.write(std::move(mark));
}

Async<Result<std::string>> Tasks::retrieve_these(accounts::Caller caller, std::vector<TaskId> ids,
                                                 std::string base_url) {
    const auto queue = co_await watch_.queue();
    struct Found {
        std::string text;
        std::vector<TaskId> unseen;
    };
    auto find = [caller, queue, ids = std::move(ids),
                 base_url = std::move(base_url)](storage::Session& session) {
        auto items = storage::find_tasks(session, caller.user_id, ids);
        std::erase_if(items, [&](const auto& task) { return !is_callers(task, caller); });
        Found found;
        for (const auto& task : items) {
            if (!task.seen && task.finished_at) found.unseen.push_back(task.id);
        }
        found.text = page_json(items, static_cast<std::int64_t>(items.size()), base_url, *queue);
        return found;
    };
    auto found = co_await database_.read(std::move(find));
    if (!found.unseen.empty()) co_await note_seen(std::move(found.unseen));
    co_return std::move(found.text);
}

Async<Result<std::string>> Tasks::list(accounts::Caller caller, json::object fields,
                                       std::string base_url) {
    const auto filter = read_filter(fields, caller);
    if (!filter) co_return filter.error();
    const auto application = text(fields, "application_id");
    if (!application) co_return application.error();
    // Another application's tasks are none of this token's.
    if (*application && ApplicationId::parse(**application) != caller.application_id) {
        co_return page_json({}, 0, base_url, {});
    }
    const auto queue = co_await watch_.queue();
    auto find = [wanted = *filter, queue,
                 base_url = std::move(base_url)](storage::Session& session) {
        const auto page = storage::list_tasks(session, wanted);
        return page_json(page.items, page.count, base_url, *queue);
    };
    auto page = co_await database_.read(std::move(find));
    co_return page;
}

}  // namespace kinora::api
