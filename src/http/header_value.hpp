// http/header_value.hpp: a header's value with parameters: `form-data; name="file"`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kinora::http {

struct HeaderValue {
    std::string word;  // What stands before the first ';', in lower case.
    // In order; names in lower case.
    std::vector<std::pair<std::string, std::string>> parameters;

    // Null where there is none of that name; the first where there are several.
    const std::string* find(std::string_view name) const;
    bool repeats(std::string_view name) const;
};

// Parameters are tokens or quoted strings (RFC 9110, section 5.6.6). A backslash escapes a quote or
// another backslash and is itself before all else, as browsers send paths. Nothing where the text
// is no such value.
std::optional<HeaderValue> parse_header_value(std::string_view text);

}  // namespace kinora::http
