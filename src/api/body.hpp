// api/body.hpp: the body of a call, as fields.
#pragma once

#include "base/credits.hpp"
#include "http/message.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace kinora::api {

// Reads the body. Fails with unsupported_media_type, too_large, bad_request.
Async<Result<boost::json::object>> read_object(http::Request& request);
// The same where a call needs none: an empty body is an object without fields.
Async<Result<boost::json::object>> read_object_if_any(http::Request& request);

// A field that must be there.
Result<std::string> required_text(const boost::json::object& fields, std::string_view name);
// An amount in credits, from `min` millionths to kCreditsMax. Fails with bad_request also where it
// has more than six decimals.
Result<std::optional<Credits>> amount(const boost::json::object& fields, std::string_view name,
                                      std::int64_t min_micros = 0);
// A time: RFC 3339 with an offset, or Unix seconds.
Result<std::optional<TimePoint>> time(const boost::json::object& fields, std::string_view name);
// The same of a query's parameter.
Result<std::optional<TimePoint>> query_time(std::string_view query, std::string_view name);

// `created_at_min` and `created_at_max` of a query, both inclusive.
struct Period {
    std::optional<TimePoint> min, max;
};
Result<Period> query_period(std::string_view query);

// Whether the field is there and null, which takes a value away where that makes sense.
bool is_null(const boost::json::object& fields, std::string_view name);

}  // namespace kinora::api
