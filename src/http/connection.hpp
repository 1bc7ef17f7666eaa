// http/connection.hpp: one client, from its first byte to its last: requests read, routed and
// answered in order.
#pragma once

#include "http/exchange.hpp"
#include "http/server_state.hpp"
#include "http/wire.hpp"

namespace kinora::http {

class Connection final : public std::enable_shared_from_this<Connection>, public RegistryHook {
public:
    enum class Welcome { served, refused };  // Refused: over the number of connections.

    Connection(std::shared_ptr<ServerState> state, Socket socket, std::string peer,
               Welcome welcome);
    ~Connection();

    // Serves until either side ends it. Spawned on the socket's strand.
    static Async<void> run(std::shared_ptr<Connection> self);

    // These three are safe from any thread.
    bool overdue(SteadyPoint now) const { return wire_.overdue(now); }
    void end_if_overdue();
    // Ends an idle connection at once and hurries one that lingers; others end after their answer.
    void stop();

private:
    enum class Phase { idle, busy, lingering };
    enum class Next { request, close, linger };

    Async<Next> serve_one();
    // True: a head, whole or refused, is there to be answered. False: the client has gone.
    Async<bool> read_head(Exchange& exchange);
    Async<Response> respond(Exchange& exchange);
    Async<Response> call_handler(const Route& route, Exchange& exchange);
    Response refused(const Exchange& exchange, const Refusal& refusal) const;
    Async<Next> answer(Exchange& exchange, Response response);
    Async<bool> send(const Exchange& exchange, const Response& response, std::string head);
    Async<bool> send_stream(std::shared_ptr<BodyStream> stream, bool chunked);
    Async<void> linger();
    void note(const Exchange& exchange, int status) const;

    std::shared_ptr<ServerState> state_;
    Wire wire_;
    std::string peer_;
    bool peer_trusted_;
    Welcome welcome_;
    Phase phase_ = Phase::idle;
    Origins origins_ = Origins::same;  // Of the present exchange.
    bool first_ = true;
};

}  // namespace kinora::http
