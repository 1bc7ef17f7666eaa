#include "api/admin_work.hpp"

#include "api/admin_json.hpp"
#include "api/body.hpp"
#include "api/fields.hpp"
#include "api/page.hpp"
#include "api/task_id.hpp"
#include "api/task_json.hpp"
#include "api/times.hpp"
#include "storage/queue_rows.hpp"
#include "tasks/acceptance.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

namespace kinora::api {
namespace json = boost::json;
namespace {

using http::Method;
using storage::Session;

// A process says that it lives every few seconds; one that was silent for so long does not.
constexpr Milliseconds kAlive{30'000};
constexpr Milliseconds kShown{24LL * 3'600'000};

TaskId task_in(const http::Request& request) {
    return TaskId::parse(request.parameters.front()).value_or(TaskId());
}

Result<storage::TaskFilter> read_filter(const std::string& query) {
    storage::TaskFilter filter;
    const auto page = read_page(query, {"-created_at"});
    if (!page) return page.error();
    filter.limit = static_cast<int>(page->limit);
    filter.offset = static_cast<int>(page->offset);
    filter.user_id = query_id<UserId>(query, "user_id");
    filter.application_id = query_id<ApplicationId>(query, "application_id");
    if (const auto word = query_value(query, "state"); !word.empty()) {
        filter.state = storage::parse_task_state(word);
        if (!filter.state) {
            return field_error("state",
                               "must be `pending`, `processing`, `completed`, `failed` or "
                               "`cancelled`.");
        }
    }
    const auto period = query_period(query);
    if (!period) return period.error();
    filter.created_at_min = period->min;
    filter.created_at_max = period->max;
    return filter;
}

json::object queue_json(const storage::QueueView& view, TimePoint now) {
    std::set<UserId> users;
    auto oldest = now;
    for (const auto& task : view.waiting) {
        users.insert(task.user_id);
        oldest = std::min(oldest, task.created_at);
    }
    json::object out{{"waiting", view.waiting.size()},
                     {"running", view.progress.size()},
                     {"users_waiting", users.size()}};
    const auto seconds = [](Milliseconds time) {
        return json::value(static_cast<double>(time.count()) / 1000);
    };
    out["oldest_waiting_seconds"] = view.waiting.empty() ? json::value() : seconds(now - oldest);
    Milliseconds worked{0};
    for (const auto each : view.worked) worked += each;
    out["usual_seconds"] = view.worked.empty()
                               ? json::value()
                               : seconds(worked / static_cast<std::int64_t>(view.worked.size()));
    return out;
}

}  // namespace

void AdminWork::routes(http::Router& router) {
    const auto add = [&](Method method, const char* pattern, auto handler) {
        parts_.access.route(router, method, pattern, accounts::Role::admin, this, handler);
    };
    add(Method::get, "/api/v1/admin/tasks", &AdminWork::list_tasks);
    add(Method::get, "/api/v1/admin/tasks/{}", &AdminWork::get_task);
    add(Method::post, "/api/v1/admin/tasks/{}/cancel", &AdminWork::cancel_task);
    add(Method::get, "/api/v1/admin/queue", &AdminWork::queue);
    add(Method::get, "/api/v1/admin/nodes", &AdminWork::nodes);
    add(Method::get, "/api/v1/admin/audit", &AdminWork::audit);
}

Async<Result<http::Response>> AdminWork::list_tasks(http::Request& request, Person) {
    const auto filter = read_filter(request.query);
    if (!filter) co_return filter.error();
    const auto queue = co_await watch_.queue();
    auto find = [filter = *filter, queue, base_url = request.base_url](Session& session) {
        const auto page = storage::list_tasks(session, filter);
        json::array items;
        for (const auto& task : page.items) items.push_back(task_object(task, base_url, *queue));
        return to_text(json::object{{"items", std::move(items)}, {"count", page.count}});
    };
    co_return http::Response::json_text(200, co_await parts_.database.read(std::move(find)));
}

Async<Result<http::Response>> AdminWork::get_task(http::Request& request, Person) {
    const auto queue = co_await watch_.queue();
    auto find = [id = task_in(request), queue,
                 base_url = request.base_url](Session& session) -> std::optional<std::string> {
        const auto task = storage::find_task(session, id);
        if (!task) return std::nullopt;
        return to_text(task_object(*task, base_url, *queue));
    };
    auto text = co_await parts_.database.read(std::move(find));
    if (!text) co_return no_such_task();
    co_return http::Response::json_text(200, std::move(*text));
}

Async<Result<http::Response>> AdminWork::cancel_task(http::Request& request, Person person) {
    auto act = [id = task_in(request), base_url = request.base_url](
                   const accounts::Office& office) -> std::optional<std::string> {
        if (!storage::find_task(office.session, id)) return std::nullopt;
        const bool cancelled = storage::cancel_task(
            office.session, id, "The task was cancelled by an administrator.", office.now);
        if (cancelled) office.note({"task.cancelled", "task", id.str()});
        const auto task = storage::find_task(office.session, id);
        if (!task) return std::nullopt;  // Its user deleted it just now.
        return to_text(task_object(*task, base_url));
    };
    auto text = co_await in_office(parts_, person, request, std::move(act));
    if (!text) co_return no_such_task();
    co_return http::Response::json_text(200, std::move(*text));
}

Async<Result<http::Response>> AdminWork::queue(http::Request&, Person) {
    auto find = [now = parts_.clock.now()](Session& session) {
        return to_text(queue_json(storage::view_queue(session, tasks::kQueuedMax), now));
    };
    co_return http::Response::json_text(200, co_await parts_.database.read(std::move(find)));
}

Async<Result<http::Response>> AdminWork::nodes(http::Request&, Person) {
    const auto now = parts_.clock.now();
    auto find = [now](Session& session) {
        const auto working = storage::worker_tasks(session);
        json::array items;
        for (const auto& node : storage::nodes_since(session, now - kShown)) {
            const auto task = std::find_if(working.begin(), working.end(), [&](const auto& each) {
                return each.worker == node.id;
            });
            items.push_back(json::object{
                {"id", node.id},
                {"kind", node.kind},
                {"host", node.host},
                {"version", node.version},
                {"started_at", to_rfc3339(node.started_at)},
                {"seen_at", to_rfc3339(node.seen_at)},
                {"alive", now - node.seen_at < kAlive},
                {"task_id",
                 task == working.end() ? json::value() : json::value(task->task_id.str())}});
        }
        const auto count = items.size();
        return to_text(json::object{{"items", std::move(items)}, {"count", count}});
    };
    co_return http::Response::json_text(200, co_await parts_.database.read(std::move(find)));
}

Async<Result<http::Response>> AdminWork::audit(http::Request& request, Person) {
    const auto slice = read_slice(request.query, "at");
    if (!slice) co_return slice.error();
    storage::AuditFilter filter;
    filter.slice = *slice;
    filter.actor_id = query_id<UserId>(request.query, "actor_id");
    filter.action = query_value(request.query, "action");
    filter.object_id = query_value(request.query, "object_id");
    const auto period = query_period(request.query);
    if (!period) co_return period.error();
    filter.at_min = period->min;
    filter.at_max = period->max;
    auto find = [filter](Session& session) {
        return list_text(storage::list_audit(session, filter), audit_json);
    };
    co_return http::Response::json_text(200, co_await parts_.database.read(std::move(find)));
}

}  // namespace kinora::api
