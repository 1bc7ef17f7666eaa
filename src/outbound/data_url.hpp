// outbound/data_url.hpp: a file inside of its own URL (RFC 2397). Nothing leaves the process.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::outbound {

struct DataUrl {
    std::string media_type;           // Lower case, without parameters: "image/png".
    std::vector<std::uint8_t> bytes;  // At least one.
};

// Whether the text begins with "data:", in any case and after blanks.
bool is_data_url(std::string_view text);

// Reads it as browsers do (the URL, Fetch and Infra standards): blanks around it and in its base64
// do not count, the padding may lack, a fragment is cut off. Other than they it refuses broken
// escapes and media types, and more than `size_bytes_max` bytes, all with a `bad_request`.
Result<DataUrl> parse_data_url(std::string_view text, std::uint64_t size_bytes_max);

}  // namespace kinora::outbound
