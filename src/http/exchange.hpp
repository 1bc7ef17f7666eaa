// http/exchange.hpp: one request on its way through the server, as the handler sees it.
#pragma once

#include "http/client_watch.hpp"
#include "http/server_state.hpp"
#include "http/text_body.hpp"
#include "http/wire.hpp"

#include <boost/beast/http/parser.hpp>

namespace kinora::http {

// An error that the server itself answers with. `status` replaces the one that the ErrorWriter
// chose where the code is too coarse (431, 501); 0 keeps it.
struct Refusal {
    Error error;
    int status = 0;
};

class Exchange final : public Request {
public:
    Exchange(Wire& wire, ServerState& state);
    ~Exchange() override { stop_watching(); }
    Exchange(const Exchange&) = delete;

    std::string_view header(std::string_view name) const override;
    Async<Result<std::string>> body() override;
    Async<Result<std::string>> body_piece() override;
    void body_released() override { share_.release(); }
    std::shared_ptr<Presence> presence() override;
    // Nobody watches the client any more. Before an answer of one piece, and before this ends.
    void stop_watching();
    // Before one that comes bit by bit.
    void watch_answering();

    enum class Head { more, whole, refused };
    // Parses what the wire has received so far.
    Head feed_head();
    // Fills the public fields from a whole head. Where it is none we can serve, refusal() says why.
    bool accept_head(const std::string& peer, bool peer_trusted);
    const std::optional<Refusal>& refusal() const { return refusal_; }
    void refuse(Refusal refusal) { refusal_ = std::move(refusal); }

    void limit_body(std::size_t bytes) { body_limit_bytes_ = bytes; }
    bool body_complete() const { return refusal_ ? false : parser_.is_done(); }
    // Whether the rest of the body is so little that reading it is cheaper than a new connection.
    bool is_rest_small() const;
    Async<bool> discard_rest();
    bool keeps_alive() const { return !refusal_ && parser_.keep_alive(); }
    bool is_http_1_0() const { return parser_.get().version() == 10; }

private:
    using Parser = boost::beast::http::request_parser<TextBody>;
    std::optional<Refusal> check_fields() const;
    std::string reached_url(std::string_view authority, bool peer_trusted) const;
    std::string all_of(std::string_view name) const;
    bool waits_for_continue() const;
    // What can be told before a byte of the body has come.
    std::optional<Error> begin_body();
    // Parses what there is of the body; an error where it cannot go on.
    std::optional<Error> feed_body();
    // Waits for more of it, and asks for it where the client waits for that.
    Async<std::optional<Error>> receive_body(std::size_t room_bytes);
    void end_body();
    SteadyPoint body_deadline() const;

    Wire& wire_;
    ServerState& state_;
    Parser parser_;
    BodyShare share_;
    std::optional<Refusal> refusal_;
    std::size_t head_bytes_ = 0;
    std::size_t body_limit_bytes_ = 0;
    bool continued_ = false;  // "100 Continue" has been sent.
    bool body_failed_ = false;
    SteadyPoint body_began_{};
    std::size_t body_taken_bytes_ = 0;  // By body_piece().
    std::optional<SteadyPoint> piece_taken_at_;
    std::shared_ptr<ClientWatch> watch_;  // Shared with who asks for it.
};

}  // namespace kinora::http
