// unit/outbound/hostile_server.hpp: a server on loopback that answers as badly as a test asks.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace kinora::outbound {

// One client's connection, blocking.
class Visit {
public:
    explicit Visit(int descriptor) : descriptor_(descriptor) {}
    int descriptor() const { return descriptor_; }

    // The request's head; empty where the client left first.
    std::string read_head();
    // False where the client has gone.
    bool send(std::string_view bytes);
    // Waits until the client has gone, or so long; whether it has gone.
    bool wait_for_end(std::chrono::milliseconds patience = std::chrono::seconds(20));

private:
    int descriptor_;
};

class HostileServer {
public:
    using Script = std::function<void(Visit&)>;

    // Runs `script` for each connection, one after the other, on a thread of its own. `port` 0 is a
    // free one.
    explicit HostileServer(Script script, const char* address = "127.0.0.1",
                           std::uint16_t port = 0);
    // Reads the head and sends this.
    explicit HostileServer(std::string answer, const char* address = "127.0.0.1");
    ~HostileServer();
    HostileServer(const HostileServer&) = delete;

    std::uint16_t port() const { return port_; }
    // "http://<host>:<port><path>".
    std::string url(std::string_view host = "127.0.0.1", std::string_view path = "/") const;
    int visits() const { return visits_; }

private:
    void serve();

    Script script_;
    int listener_;
    std::uint16_t port_ = 0;
    std::atomic<int> visits_ = 0;
    std::atomic<bool> ending_ = false;
    std::thread thread_;
};

// A port of loopback where nobody listens, and nobody else can either.
class ClosedPort {
public:
    ClosedPort();
    ~ClosedPort();
    ClosedPort(const ClosedPort&) = delete;
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

private:
    int socket_;
    std::uint16_t port_ = 0;
};

// Two servers with the same port: one at 127.0.0.2, one at 127.0.0.1.
struct Neighbours {
    std::unique_ptr<HostileServer> outside;
    std::unique_ptr<HostileServer> inside;
};
Neighbours make_neighbours(const std::string& outside, const std::string& inside);

// A success with that body and its length.
std::string answer(std::string_view body, std::string_view headers = "");
std::string redirect(std::string_view location, int status = 302);

}  // namespace kinora::outbound
