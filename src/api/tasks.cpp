#include "api/tasks.hpp"

#include "api/fields.hpp"
#include "api/json_text.hpp"
#include "api/status.hpp"
#include "api/task_json.hpp"
#include "storage/task_rows.hpp"

#include <boost/json.hpp>
#include <cmath>

namespace kinora::api {
namespace json = boost::json;
namespace {

constexpr int kLimitDefault = 12;
constexpr int kLimitMax = 100;
constexpr std::size_t kIdsMax = 500;
constexpr std::int64_t kOffsetMax = 1'000'000'000;

// A token sees its application's tasks.
bool is_callers(const storage::TaskRow& task, const accounts::Caller& caller) {
    return task.user_id == caller.user_id && task.application_id == caller.application_id;
}

std::string page_json(const std::vector<storage::TaskRow>& items, std::int64_t count,
                      std::string_view base_url) {
    json::array rows;
    for (const auto& task : items) rows.push_back(task_object(task, base_url));
    return to_text(json::object{{"items", std::move(rows)}, {"count", count}});
}

Result<std::string> read_action(const json::object& fields) {
    const auto action = text(fields, "action");
    if (!action) return action.error();
    if (!*action) return std::string(has(fields, "ids") ? "retrieve_batch" : "retrieve");
    if (**action == "retrieve" || **action == "retrieve_batch") return **action;
    if (**action == "delete" || **action == "cancel") {
        return field_error("action", "`" + **action +
                                         "` is not supported by this version of the server; use "
                                         "`retrieve` or `retrieve_batch`.");
    }
    return field_error("action", "must be `retrieve` or `retrieve_batch`.");
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
    const auto caller = co_await callers_.identify(request);
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
    auto word = text(fields, "id");
    if (word && !*word) word = text(fields, "task_id");
    if (!word) co_return word.error();
    if (!*word) co_return field_error("id", "is required; send the id of the task.");
    const Error missing(ErrorCode::not_found, "You have no task with this id.");
    const auto id = TaskId::parse(**word);
    if (!id) co_return missing;
    // Worded where it is read: one text comes back instead of a row in many pieces.
    auto find = [task_id = *id, caller, base_url = std::move(base_url)](storage::Session& session) {
        const auto task = storage::find_task(session, task_id);
        if (!task || !is_callers(*task, caller)) return std::optional<std::string>();
        return std::optional<std::string>(to_text(task_object(*task, base_url)));
    };
    auto found = co_await database_.read(std::move(find));
    if (!found) co_return missing;
    co_return std::move(*found);
}

Async<Result<std::string>> Tasks::retrieve_these(accounts::Caller caller, std::vector<TaskId> ids,
                                                 std::string base_url) {
    auto find = [caller, ids = std::move(ids),
                 base_url = std::move(base_url)](storage::Session& session) {
        auto items = storage::find_tasks(session, caller.user_id, ids);
        std::erase_if(items, [&](const auto& task) { return !is_callers(task, caller); });
        return page_json(items, static_cast<std::int64_t>(items.size()), base_url);
    };
    auto page = co_await database_.read(std::move(find));
    co_return page;
}

Async<Result<std::string>> Tasks::list(accounts::Caller caller, json::object fields,
                                       std::string base_url) {
    const auto filter = read_filter(fields, caller);
    if (!filter) co_return filter.error();
    const auto application = text(fields, "application_id");
    if (!application) co_return application.error();
    // Another application's tasks are none of this token's.
    if (*application && ApplicationId::parse(**application) != caller.application_id) {
        co_return page_json({}, 0, base_url);
    }
    auto find = [wanted = *filter, base_url = std::move(base_url)](storage::Session& session) {
        const auto page = storage::list_tasks(session, wanted);
        return page_json(page.items, page.count, base_url);
    };
    auto page = co_await database_.read(std::move(find));
    co_return page;
}

}  // namespace kinora::api
