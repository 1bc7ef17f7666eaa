// http/range.hpp: which bytes a Range header asks for (RFC 9110, section 14).
#pragma once

#include <cstdint>
#include <string_view>

namespace kinora::http {

struct Range {
    enum class Kind {
        whole,    // No header, several ranges, or one that makes no sense: the header is ignored.
        part,     // `offset` and `size_bytes` (at least 1) lie inside the file.
        outside,  // Well formed, but no byte of it exists: 416.
    };
    Kind kind = Kind::whole;
    std::uint64_t offset = 0;
    std::uint64_t size_bytes = 0;
};

Range choose_range(std::string_view header, std::uint64_t file_size_bytes);

}  // namespace kinora::http
