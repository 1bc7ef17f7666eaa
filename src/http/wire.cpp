// http/wire.cpp: non-blocking system calls between waits for readiness.
//
// A small request costs one wait, one recv and one sendmsg: most answers go out without suspending.
#include "http/wire.hpp"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>

namespace kinora::http {
namespace {

constexpr std::uint64_t kFilePiece_bytes = 256 * 1024;
// Two pieces: the disk reads one while the socket takes the other.
constexpr std::uint64_t kReadAhead_bytes = 2 * kFilePiece_bytes;

bool would_block(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

void Wire::expect_by(SteadyPoint deadline) {
    late_ = false;
    deadline_.store(deadline.time_since_epoch().count(), std::memory_order_relaxed);
}

bool Wire::overdue(SteadyPoint now) const {
    const auto deadline = deadline_.load(std::memory_order_relaxed);
    return deadline != kNever && now.time_since_epoch().count() > deadline;
}

void Wire::end_if_overdue() {
    if (!overdue(clock_.steady())) return;
    late_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Wire::interrupt() {
    cut_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Wire::release_input() {
    if (input_.size() != 0) return;
    input_.clear();
    input_.shrink_to_fit();
}

Async<Got> Wire::receive(std::size_t room_bytes) {
    while (!ended()) {
        const auto [error] = co_await socket_.async_wait(Socket::wait_read, kAsTuple);
        if (ended()) break;
        if (error) co_return Got::lost;
        const auto room = input_.prepare(room_bytes);
        const auto size = ::recv(socket_.native_handle(), room.data(), room.size(), MSG_DONTWAIT);
        if (size > 0) {
            input_.commit(static_cast<std::size_t>(size));
            co_return Got::data;
        }
        if (size == 0) co_return Got::end;
        if (!would_block(errno)) co_return Got::lost;
    }
    co_return reason_of_end();
}

Async<Got> Wire::discard() {
    while (!ended()) {
        const auto [error] = co_await socket_.async_wait(Socket::wait_read, kAsTuple);
        if (ended()) break;
        if (error) co_return Got::lost;
        // MSG_TRUNC throws the bytes away inside the kernel (tcp(7)).
        constexpr std::size_t kPiece_bytes = 1024 * 1024;
        const auto size =
            ::recv(socket_.native_handle(), nullptr, kPiece_bytes, MSG_DONTWAIT | MSG_TRUNC);
        if (size > 0) co_return Got::data;
        if (size == 0) co_return Got::end;
        if (!would_block(errno)) co_return Got::lost;
    }
    co_return reason_of_end();
}

bool Wire::send_now(Pieces& pieces) {
    while (!is_empty(pieces)) {
        std::array<iovec, 2> parts{};
        for (std::size_t i = 0; i < parts.size(); ++i) {
            parts[i] = {const_cast<char*>(pieces[i].data()), pieces[i].size()};
        }
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        const auto sent = ::sendmsg(socket_.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0) return would_block(errno);
        auto left = static_cast<std::size_t>(sent);
        for (auto& piece : pieces) {
            const auto taken = std::min(left, piece.size());
            piece.remove_prefix(taken);
            left -= taken;
        }
    }
    return true;
}

bool Wire::begin_answer(std::string_view bytes) {
    const auto rest = bytes.substr(std::min(answer_begun_, bytes.size()));
    if (rest.empty()) return true;
    const auto sent =
        ::send(socket_.native_handle(), rest.data(), rest.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0) return would_block(errno);
    answer_begun_ += static_cast<std::size_t>(sent);
    return true;
}

Async<bool> Wire::send(Pieces pieces, Milliseconds stall) {
    expect_within(stall);
    while (!ended()) {
        const auto before = pieces[0].size() + pieces[1].size();
        if (!send_now(pieces)) co_return false;
        if (is_empty(pieces)) co_return true;
        if (pieces[0].size() + pieces[1].size() != before) expect_within(stall);
        const auto [error] = co_await socket_.async_wait(Socket::wait_write, kAsTuple);
        if (error) co_return false;
    }
    co_return false;
}

Async<bool> Wire::send_file(int file, std::uint64_t offset, std::uint64_t size_bytes,
                            Milliseconds stall) {
    expect_within(stall);
    auto at = static_cast<off_t>(offset);
    auto left = size_bytes;
    while (left > 0 && !ended()) {
        ::posix_fadvise(file, at, static_cast<off_t>(std::min(left, kReadAhead_bytes)),
                        POSIX_FADV_WILLNEED);
        const auto [error] = co_await socket_.async_wait(Socket::wait_write, kAsTuple);
        if (error || ended()) co_return false;
        const auto piece = static_cast<std::size_t>(std::min(left, kFilePiece_bytes));
        const auto sent = ::sendfile(socket_.native_handle(), file, &at, piece);
        if (sent == 0) co_return false;  // The file is shorter than was promised.
        if (sent < 0 && !would_block(errno)) co_return false;
        if (sent > 0) {
            left -= static_cast<std::uint64_t>(sent);
            expect_within(stall);
        }
    }
    co_return left == 0;
}

void Wire::shut_sending() {
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
}

void Wire::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

}  // namespace kinora::http
