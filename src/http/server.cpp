// http/server.cpp: opens a server and hands its life to the gate.
#include "http/server.hpp"

#include "http/gate.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>

namespace kinora::http {
namespace {

class GateServer final : public Server {
public:
    GateServer(std::shared_ptr<ServerState> state, std::shared_ptr<Gate> gate)
        : state_(std::move(state)), gate_(std::move(gate)) {}
    ~GateServer() override { gate_->stop({}); }

    void start() override { gate_->start(); }
    std::uint16_t port() const override { return state_->port; }
    std::size_t connection_count() const override { return state_->registry.size(); }
    void stop(std::function<void()> drained) override { gate_->stop(std::move(drained)); }

private:
    std::shared_ptr<ServerState> state_;
    std::shared_ptr<Gate> gate_;
};

// A tenth of the descriptors, and some, stay for the database, files and workers.
std::size_t affordable(std::size_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return wanted;
    const auto allowed = static_cast<std::size_t>(limit.rlim_cur);
    const auto kept = allowed / 10 + 64;
    return std::min(wanted, allowed > kept + 16 ? allowed - kept : 16);
}

// sendfile(2) has no flag against SIGPIPE, which would end the program when a client goes away.
void ignore_broken_pipes() {
    struct sigaction present {};
    if (::sigaction(SIGPIPE, nullptr, &present) != 0 || present.sa_handler != SIG_DFL) return;
    std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace

Result<std::unique_ptr<Server>> Server::open(asio::io_context& io, ServerOptions options,
                                             Router router, ErrorWriter errors, Log& log,
                                             Random& random, const Clock& clock) {
    auto proxies = Proxies::parse(options.trusted_proxies);
    if (!proxies) return proxies.error();
    const auto listener = open_listener(options.address, options.port);
    if (!listener) return listener.error();

    options.limits.connections = affordable(options.limits.connections);
    while (!options.public_url.empty() && options.public_url.back() == '/')
        options.public_url.pop_back();
    auto state =
        std::make_shared<ServerState>(std::move(options), std::move(*proxies), std::move(router),
                                      std::move(errors), log, random, clock);
    state->port = listener->port;
    auto gate = std::make_shared<Gate>(io, state);
    const auto error = gate->take(*listener);
    if (error) return Error(ErrorCode::unavailable, "cannot watch the port: " + error.message());
    ignore_broken_pipes();
    std::unique_ptr<Server> server =
        std::make_unique<GateServer>(std::move(state), std::move(gate));
    return server;
}

}  // namespace kinora::http
