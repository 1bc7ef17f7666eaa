// http/files.hpp: a file as an answer, with conditions and ranges (RFC 9110, sections 13 and 14).
#pragma once

#include "http/message.hpp"

namespace kinora::http {

struct FileFacts {
    std::uint64_t size_bytes = 0;
    std::string
        etag;  // With or without its quotes; a weak one begins with W/. Empty: none is sent.
    std::string content_type;
    std::string cache_control;          // Empty: none is sent.
    std::optional<TimePoint> modified;  // Nothing: no Last-Modified.
};

// Answers 200, 206, 304, 412 or 416 to a GET or HEAD. Takes `descriptor`, which is open for
// reading, and closes it when the answer has gone out or needs no bytes.
Response serve_file(const Request& request, int descriptor, FileFacts facts);

}  // namespace kinora::http
