// outbound/exchange.hpp: one request to one checked destination, and its answer.
//
// No cookies, no proxies, no passwords, no redirects, no compression; TLS is verified.
#pragma once

#include "outbound/destination.hpp"
#include "outbound/head.hpp"
#include "outbound/limits.hpp"
#include "outbound/sink.hpp"

#include <string>
#include <vector>

namespace kinora::outbound {

// GETs the URL from one of its checked addresses, and nothing else is dialled. The body of a
// success goes into `sink`, the body of any other answer is not read. Blocks as long as `patience`
// allows, and fails as that says.
Result<Head> exchange(const Destination& destination, const Limits& limits,
                      const Patience& patience, Sink& sink);

struct Letter {
    std::vector<std::string> headers;  // "Name: value", without line ends.
    std::string body;
};
// POSTs `letter` to the URL in the same way. Of any answer, whatever its status, the first
// `limits.size_bytes_max` bytes of the body go into `sink`; more is not waited for.
Result<Head> exchange(const Destination& destination, const Letter& letter, const Limits& limits,
                      const Patience& patience, Sink& sink);

}  // namespace kinora::outbound
