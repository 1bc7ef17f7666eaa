// http/server.hpp: HTTP/1.1 on a TCP port.
//
// Every connection is one coroutine on a strand of its own; a call that waits costs memory, not a
// thread. Everything has a limit and a deadline.
#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "http/router.hpp"

#include <boost/asio/io_context.hpp>
#include <functional>
#include <optional>
#include <string>

namespace kinora::http {

struct ServerLimits {
    std::size_t header_bytes = 16 * 1024;
    // From the first byte of a request to the end of its headers.
    Milliseconds header_time{15'000};
    Milliseconds idle_time{75'000};  // Of a kept-alive connection between requests.
    // Longest silence inside a body, and its lowest average in bytes a second, which counts after
    // that time.
    Milliseconds body_stall{20'000};
    std::size_t body_rate_min = 4096;
    // Longest time in which a client takes nothing of its answer.
    Milliseconds write_stall{30'000};
    // More are answered 503 at once; lowered to what ulimit allows.
    std::size_t connections = 60'000;
    std::size_t bodies_bytes = 512 * 1024 * 1024;  // All bodies being held together; over it, 503.
};

struct ServerOptions {
    std::string address = "127.0.0.1";  // IPv4 or IPv6 literal, or "localhost".
    std::uint16_t port = 8080;          // 0: any free one.
    std::string public_url;             // Where it is set, the base_url of every request.
    // Addresses or networks ("10.0.0.0/8") whose X-Forwarded-For, -Proto and -Host count.
    std::vector<std::string> trusted_proxies;
    ServerLimits limits;
    // What a handler threw as an error for the caller; nothing: 500, and the log has it.
    std::function<std::optional<Error>(const std::exception&)> translate;
    // Asked where no route knows the path; nothing: the 404 of the ErrorWriter.
    std::function<std::optional<Response>(const Request&)> otherwise;
};

// Words the errors that the server itself has to answer with (400, 404, 405, 408, 413, 431, 500,
// 503) in the API's envelope.
using ErrorWriter = std::function<Response(const Error&, const TraceId&)>;

class Server {
public:
    virtual ~Server() = default;

    // Binds and listens; nothing is accepted before start(). Fails with a sentence for the
    // operator: the port is in use, the address is not this machine's, not permitted. Makes the
    // process ignore SIGPIPE. Everything given by reference outlives `io`'s work.
    static Result<std::unique_ptr<Server>> open(asio::io_context& io, ServerOptions options,
                                                Router router, ErrorWriter errors, Log& log,
                                                Random& random, const Clock& clock);
    virtual void start() = 0;
    virtual std::uint16_t port() const = 0;
    virtual std::size_t connection_count() const = 0;

    // Closes the listening socket and idle connections; those with a request in flight end after
    // their answer ("Connection: close"). Safe from any thread; `drained` runs once when none is
    // left.
    virtual void stop(std::function<void()> drained) = 0;
};

}  // namespace kinora::http
