// http/listener.hpp: a listening TCP socket, or a sentence for the operator.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>

namespace kinora::http {

struct Listener {
    int descriptor = -1;  // Close-on-exec, non-blocking; the receiver closes it.
    std::uint16_t port = 0;
    bool is_v6 = false;
};

// Binds and listens. A connection inherits TCP_NODELAY and keep-alive probes from the listener
// (Linux), which spares three calls each.
Result<Listener> open_listener(const std::string& address, std::uint16_t port);

}  // namespace kinora::http
