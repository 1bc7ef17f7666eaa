// http/authority.hpp: the "host:port" that a caller used for us.
#pragma once

#include <string_view>

namespace kinora::http {

// Whether `text` is a name, an IPv4 address or an IPv6 address in brackets, with or without a port
// from 0 to 65535 (RFC 9110, section 7.2). Stricter than the grammar: no percent-encoding, no empty
// port.
bool is_authority(std::string_view text);

// Whether `text` is a token (RFC 9110, section 5.6.2), such as a header's name or a method.
bool is_token(std::string_view text);

}  // namespace kinora::http
