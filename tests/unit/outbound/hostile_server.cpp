// unit/outbound/hostile_server.cpp: plain sockets, for a library would not misbehave.
#include "unit/outbound/hostile_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace kinora::outbound {
namespace {

void check(int result, const char* doing) {
    if (result < 0) throw std::system_error(errno, std::system_category(), doing);
}

sockaddr* generic(sockaddr_in& address) {
    return reinterpret_cast<sockaddr*>(&address);
}

// Binds and says which port it became.
std::uint16_t bind_to(int descriptor, const char* address, std::uint16_t port) {
    const int on = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_port = htons(port);
    ::inet_pton(AF_INET, address, &here.sin_addr);
    check(::bind(descriptor, generic(here), sizeof here), "bind");
    socklen_t size = sizeof here;
    check(::getsockname(descriptor, generic(here), &size), "getsockname");
    return ntohs(here.sin_port);
}

bool wait_readable(int descriptor, std::chrono::milliseconds patience) {
    pollfd waits{descriptor, POLLIN, 0};
    return ::poll(&waits, 1, static_cast<int>(patience.count())) > 0;
}

}  // namespace

std::string Visit::read_head() {
    std::string head;
    std::array<char, 4096> buffer{};
    while (head.find("\r\n\r\n") == std::string::npos) {
        const auto size = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
        if (size <= 0) return {};
        head.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return head;
}

bool Visit::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Visit::wait_for_end(std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (wait_readable(descriptor_, patience)) {
        char byte = 0;
        if (::recv(descriptor_, &byte, 1, 0) <= 0) return true;
        if (std::chrono::steady_clock::now() >= deadline) break;
    }
    return false;
}

HostileServer::HostileServer(Script script, const char* address, std::uint16_t port)
    : script_(std::move(script)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    check(listener_, "socket");
    port_ = bind_to(listener_, address, port);
    check(::listen(listener_, 16), "listen");
    thread_ = std::thread([this] { serve(); });
}

HostileServer::HostileServer(std::string answer, const char* address)
    : HostileServer(
          [answer = std::move(answer)](Visit& visit) {
              visit.read_head();
              visit.send(answer);
          },
          address) {}

HostileServer::~HostileServer() {
    ending_ = true;
    ::shutdown(listener_, SHUT_RDWR);  // Wakes accept().
    thread_.join();
    ::close(listener_);
}

void HostileServer::serve() {
    while (!ending_) {
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        ++visits_;
        Visit visit(client);
        script_(visit);
        ::shutdown(client, SHUT_WR);
        visit.wait_for_end(std::chrono::seconds(5));  // A close with bytes unread would reset.
        ::close(client);
    }
}

std::string HostileServer::url(std::string_view host, std::string_view path) const {
    return "http://" + std::string(host) + ":" + std::to_string(port_) + std::string(path);
}

ClosedPort::ClosedPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    check(socket_, "socket");
    port_ = bind_to(socket_, "127.0.0.1", 0);
}

ClosedPort::~ClosedPort() {
    ::close(socket_);
}

Neighbours make_neighbours(const std::string& outside, const std::string& inside) {
    const auto says = [](const std::string& text) {
        return [text](Visit& visit) {
            visit.read_head();
            visit.send(text);
        };
    };
    for (int tries_left = 20;; --tries_left) {
        Neighbours pair;
        pair.outside = std::make_unique<HostileServer>(says(outside), "127.0.0.2");
        try {
            pair.inside =
                std::make_unique<HostileServer>(says(inside), "127.0.0.1", pair.outside->port());
            return pair;
        } catch (const std::system_error&) {
            if (tries_left == 0) throw;  // Else somebody has that port there.
        }
    }
}

std::string answer(std::string_view body, std::string_view headers) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string(headers) + "\r\n" + std::string(body);
}

std::string redirect(std::string_view location, int status) {
    return "HTTP/1.1 " + std::to_string(status) + " Moved\r\nLocation: " + std::string(location) +
           "\r\nContent-Length: 0\r\n\r\n";
}

}  // namespace kinora::outbound
