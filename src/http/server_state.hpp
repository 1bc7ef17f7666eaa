// http/server_state.hpp: what all connections of a server share.
#pragma once

#include "http/proxies.hpp"
#include "http/server.hpp"

#include <atomic>
#include <boost/intrusive/list.hpp>
#include <mutex>

namespace kinora::http {

class Connection;
using RegistryHook =
    boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::normal_link>>;

// Every open connection, for the sweep and for stopping. Safe from any thread.
class Registry {
public:
    void add(Connection& connection);
    void remove(Connection& connection);  // By the connection's destructor.
    std::size_t size() const;
    // Those that `wanted` picks, kept alive for the caller; `wanted` must not come back here.
    std::vector<std::shared_ptr<Connection>> pick(
        const std::function<bool(const Connection&)>& wanted) const;
    // Called, from any thread, whenever the last one has gone.
    void on_empty(std::function<void()> call);

private:
    mutable std::mutex mutex_;
    boost::intrusive::list<Connection, boost::intrusive::base_hook<RegistryHook>> list_;
    std::function<void()> on_empty_;
};

// A share of `bodies_bytes`, given back when it is destroyed.
class BodyShare {
public:
    explicit BodyShare(std::atomic<std::size_t>& held, std::size_t limit)
        : held_(held), limit_(limit) {}
    ~BodyShare() { release(); }
    BodyShare(const BodyShare&) = delete;
    BodyShare& operator=(const BodyShare&) = delete;
    // Makes the share at least `bytes` large; false where there is no room.
    bool grow_to(std::size_t bytes);
    void release();

private:
    std::atomic<std::size_t>& held_;
    std::size_t limit_;
    std::size_t mine_ = 0;
};

struct ServerState {
    ServerState(ServerOptions given_options, Proxies given_proxies, Router given_router,
                ErrorWriter given_errors, Log& given_log, Random& given_random,
                const Clock& given_clock);

    ServerOptions options;
    Proxies proxies;
    Router router;
    ErrorWriter errors;
    Log& log;
    Random& random;
    const Clock& clock;
    std::uint16_t port = 0;
    Registry registry;
    std::atomic<std::size_t> bodies_held{0};
    std::atomic<bool> stopping{false};
};

}  // namespace kinora::http
