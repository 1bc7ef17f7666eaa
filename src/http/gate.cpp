// http/gate.cpp: accepting, sweeping, stopping.
#include "http/gate.hpp"

#include "http/connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace kinora::http {
namespace {

constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr Milliseconds kPause{100};  // Of accepting, while there are no descriptors.
constexpr Milliseconds kSweep{250};
// Over the limit this many are still told so; more are closed without a word.
constexpr std::size_t kToldAtOnce = 256;

// Often enough for the shortest limit; tests have limits of milliseconds.
Milliseconds sweep_period(const ServerLimits& limits) {
    const auto shortest = std::min(
        {limits.header_time, limits.idle_time, limits.body_stall, limits.write_stall, 4 * kSweep});
    return std::max(shortest / 4, Milliseconds(5));
}

// Without a port; an IPv4 address that came through an IPv6 socket is written as IPv4.
std::string text_of(const sockaddr_storage& storage) {
    char text[INET6_ADDRSTRLEN] = {};
    if (storage.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(storage);
        ::inet_ntop(AF_INET, &v4.sin_addr, text, sizeof(text));
    } else {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(storage);
        if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
            ::inet_ntop(AF_INET, &v6.sin6_addr.s6_addr[12], text, sizeof(text));
        } else {
            ::inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof(text));
        }
    }
    return text;
}

}  // namespace

Gate::Gate(asio::io_context& io, std::shared_ptr<ServerState> state)
    : io_(io),
      state_(std::move(state)),
      strand_(asio::make_strand(io)),
      acceptor_(strand_),
      sweep_timer_(strand_),
      pause_timer_(strand_) {}

boost::system::error_code Gate::take(const Listener& listener) {
    protocol_ = listener.is_v6 ? asio::ip::tcp::v6() : asio::ip::tcp::v4();
    boost::system::error_code error;
    acceptor_.assign(protocol_, listener.descriptor, error);
    if (error) ::close(listener.descriptor);
    return error;
}

void Gate::spawn(const Strand& strand, Async<void> work) {
    auto state = state_;
    auto log_escape = [state](std::exception_ptr escaped) {
        if (!escaped) return;
        try {
            std::rethrow_exception(escaped);
        } catch (const std::exception& problem) {
            state->log.error("connection.failed", {{"what", problem.what()}});
        }
    };
    asio::co_spawn(strand, std::move(work), std::move(log_escape));
}

void Gate::start() {
    spawn(strand_, accept_all(shared_from_this()));
    spawn(strand_, sweep(shared_from_this()));
}

Async<void> Gate::accept_all(std::shared_ptr<Gate> self) {
    while (self->acceptor_.is_open()) {
        const auto [error] = co_await self->acceptor_.async_wait(Socket::wait_read, kAsTuple);
        if (error) continue;  // Closed, or it will be reported by accept.
        if (self->accept_some()) continue;
        self->pause_timer_.expires_after(kPause);
        co_await self->pause_timer_.async_wait(kAsTuple);
    }
}

bool Gate::accept_some() {
    constexpr int kAtOnce = 64;  // Then others have a turn.
    for (int i = 0; i < kAtOnce && acceptor_.is_open(); ++i) {
        sockaddr_storage storage{};
        socklen_t size = sizeof(storage);
        const int descriptor =
            ::accept4(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&storage), &size,
                      SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (descriptor >= 0) {
            welcome(descriptor, text_of(storage));
            continue;
        }
        switch (errno) {
            case EAGAIN:
                return true;
            case EMFILE:
            case ENFILE:
            case ENOBUFS:
            case ENOMEM:
                complain(errno);
                return false;
            default:
                continue;  // That client has gone again (accept(2), "Error handling").
        }
    }
    return true;
}

void Gate::complain(int error) {
    const auto now = state_->clock.steady();
    if (complained_at_ != SteadyPoint{} && now - complained_at_ < std::chrono::seconds(1)) return;
    complained_at_ = now;
    state_->log.error("connection.not_accepted", {{"reason", std::system_category().message(error)},
                                                  {"connections", state_->registry.size()}});
}

void Gate::welcome(int descriptor, std::string peer) {
    Socket socket(asio::make_strand(io_));
    boost::system::error_code error;
    socket.assign(protocol_, descriptor, error);
    if (error) {
        ::close(descriptor);
        complain(error.value());
        return;
    }
    const auto limit = state_->options.limits.connections;
    const auto count = state_->registry.size();
    if (count >= limit + kToldAtOnce) return;
    const auto how = count < limit ? Connection::Welcome::served : Connection::Welcome::refused;
    const auto strand = socket.get_executor();
    auto connection = std::make_shared<Connection>(state_, std::move(socket), std::move(peer), how);
    spawn(strand, Connection::run(std::move(connection)));
}

Async<void> Gate::sweep(std::shared_ptr<Gate> self) {
    const auto period = sweep_period(self->state_->options.limits);
    while (!self->state_->stopping || self->state_->registry.size() > 0) {
        self->sweep_timer_.expires_after(period);
        co_await self->sweep_timer_.async_wait(kAsTuple);
        const auto now = self->state_->clock.steady();
        const auto is_overdue = [now](const Connection& connection) {
            return connection.overdue(now);
        };
        for (const auto& connection : self->state_->registry.pick(is_overdue)) {
            connection->end_if_overdue();
        }
    }
}

void Gate::stop(std::function<void()> drained) {
    auto here = [self = shared_from_this(), drained = std::move(drained)]() mutable {
        self->stop_here(std::move(drained));
    };
    asio::post(strand_, std::move(here));
}

void Gate::stop_here(std::function<void()> drained) {
    if (drained) drained_.push_back(std::move(drained));
    if (!state_->stopping.exchange(true)) {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        pause_timer_.cancel();
        state_->registry.on_empty([weak = weak_from_this()] {
            const auto self = weak.lock();
            if (self) asio::post(self->strand_, [self] { self->tell_if_drained(); });
        });
        const auto every = [](const Connection&) { return true; };
        for (const auto& connection : state_->registry.pick(every)) connection->stop();
    }
    tell_if_drained();
}

void Gate::tell_if_drained() {
    if (state_->registry.size() > 0) return;
    sweep_timer_.cancel();
    for (auto& call : std::exchange(drained_, {})) call();
}

}  // namespace kinora::http
