// api/fields.hpp: typed fields of a JSON body; a wrong one is named.
//
// A field that is null is the same as an absent one.
#pragma once

#include "base/result.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::api {

// Deepest nesting of a body; deeper ones are refused.
inline constexpr std::size_t kJsonDepthMax = 32;

// Most values of a body, keys counted; more are refused before they take any memory.
inline constexpr std::size_t kJsonValuesMax = 20'000;

// The body of a call as an object. Fails with bad_request and says where the text is malformed.
Result<boost::json::object> parse_object(std::string_view body);
// Fails with unsupported_media_type unless the header is absent or says JSON.
Result<void> check_json_type(std::string_view content_type);

// Whether the field is there and not null.
bool has(const boost::json::object& fields, std::string_view name);

// Each fails with bad_request where the field has another type.
Result<std::optional<std::string>> text(const boost::json::object& fields, std::string_view name);
Result<std::optional<bool>> flag(const boost::json::object& fields, std::string_view name);
Result<std::optional<double>> number(const boost::json::object& fields, std::string_view name);
// A whole number within [min, max]; 12.0 is one.
Result<std::optional<std::int64_t>> whole(const boost::json::object& fields, std::string_view name,
                                          std::int64_t min, std::int64_t max);
Result<std::optional<std::vector<std::string>>> texts(const boost::json::object& fields,
                                                      std::string_view name);

// bad_request about one field.
Error field_error(std::string_view name, std::string_view what);

}  // namespace kinora::api
