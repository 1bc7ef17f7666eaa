// http/listener.cpp: socket, bind, listen, and what to say when one of them fails.
#include "http/listener.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>

namespace kinora::http {
namespace {

constexpr int kBacklog = 4096;  // Connections that wait while we accept others.
constexpr int kProbeAfter_s =
    60;  // Shorter than the NAT time-outs that end a silent, waiting call.

struct Place {
    sockaddr_storage storage{};
    socklen_t size = 0;
    bool is_v6 = false;
};

std::optional<Place> place_of(std::string text, std::uint16_t port) {
    if (text == "localhost") text = "127.0.0.1";
    if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
        text = text.substr(1, text.size() - 2);
    }
    Place place;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&place.storage);
    if (::inet_pton(AF_INET, text.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        place.size = sizeof(sockaddr_in);
        return place;
    }
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&place.storage);
    place.storage = {};
    if (::inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr) != 1) return std::nullopt;
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    place.size = sizeof(sockaddr_in6);
    place.is_v6 = true;
    return place;
}

Error refused(int error, const std::string& address, std::uint16_t port) {
    const bool bare_v6 = address.find(':') != std::string::npos && address.front() != '[';
    const auto where = (bare_v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
    const std::string detail = std::system_category().message(error);
    switch (error) {
        case EADDRINUSE:
            return {ErrorCode::unavailable,
                    where + " is in use by another program; choose another with --listen", detail};
        case EADDRNOTAVAIL:
            return {ErrorCode::bad_request,
                    address + " is not an address of this machine; choose another with --listen",
                    detail};
        case EACCES:
        case EPERM:
            return {ErrorCode::forbidden,
                    "listening on " + where +
                        " is not permitted; choose a port from 1024 up with --listen",
                    detail};
        case EAFNOSUPPORT:
            return {ErrorCode::bad_request,
                    "this machine has no IPv6; choose an IPv4 address with --listen", detail};
        default:
            return {ErrorCode::unavailable, "cannot listen on " + where + ": " + detail, detail};
    }
}

void set_option(int descriptor, int level, int name, int value) {
    ::setsockopt(descriptor, level, name, &value, sizeof(value));
}

std::uint16_t bound_port(int descriptor) {
    Place place;
    place.size = sizeof(place.storage);
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&place.storage), &place.size);
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&place.storage);
    return ntohs(v4->sin_port);  // At the same offset in sockaddr_in6.
}

}  // namespace

Result<Listener> open_listener(const std::string& address, std::uint16_t port) {
    const auto place = place_of(address, port);
    if (!place) {
        return Error(ErrorCode::bad_request,
                     "'" + address + "' is no IPv4 or IPv6 address; give one with --listen");
    }
    const int family = place->is_v6 ? AF_INET6 : AF_INET;
    const int descriptor = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return refused(errno, address, port);
    set_option(descriptor, SOL_SOCKET, SO_REUSEADDR,
               1);  // A restart binds while old calls fade out.
    set_option(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
    set_option(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
    set_option(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, kProbeAfter_s);
    const auto* where = reinterpret_cast<const sockaddr*>(&place->storage);
    if (::bind(descriptor, where, place->size) != 0 || ::listen(descriptor, kBacklog) != 0) {
        const int error = errno;
        ::close(descriptor);
        return refused(error, address, port);
    }
    return Listener{descriptor, bound_port(descriptor), place->is_v6};
}

}  // namespace kinora::http
