// http/gate.hpp: lets connections in, watches their deadlines, and closes for the night.
#pragma once

#include "http/listener.hpp"
#include "http/server_state.hpp"
#include "http/wire.hpp"

#include <boost/asio/steady_timer.hpp>
#include <string>

namespace kinora::http {

// Everything private runs on the gate's own strand.
class Gate final : public std::enable_shared_from_this<Gate> {
public:
    Gate(asio::io_context& io, std::shared_ptr<ServerState> state);
    // Takes the listener's descriptor.
    boost::system::error_code take(const Listener& listener);
    void start();
    void stop(std::function<void()> drained);

private:
    static Async<void> accept_all(std::shared_ptr<Gate> self);
    static Async<void> sweep(std::shared_ptr<Gate> self);
    // Accepts what is waiting; false where the machine has no room for more just now.
    bool accept_some();
    void welcome(int descriptor, std::string peer);
    void complain(int error);
    void stop_here(std::function<void()> drained);
    void tell_if_drained();
    void spawn(const Strand& strand, Async<void> work);

    asio::io_context& io_;
    std::shared_ptr<ServerState> state_;
    Strand strand_;
    asio::basic_socket_acceptor<asio::ip::tcp, Strand> acceptor_;
    asio::basic_waitable_timer<std::chrono::steady_clock,
                               asio::wait_traits<std::chrono::steady_clock>, Strand>
        sweep_timer_;
    asio::basic_waitable_timer<std::chrono::steady_clock,
                               asio::wait_traits<std::chrono::steady_clock>, Strand>
        pause_timer_;
    asio::ip::tcp protocol_ = asio::ip::tcp::v4();
    SteadyPoint complained_at_{};
    std::vector<std::function<void()>> drained_;
};

}  // namespace kinora::http
