// http/part_head.hpp: the headers of one part of a form (RFC 7578, section 4).
#pragma once

#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kinora::http {

struct PartHead {
    std::string name;                     // Of the field; not empty.
    std::optional<std::string> filename;  // As the client named it: of no use for a path.
    std::string content_type;             // What the client says; empty where it says nothing.
};

// `lines` are the headers between a boundary and the empty line, each with its CRLF. Fails with
// bad_request and says what is wrong. `filename*`, which the RFC forbids, is ignored.
Result<PartHead> parse_part_head(std::string_view lines);

}  // namespace kinora::http
