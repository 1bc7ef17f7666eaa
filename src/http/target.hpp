// http/target.hpp: what a request line asks for.
#pragma once

#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kinora::http {

struct Target {
    std::string path;  // Decoded once, without dot segments and trailing slash; "*" for the server.
    std::string query;      // As sent, without '?'.
    std::string authority;  // Of an absolute-form target, checked; empty otherwise.
};

// Takes the origin-form ("/path?query"), the absolute-form and, for OPTIONS, "*" (RFC 9112, section
// 3.2). Fails with bad_request and a sentence.
Result<Target> parse_target(std::string_view raw, bool is_options);

// Undoes percent-encoding once and resolves "." and ".." afterwards, so that no encoded dot or
// slash climbs out. Nothing for a bad encoding, control characters or bytes that are not UTF-8.
std::optional<std::string> decode_path(std::string_view raw);

// As RFC 3629 has it: nothing overlong, no surrogates. A NUL is a character too.
bool is_utf8(std::string_view text);

}  // namespace kinora::http
