#include "api/usage.hpp"

#include "api/body.hpp"
#include "api/fields.hpp"
#include "api/page.hpp"
#include "api/platform_json.hpp"
#include "api/times.hpp"
#include "storage/usage_rows.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

using accounts::Role;
using http::Method;
using storage::Session;
using storage::UsageFilter;

constexpr int kPiece = 500;  // Rows that are read at once for a CSV.

json::object usage_json(const storage::UsageRow& row) {
    return {{"id", row.task_id.str()},
            {"trace_id", row.trace_id.str()},
            {"task_id", row.task_id.str()},
            {"application_id", row.application_id.str()},
            {"credential_id", row.credential_id.str()},
            {"service_id", text_or_null(row.service_id)},
            {"api_id", row.api_id},
            {"status", row.status},
            {"elapsed", static_cast<double>(row.elapsed.count()) / 1000},
            {"deducted_amount", amount_json(row.deducted)},
            {"remaining_amount", amount_or_null(row.remaining)},
            {"charged_application_id",
             row.charged_application ? json::value(row.charged_application->str()) : json::value()},
            {"created_at", to_rfc3339(row.created_at)}};
}

json::object sum_json(const storage::UsageSum& sum, const storage::UsageGroups& groups) {
    json::object out;
    if (groups.day) {
        const TimePoint day(std::chrono::days(sum.day));
        out["day"] = to_rfc3339(day).substr(0, 10);
    }
    if (groups.service) out["service_id"] = text_or_null(sum.service_id);
    if (groups.application) out["application_id"] = sum.application_id;
    if (groups.credential) out["credential_id"] = sum.credential_id;
    out["calls"] = sum.calls;
    out["completed"] = sum.completed;
    out["failed"] = sum.failed;
    out["cancelled"] = sum.cancelled;
    out["deducted_amount"] = amount_json(sum.deducted);
    return out;
}

// A line of RFC 4180 of the object's values. None of ours begins like a formula.
std::string csv_line(const json::object& object, bool names) {
    std::string line;
    for (const auto& field : object) {
        if (!line.empty()) line += ',';
        if (names) {
            line += field.key();
        } else if (field.value().is_string()) {
            line += field.value().get_string();
        } else if (!field.value().is_null()) {
            line += to_text(field.value());
        }
    }
    return line + "\r\n";
}

Result<bool> wants_csv(const http::Request& request) {
    const auto format = query_value(request.query, "format");
    if (format.empty()) return request.header("Accept").starts_with("text/csv");
    if (format != "csv" && format != "json") {
        return bad_request("`format` must be `json` or `csv`.");
    }
    return format == "csv";
}

http::Response csv(std::string_view name) {
    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.set("Content-Disposition", "attachment; filename=\"" + std::string(name) + "\"");
    return response;
}

// All rows that match, a piece at a time, so that a million of them take no memory.
class UsageCsv final : public http::BodyStream {
public:
    UsageCsv(storage::Database& database, UsageFilter filter)
        : database_(database), filter_(std::move(filter)) {}

    Async<std::optional<std::string>> next() override {
        if (is_over_) co_return std::nullopt;
        auto find = [filter = filter_, after = after_](Session& session) {
            return storage::usage_after(session, filter, after, kPiece);
        };
        const auto rows = co_await database_.read(std::move(find));
        std::string text;
        if (!after_) text = csv_line(usage_json({}), true);
        for (const auto& row : rows) text += csv_line(usage_json(row), false);
        is_over_ = rows.size() < std::size_t{kPiece};
        if (!rows.empty()) after_.emplace(rows.back().created_at, rows.back().task_id);
        co_return text;
    }

private:
    storage::Database& database_;
    const UsageFilter filter_;
    std::optional<std::pair<TimePoint, TaskId>> after_;
    bool is_over_ = false;
};

Result<UsageFilter> read_filter(const std::string& query, UserId user) {
    UsageFilter filter;
    filter.user_id = user;
    const auto slice = read_slice(query);
    if (!slice) return slice.error();
    filter.slice = *slice;
    filter.application_id = query_id<ApplicationId>(query, "application_id");
    filter.credential_id = query_id<CredentialId>(query, "credential_id");
    filter.service_id = query_value(query, "service_id");
    filter.api_id = query_value(query, "api_id");
    filter.task_id = query_value(query, "task_id");
    filter.trace_id = query_value(query, "trace_id");
    filter.status = query_value(query, "status");
    constexpr std::array kStates{"", "completed", "failed", "cancelled"};
    if (std::find(kStates.begin(), kStates.end(), filter.status) == kStates.end())
        return field_error("status", "must be `completed`, `failed` or `cancelled`.");
    const auto period = query_period(query);
    if (!period) return period.error();
    filter.created_at_min = period->min;
    filter.created_at_max = period->max;
    return filter;
}

Result<storage::UsageGroups> read_groups(std::string_view query) {
    auto rest = query_value(query, "group_by");
    if (rest.empty()) rest = "day";
    storage::UsageGroups groups;
    while (!rest.empty()) {
        const auto end = std::min(rest.find(','), rest.size());
        const auto word = rest.substr(0, end);
        rest.erase(0, end + 1);
        if (word == "day") {
            groups.day = true;
        } else if (word == "service") {
            groups.service = true;
        } else if (word == "application") {
            groups.application = true;
        } else if (word == "credential") {
            groups.credential = true;
        } else {
            return field_error("group_by",
                               "must be `day`, `service`, `application` or `credential`, or "
                               "several of them with commas between.");
        }
    }
    return groups;
}

}  // namespace

void Usage::routes(http::Router& router) {
    const auto own = [&](const char* pattern, auto handler) {
        access_.route(router, Method::get, pattern, Role::user, this, handler);
    };
    own("/api/v1/usage/apis", &Usage::list);
    own("/api/v1/usage/apis/aggregate", &Usage::sum);
}

Async<Result<http::Response>> Usage::list(http::Request& request, Person person) {
    auto filter = read_filter(request.query, person.user_id);
    if (!filter) co_return filter.error();
    const auto as_csv = wants_csv(request);
    if (!as_csv) co_return as_csv.error();
    if (*as_csv) {
        auto response = csv("usage.csv");
        response.body = std::make_shared<UsageCsv>(database_, std::move(*filter));
        co_return response;
    }
    auto find = [filter = *filter](Session& session) {
        return list_text(storage::list_usage(session, filter), usage_json);
    };
    co_return http::Response::json_text(200, co_await database_.read(std::move(find)));
}

Async<Result<http::Response>> Usage::sum(http::Request& request, Person person) {
    auto filter = read_filter(request.query, person.user_id);
    if (!filter) co_return filter.error();
    const auto groups = read_groups(request.query);
    if (!groups) co_return groups.error();
    const auto as_csv = wants_csv(request);
    if (!as_csv) co_return as_csv.error();
    constexpr int kCsvMax = 100'000;
    if (*as_csv) filter->slice = {kCsvMax, 0, true};
    auto find = [filter = *filter, groups = *groups](Session& session) {
        return storage::sum_usage(session, filter, groups);
    };
    const auto listed = co_await database_.read(std::move(find));
    const auto word = [groups = *groups](const auto& sum) { return sum_json(sum, groups); };
    if (!*as_csv) co_return http::Response::json_text(200, list_text(listed, word));
    auto response = csv("usage-sums.csv");
    std::string text = csv_line(word(storage::UsageSum()), true);
    for (const auto& sum : listed.items) text += csv_line(word(sum), false);
    response.body = std::move(text);
    co_return response;
}

}  // namespace kinora::api
