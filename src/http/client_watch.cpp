#include "http/client_watch.hpp"

#include "http/head.hpp"

#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>

namespace kinora::http {
namespace {

using namespace std::chrono_literals;

// A round trip round the world, and a packet lost.
constexpr auto kProbePatience = 2s;
constexpr auto kProbeStep = 5ms;
// An answer that comes bit by bit has sent something by then.
constexpr auto kPieceComes = 600ms;

::tcp_info facts_of(Socket& socket) {
    ::tcp_info info{};
    socklen_t size = sizeof(info);
    const bool known =
        ::getsockopt(socket.native_handle(), IPPROTO_TCP, TCP_INFO, &info, &size) == 0;
    if (!known) info.tcpi_state = TCP_CLOSE;
    return info;
}

// Bytes that the client's kernel has not taken yet (tcp(7), SIOCOUTQ).
int bytes_under_way(Socket& socket) {
    int bytes = 0;
    return ::ioctl(socket.native_handle(), SIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

}  // namespace

ClientWatch::State ClientWatch::look() const {
    if (gone_) return State::gone;
    const std::lock_guard lock(mutex_);
    if (wire_ == nullptr) return State::there;
    switch (facts_of(wire_->socket()).tcpi_state) {
        case TCP_CLOSE:
            return State::gone;
        case TCP_CLOSE_WAIT:
            return State::shut;
        default:
            return State::there;
    }
}

void ClientWatch::start() {
    wait_for(Socket::wait_read);
}

void ClientWatch::stop() {
    if (wire_ == nullptr) return;
    boost::system::error_code ignored;
    wire_->socket().cancel(ignored);
    const std::lock_guard lock(mutex_);
    wire_ = nullptr;
    call_ = nullptr;
}

void ClientWatch::wait_for(Socket::wait_type what) {
    auto wake = [self = shared_from_this()](const boost::system::error_code& error) {
        if (!error && self->wire_ != nullptr) self->woken();
    };
    wire_->socket().async_wait(what, std::move(wake));
}

void ClientWatch::woken() {
    const auto state = look();
    if (state == State::gone) return end();
    if (state == State::shut && !answering_ && !wire_->begin_answer(kHeadStart)) return end();
    // What can be read now could be read for ever: a next request, or the end. An error is next.
    wait_for(Socket::wait_error);
}

void ClientWatch::end() {
    gone_ = true;
    if (const auto call = std::exchange(call_, nullptr)) call();
}

void ClientWatch::on_gone(std::function<void()> call) {
    auto set = [self = shared_from_this(), call = std::move(call)]() mutable {
        if (self->gone_) {
            if (call) call();
        } else {
            self->call_ = std::move(call);
        }
    };
    asio::dispatch(strand_, std::move(set));
}

Async<bool> ClientWatch::is_gone() {
    auto self = shared_from_this();
    co_return co_await asio::co_spawn(strand_, probe(std::move(self)), asio::use_awaitable);
}

Async<bool> ClientWatch::probe(std::shared_ptr<ClientWatch> self) {
    asio::steady_timer timer(self->strand_);
    const auto began = std::chrono::steady_clock::now();
    const auto until = began + kProbePatience;
    for (;;) {
        const auto state = self->look();
        if (state == State::gone) {
            if (!self->gone_) self->end();
            co_return true;
        }
        if (state == State::there) co_return false;
        if (!self->answering_ && !self->wire_->begin_answer(kHeadStart)) {
            self->end();
            co_return true;
        }
        // Its kernel has taken the bytes for somebody who reads.
        const bool taken = bytes_under_way(self->wire_->socket()) == 0;
        if (taken && !self->answering_) co_return false;
        if (self->answering_ && std::chrono::steady_clock::now() >= began + kPieceComes)
            co_return false;
        if (std::chrono::steady_clock::now() >= until) co_return false;
        timer.expires_after(kProbeStep);
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

}  // namespace kinora::http
