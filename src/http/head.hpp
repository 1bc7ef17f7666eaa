// http/head.hpp: the status line and headers of an answer, as bytes.
#pragma once

#include "http/router.hpp"

#include <string>
#include <string_view>

namespace kinora::http {

// What the head of an answer says beyond the Response itself.
struct HeadFacts {
    TraceId trace_id;
    TimePoint now;
    Origins origins = Origins::same;
    bool close = false;         // "Connection: close".
    bool chunked = false;       // The body comes in chunks.
    bool confirm_keep = false;  // "Connection: keep-alive", which HTTP/1.0 clients wait for.
};

// With these bytes every head begins.
inline constexpr std::string_view kHeadStart = "HTTP/1.1 ";

// Whether the body has no length that is known before.
bool is_stream(const Response& response);

// Bytes that `response`'s body has; what a GET of it would send. 0 of a stream.
std::uint64_t body_size(const Response& response);

// False for the statuses that never carry a body (RFC 9110, section 6.4.1).
bool may_have_body(int status);

// Ends with the empty line. Header names that are no tokens are left out and control characters in
// values become spaces, so that no value can begin another header.
std::string render_head(const Response& response, const HeadFacts& facts);

}  // namespace kinora::http
