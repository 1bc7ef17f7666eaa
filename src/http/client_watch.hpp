// http/client_watch.hpp: finds out that a client has gone while its answer is being made.
//
// A reset is an error of the socket. A client that closes its socket says no more than one that
// shuts down its sending side and listens; so the first bytes of the answer are sent, and the
// kernel of a client that has closed answers those with a reset. Everything but is_gone() and
// on_gone() runs on the connection's strand.
#pragma once

#include "http/message.hpp"
#include "http/wire.hpp"

#include <atomic>
#include <mutex>

namespace kinora::http {

class ClientWatch final : public Presence, public std::enable_shared_from_this<ClientWatch> {
public:
    // The wire outlives the watch's last use of it: stop() comes first.
    explicit ClientWatch(Wire& wire) : wire_(&wire), strand_(wire.socket().get_executor()) {}

    void start();
    // The answer goes out bit by bit: what it sends tells as well, and nothing else may.
    void let_answer() { answering_ = true; }
    // The answer is there: the socket belongs to it again.
    void stop();

    void on_gone(std::function<void()> call) override;
    Async<bool> is_gone() override;
    bool seems_there() const override { return look() == State::there; }

private:
    enum class State { there, shut, gone };  // Shut: the client sends no more.
    State look() const;
    void wait_for(Socket::wait_type what);
    void woken();
    void end();
    static Async<bool> probe(std::shared_ptr<ClientWatch> self);

    mutable std::mutex mutex_;  // For seems_there() against stop().
    Wire* wire_;                // Null after stop().
    Strand strand_;
    bool answering_ = false;
    std::atomic<bool> gone_ = false;
    std::function<void()> call_;
};

}  // namespace kinora::http
