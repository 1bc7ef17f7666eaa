#include "api/deliveries.hpp"

#include "api/fields.hpp"
#include "api/json_text.hpp"
#include "api/page.hpp"
#include "api/platform_json.hpp"
#include "api/status.hpp"
#include "api/times.hpp"
#include "storage/delivery_rows.hpp"

#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

Error no_such_delivery() {
    return {ErrorCode::not_found,
            "You have no delivery with this id; it is the id of a task with a callback that has "
            "ended."};
}

json::object attempt_json(const storage::DeliveryAttempt& attempt) {
    json::object out{{"number", attempt.number},
                     {"started_at", to_rfc3339(attempt.started_at)},
                     {"latency", static_cast<double>(attempt.latency.count()) / 1000}};
    out["status"] = attempt.status == 0 ? json::value() : json::value(attempt.status);
    out["answer"] = attempt.status == 0 ? json::value() : json::value(attempt.answer);
    out["error"] = attempt.error.empty() ? json::value() : json::value(attempt.error);
    return out;
}

json::object delivery_json(storage::Session& session, const storage::DeliveryRow& delivery) {
    json::array attempts;
    for (const auto& attempt : storage::attempts_of(session, delivery.id))
        attempts.push_back(attempt_json(attempt));
    return {{"id", delivery.id.str()},
            {"task_id", delivery.id.str()},
            {"application_id", delivery.application_id.str()},
            {"url", delivery.url},
            {"state", storage::to_string(delivery.state)},
            {"created_at", to_rfc3339(delivery.created_at)},
            {"next_attempt_at", time_or_null(delivery.next_attempt_at)},
            {"finished_at", time_or_null(delivery.finished_at)},
            {"attempts", std::move(attempts)}};
}

Result<storage::DeliveryFilter> read_filter(const std::string& query, const Reach& reach) {
    const auto page = read_page(query, {"-created_at", "created_at"});
    if (!page) return page.error();
    storage::DeliveryFilter filter;
    filter.user_id = reach.user_id;
    filter.application_id = reach.application_id;
    filter.limit = static_cast<int>(page->limit);
    filter.offset = static_cast<int>(page->offset);
    filter.descending = page->descending || page->ordering.starts_with('-');
    filter.task_id = query_id<TaskId>(query, "task_id");
    if (const auto word = query_value(query, "state"); !word.empty()) {
        filter.state = storage::parse_delivery_state(word);
        if (!filter.state)
            return field_error("state", "must be `waiting`, `delivered` or `given_up`.");
    }
    return filter;
}

}  // namespace

void Deliveries::routes(http::Router& router) {
    constexpr std::size_t kBodyLimitBytes = 64 * 1024;
    router.add({http::Method::get, "/api/v1/deliveries",
                [this](http::Request& request) { return list(request); }, 0, http::Origins::any});
    router.add({http::Method::get, "/api/v1/deliveries/{}",
                [this](http::Request& request) { return get(request); }, 0, http::Origins::any});
    router.add({http::Method::post, "/api/v1/deliveries/{}/resend",
                [this](http::Request& request) { return send_again(request); }, kBodyLimitBytes,
                http::Origins::any});
}

Async<http::Response> Deliveries::list(http::Request& request) {
    const auto reach = co_await access_.reader(request);
    if (!reach) co_return to_response(reach.error(), request.trace_id);
    const auto filter = read_filter(request.query, *reach);
    if (!filter) co_return to_response(filter.error(), request.trace_id);
    auto find = [wanted = *filter](storage::Session& session) {
        const auto page = storage::list_deliveries(session, wanted);
        json::array items;
        for (const auto& row : page.items) items.push_back(delivery_json(session, row));
        return to_text(json::object{{"items", std::move(items)}, {"count", page.count}});
    };
    auto text = co_await database_.read(std::move(find));
    co_return http::Response::json_text(200, std::move(text));
}

Async<http::Response> Deliveries::get(http::Request& request) {
    const auto reach = co_await access_.reader(request);
    if (!reach) co_return to_response(reach.error(), request.trace_id);
    const auto id = TaskId::parse(request.parameters.front());
    if (!id) co_return to_response(no_such_delivery(), request.trace_id);
    auto find = [reach = *reach, task = *id](storage::Session& session) {
        const auto row = storage::find_delivery(session, task);
        if (!row || !reach.covers(*row)) return std::optional<std::string>();
        return std::optional(to_text(delivery_json(session, *row)));
    };
    auto text = co_await database_.read(std::move(find));
    if (!text) co_return to_response(no_such_delivery(), request.trace_id);
    co_return http::Response::json_text(200, std::move(*text));
}

Async<http::Response> Deliveries::send_again(http::Request& request) {
    const auto reach = co_await access_.reader(request);
    if (!reach) co_return to_response(reach.error(), request.trace_id);
    const auto id = TaskId::parse(request.parameters.front());
    if (!id) co_return to_response(no_such_delivery(), request.trace_id);
    auto act = [reach = *reach, task = *id, now = clock_.now()](storage::Session& session) {
        const auto row = storage::find_delivery(session, task);
        if (!row || !reach.covers(*row)) return std::optional<std::string>();
        storage::send_again(session, task, now);
        const auto after = storage::find_delivery(session, task);
        if (!after) return std::optional<std::string>();  // Its task was deleted just now.
        return std::optional(to_text(delivery_json(session, *after)));
    };
    auto text = co_await database_.write(std::move(act));
    if (!text) co_return to_response(no_such_delivery(), request.trace_id);
    co_return http::Response::json_text(202, std::move(*text));
}

}  // namespace kinora::api
