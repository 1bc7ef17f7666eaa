#include "api/fields.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <cmath>

namespace kinora::api {
namespace json = boost::json;
namespace {

const json::value* find(const json::object& fields, std::string_view name) {
    const auto* found = fields.if_contains(name);
    return found == nullptr || found->is_null() ? nullptr : found;
}

// Boost.JSON reads 1e999 as infinity, which no JSON text can say again. The depth is bounded.
bool is_finite(const json::value& value) {
    switch (value.kind()) {
        case json::kind::double_:
            return std::isfinite(value.get_double());
        case json::kind::array: {
            const auto& items = value.get_array();
            return std::all_of(items.begin(), items.end(), is_finite);
        }
        case json::kind::object: {
            const auto& fields = value.get_object();
            return std::all_of(fields.begin(), fields.end(),
                               [](const auto& field) { return is_finite(field.value()); });
        }
        default:
            return true;
    }
}

// Signs beyond U+FFFF are two escapes, a leading and a trailing surrogate.
// `read` is what was read until the error: where no escape follows, that is all Boost says.
bool is_half_of_pair(const boost::system::error_code& error, std::string_view read) {
    if (error == json::error::illegal_leading_surrogate ||
        error == json::error::illegal_trailing_surrogate ||
        error == json::error::expected_utf16_escape)
        return true;
    for (const std::size_t back : {6, 7}) {
        if (read.size() < back) break;
        const auto escape = read.substr(read.size() - back, 6);
        if (escape.starts_with("\\u") && (escape[2] == 'd' || escape[2] == 'D') &&
            std::string_view("89abAB").find(escape[3]) != std::string_view::npos)
            return true;
    }
    return false;
}

// How many values the text has at most, read once without making any: a megabyte of `[1,1,1,…]`
// would become forty of them.
std::size_t count_values(std::string_view text) {
    std::size_t count = 1;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == ',' || c == '[' || c == '{' || c == ':') {
            ++count;
        }
    }
    return count;
}

std::string as_text(std::int64_t value) {
    return std::to_string(value);
}

}  // namespace

Error field_error(std::string_view name, std::string_view what) {
    return {ErrorCode::bad_request, "`" + std::string(name) + "` " + std::string(what)};
}

Result<json::object> parse_object(std::string_view body) {
    if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return Error(ErrorCode::bad_request, "The body is empty; send a JSON object.");
    }
    if (count_values(body) > kJsonValuesMax) {
        return Error(ErrorCode::bad_request,
                     "The body has more than " + std::to_string(kJsonValuesMax) + " values.");
    }
    json::parse_options options;
    options.max_depth = kJsonDepthMax;
    json::stream_parser parser({}, options);
    boost::system::error_code error;
    const auto consumed = parser.write_some(body.data(), body.size(), error);
    if (!error) parser.finish(error);
    if (!error && body.find_first_not_of(" \t\r\n", consumed) != std::string_view::npos) {
        error = json::error::extra_data;
    }
    if (error == json::error::too_deep) {
        return Error(ErrorCode::bad_request, "The body is nested deeper than " +
                                                 std::to_string(kJsonDepthMax) + " levels.");
    }
    if (is_half_of_pair(error, body.substr(0, consumed))) {
        return Error(ErrorCode::bad_request,
                     "The body is not valid JSON (near byte " + std::to_string(consumed) +
                         "): an escape from \\ud800 to \\udfff is one half of a sign (a lone "
                         "surrogate) and the other half is missing.");
    }
    if (error) {
        return Error(ErrorCode::bad_request, "The body is not valid JSON (near byte " +
                                                 std::to_string(consumed) +
                                                 "): " + error.message() + ".");
    }
    auto value = parser.release();
    if (!value.is_object()) {
        return Error(ErrorCode::bad_request, "The body must be a JSON object.");
    }
    if (!is_finite(value)) {
        return Error(ErrorCode::bad_request, "The body holds a number that is too large.");
    }
    return std::move(value.get_object());
}

Result<void> check_json_type(std::string_view content_type) {
    auto type = std::string(content_type.substr(0, content_type.find(';')));
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.pop_back();
    const bool is_json = type.empty() || type == "application/json" || type == "text/json" ||
                         (type.starts_with("application/") && type.ends_with("+json"));
    if (is_json) return ok();
    return Error(ErrorCode::unsupported_media_type,
                 "The body must be JSON; send the header \"Content-Type: application/json\".");
}

bool has(const json::object& fields, std::string_view name) {
    return find(fields, name) != nullptr;
}

Result<std::optional<std::string>> text(const json::object& fields, std::string_view name) {
    const auto* found = find(fields, name);
    if (found == nullptr) return std::optional<std::string>();
    if (!found->is_string()) return field_error(name, "must be a string.");
    return std::optional<std::string>(std::string(found->get_string()));
}

Result<std::optional<bool>> flag(const json::object& fields, std::string_view name) {
    const auto* found = find(fields, name);
    if (found == nullptr) return std::optional<bool>();
    if (!found->is_bool()) return field_error(name, "must be true or false.");
    return std::optional<bool>(found->get_bool());
}

Result<std::optional<double>> number(const json::object& fields, std::string_view name) {
    const auto* found = find(fields, name);
    if (found == nullptr) return std::optional<double>();
    if (!found->is_number()) return field_error(name, "must be a number.");
    return std::optional<double>(found->to_number<double>());
}

Result<std::optional<std::int64_t>> whole(const json::object& fields, std::string_view name,
                                          std::int64_t min, std::int64_t max) {
    const auto value = number(fields, name);
    if (!value) return value.error();
    if (!*value) return std::optional<std::int64_t>();
    const double given = **value;
    const bool fits = std::floor(given) == given && given >= static_cast<double>(min) &&
                      given <= static_cast<double>(max);
    if (!fits) {
        return field_error(
            name, "must be a whole number from " + as_text(min) + " to " + as_text(max) + ".");
    }
    return std::optional<std::int64_t>(static_cast<std::int64_t>(given));
}

Result<std::optional<std::vector<std::string>>> texts(const json::object& fields,
                                                      std::string_view name) {
    const auto* found = find(fields, name);
    if (found == nullptr) return std::optional<std::vector<std::string>>();
    if (!found->is_array()) return field_error(name, "must be a list of strings.");
    std::vector<std::string> values;
    for (const auto& item : found->get_array()) {
        if (!item.is_string()) return field_error(name, "must be a list of strings.");
        values.emplace_back(item.get_string());
    }
    return std::optional<std::vector<std::string>>(std::move(values));
}

}  // namespace kinora::api
