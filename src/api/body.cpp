#include "api/body.hpp"

#include "api/fields.hpp"
#include "api/page.hpp"
#include "api/times.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <cmath>

namespace kinora::api {
namespace json = boost::json;
namespace {

constexpr double kLatestUnix_s = 253'402'300'799;  // The last second of the year 9999.

Error no_time(std::string_view name) {
    return field_error(name,
                       "must be a time such as `2026-12-31T18:00:00Z`, or one in Unix seconds.");
}

Result<std::optional<TimePoint>> of_unix_seconds(std::string_view name, double seconds) {
    if (!(seconds >= 0 && seconds <= kLatestUnix_s)) return no_time(name);
    return std::optional(from_unix_ms(static_cast<std::int64_t>(std::llround(seconds * 1000))));
}

Result<std::optional<TimePoint>> of_text(std::string_view name, std::string_view text) {
    double seconds = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, seconds);
    if (read.ec == std::errc() && read.ptr == end) return of_unix_seconds(name, seconds);
    const auto time = parse_rfc3339(text);
    if (!time) return no_time(name);
    return time;
}

}  // namespace

Async<Result<json::object>> read_object(http::Request& request) {
    const auto json_type = check_json_type(request.header("Content-Type"));
    if (!json_type) co_return json_type.error();
    const auto body = co_await request.body();
    if (!body) co_return body.error();
    co_return parse_object(*body);
}

Async<Result<json::object>> read_object_if_any(http::Request& request) {
    const auto body = co_await request.body();
    if (!body) co_return body.error();
    if (body->empty()) co_return json::object();
    const auto json_type = check_json_type(request.header("Content-Type"));
    if (!json_type) co_return json_type.error();
    co_return parse_object(*body);
}

Result<std::string> required_text(const json::object& fields, std::string_view name) {
    const auto value = text(fields, name);
    if (!value) return value.error();
    if (!*value || (*value)->empty()) return field_error(name, "is needed.");
    return **value;
}

Result<std::optional<Credits>> amount(const json::object& fields, std::string_view name,
                                      std::int64_t min_micros) {
    const auto credits = number(fields, name);
    if (!credits) return credits.error();
    if (!*credits) return std::optional<Credits>();
    const double micros = **credits * 1e6;
    const double most = static_cast<double>(kCreditsMax.micros);
    if (!(micros >= 0 && micros <= most)) {
        return field_error(name, "must be an amount of credits from 0 to 1000000000.");
    }
    const auto whole = std::llround(micros);
    // What a double cannot say exactly is off by far less than this.
    if (std::abs(micros - static_cast<double>(whole)) > 1e-3 + micros * 1e-15) {
        return field_error(name, "may have at most six decimals.");
    }
    if (whole < min_micros) return field_error(name, "must be more than 0.");
    return std::optional(Credits{whole});
}

Result<std::optional<TimePoint>> time(const json::object& fields, std::string_view name) {
    const auto* value = fields.if_contains(name);
    if (value == nullptr || value->is_null()) return std::optional<TimePoint>();
    if (value->is_string()) return of_text(name, value->get_string());
    const auto seconds = number(fields, name);
    if (!seconds) return no_time(name);
    return of_unix_seconds(name, **seconds);
}

Result<std::optional<TimePoint>> query_time(std::string_view query, std::string_view name) {
    const auto value = query_value(query, name);
    if (value.empty()) return std::optional<TimePoint>();
    return of_text(name, value);
}

Result<Period> query_period(std::string_view query) {
    const auto min = query_time(query, "created_at_min");
    if (!min) return min.error();
    const auto max = query_time(query, "created_at_max");
    if (!max) return max.error();
    return Period{*min, *max};
}

bool is_null(const json::object& fields, std::string_view name) {
    const auto* value = fields.if_contains(name);
    return value != nullptr && value->is_null();
}

}  // namespace kinora::api
