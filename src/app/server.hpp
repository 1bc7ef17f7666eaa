// app/server.hpp: the API process, every part built once and in order.
#pragma once

#include "accounts/owner.hpp"
#include "app/config.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "http/router.hpp"

#include <cstdint>
#include <memory>

namespace kinora::app {

class Server {
public:
    virtual ~Server() = default;

    // Takes the data folder, opens the database, binds the port and makes the owner; starts
    // nothing. Fails with a sentence for the operator. `log` must outlive the server.
    static Result<std::unique_ptr<Server>> open(Config config, Log& log);

    // Starts the workers and accepts calls, on threads of its own.
    virtual void start() = 0;
    // No new work; waiting callers are answered 503; workers give their leases back; at most 10 s.
    // Blocks; called once.
    virtual void stop() = 0;

    virtual std::uint16_t port() const = 0;
    virtual const accounts::Owner& owner() const = 0;
    // What the configuration has become: a free port is a real one.
    virtual const Config& config() const = 0;
    // All of the API that it answers, by pattern: the console's pages are not among them.
    virtual const std::vector<std::pair<http::Method, std::string>>& routes() const = 0;
    // Calls that wait for the end of a task.
    virtual std::size_t waiting_count() const = 0;
};

}  // namespace kinora::app
