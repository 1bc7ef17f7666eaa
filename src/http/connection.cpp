// http/connection.cpp: the loop of a connection.
#include "http/connection.hpp"

#include "http/cors.hpp"
#include "http/head.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace kinora::http {
namespace {

// As nginx does: long enough for a client that is still sending to come round to reading its
// answer.
constexpr Milliseconds kLingerTotal{30'000};
constexpr Milliseconds kLingerSilence{5'000};
constexpr Milliseconds kLingerWhenStopping{1'000};

constexpr std::size_t kHeadRoom_bytes = 4096;

bool has_header(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](const auto& header) { return header.first == name; });
}

}  // namespace

Connection::Connection(std::shared_ptr<ServerState> state, Socket socket, std::string peer,
                       Welcome welcome)
    : state_(std::move(state)),
      wire_(std::move(socket), state_->clock),
      peer_(std::move(peer)),
      peer_trusted_(state_->proxies.trusts(peer_)),
      welcome_(welcome) {
    state_->registry.add(*this);
}

Connection::~Connection() {
    wire_.close();
    state_->registry.remove(*this);
}

void Connection::end_if_overdue() {
    auto end = [self = shared_from_this()] { self->wire_.end_if_overdue(); };
    asio::post(wire_.socket().get_executor(), std::move(end));
}

void Connection::stop() {
    auto end = [self = shared_from_this()] {
        if (self->phase_ == Phase::idle) self->wire_.interrupt();
        if (self->phase_ == Phase::lingering) self->wire_.expect_within(kLingerWhenStopping);
    };
    asio::post(wire_.socket().get_executor(), std::move(end));
}

Async<void> Connection::run(std::shared_ptr<Connection> self) {
    auto next = Next::request;
    while (next == Next::request) {
        next = co_await self->serve_one();
        self->first_ = false;
    }
    if (next == Next::linger) co_await self->linger();
    self->wire_.close();
}

Async<Connection::Next> Connection::serve_one() {
    Exchange exchange(wire_, *state_);
    const bool is_there = co_await read_head(exchange);
    if (!is_there) co_return Next::close;
    phase_ = Phase::busy;
    origins_ = Origins::same;
    wire_.expect_nothing();
    exchange.trace_id = TraceId::make(state_->random);
    auto response = co_await respond(exchange);
    co_return co_await answer(exchange, std::move(response));
}

Async<bool> Connection::read_head(Exchange& exchange) {
    const auto& limits = state_->options.limits;
    phase_ = Phase::idle;
    bool begun = false;
    // A new client has a request to send; only one that has been served may rest.
    wire_.expect_within(first_ ? limits.header_time : limits.idle_time);
    while (true) {
        if (wire_.input().size() > 0) {
            if (!begun) exchange.received_at = state_->clock.steady();
            const auto head = exchange.feed_head();
            if (head != Exchange::Head::more) co_return true;
            if (!begun) wire_.expect_by(exchange.received_at + limits.header_time);
            begun = true;
        }
        if (state_->stopping.load(std::memory_order_relaxed)) co_return false;
        wire_.release_input();
        const auto got = co_await wire_.receive(kHeadRoom_bytes);
        if (got == Got::late && begun) {
            exchange.refuse({Error(ErrorCode::request_timeout, "The request came too slowly.")});
            co_return true;
        }
        if (got != Got::data) co_return false;
    }
}

Async<Response> Connection::respond(Exchange& exchange) {
    if (!exchange.refusal() && exchange.accept_head(peer_, peer_trusted_)) {
        wire_.release_input();
        if (welcome_ == Welcome::refused) {
            const Error full(ErrorCode::unavailable,
                             "The server has too many connections; try again.");
            auto response = state_->errors(full, exchange.trace_id);
            response.close = true;
            co_return response;
        }
        auto match = state_->router.find(exchange.method, exchange.path);
        origins_ = match.origins;
        const bool is_options = exchange.method == Method::options;
        const bool is_preflight = match.origins == Origins::any &&
                                  !exchange.header("Access-Control-Request-Method").empty();
        if (is_options && exchange.path == "*") co_return Response::empty(204);
        if (is_options && match.path_known && (match.route == nullptr || is_preflight)) {
            co_return answer_options(exchange, match);
        }
        if (match.route != nullptr) {
            exchange.parameters = std::move(match.parameters);
            exchange.limit_body(match.route->body_limit_bytes);
            co_return co_await call_handler(*match.route, exchange);
        }
        if (!match.path_known) {
            if (state_->options.otherwise) {
                auto response = state_->options.otherwise(exchange);
                if (response) co_return std::move(*response);
            }
            co_return state_->errors(
                Error(ErrorCode::no_api, "There is nothing at " + exchange.path + "."),
                exchange.trace_id);
        }
        const auto allowed = allow_list(match.allowed);
        const Error error(ErrorCode::method_not_allowed, exchange.path + " takes " + allowed + ".");
        auto response = state_->errors(error, exchange.trace_id);
        response.set("Allow", allowed);
        co_return response;
    }
    co_return refused(exchange, *exchange.refusal());
}

Async<Response> Connection::call_handler(const Route& route, Exchange& exchange) {
    std::string what;
    std::optional<Error> known;
    try {
        co_return co_await route.handler(exchange);
    } catch (const std::exception& problem) {
        what = problem.what();
        if (state_->options.translate) known = state_->options.translate(problem);
    } catch (...) {
        what = "an exception of unknown type";
    }
    state_->log.error(known ? "request.put_off" : "request.failed",
                      {{"trace", exchange.trace_id.str()},
                       {"method", name_of(exchange.method)},
                       {"path", exchange.path},
                       {"what", what}});
    if (known) co_return state_->errors(*known, exchange.trace_id);
    const Error error(ErrorCode::api_error, "The server failed; its log knows the trace id.", what);
    co_return state_->errors(error, exchange.trace_id);
}

Response Connection::refused(const Exchange& exchange, const Refusal& refusal) const {
    auto response = state_->errors(refusal.error, exchange.trace_id);
    if (refusal.status != 0) response.status = refusal.status;
    response.close = true;
    return response;
}

Async<Connection::Next> Connection::answer(Exchange& exchange, Response response) {
    is_stream(response) ? exchange.watch_answering() : exchange.stop_watching();
    const bool body_left = !exchange.body_complete();
    const bool rest_small = body_left && exchange.is_rest_small();
    const bool close = response.close || !exchange.keeps_alive() || (body_left && !rest_small) ||
                       state_->stopping.load(std::memory_order_relaxed) ||
                       (is_stream(response) && exchange.is_http_1_0());
    if (response.status == 503 && !has_header(response, "Retry-After"))
        response.set("Retry-After", "1");

    HeadFacts facts{exchange.trace_id, state_->clock.now(), origins_};
    facts.close = close;
    facts.confirm_keep = !close && exchange.is_http_1_0();
    facts.chunked = is_stream(response) && !exchange.is_http_1_0();
    const bool sent = co_await send(exchange, response, render_head(response, facts));
    wire_.expect_nothing();
    wire_.answer_ended();
    exchange.stop_watching();
    if (response.sent) response.sent(sent);
    note(exchange, response.status);
    if (!sent) co_return Next::close;
    if (close) {
        const bool more_may_come = body_left || wire_.input().size() > 0;
        co_return more_may_come ? Next::linger : Next::close;
    }
    if (!body_left) co_return Next::request;
    const bool whole = co_await exchange.discard_rest();
    co_return whole ? Next::request : Next::close;
}

Async<bool> Connection::send(const Exchange& exchange, const Response& response, std::string head) {
    const auto stall = state_->options.limits.write_stall;
    const bool bare = exchange.method == Method::head || !may_have_body(response.status);
    const auto* file = std::get_if<std::shared_ptr<OwnedFile>>(&response.body);
    const auto* text = std::get_if<std::string>(&response.body);
    Wire::Pieces pieces{head, text != nullptr && !bare ? std::string_view(*text) : ""};
    pieces[0].remove_prefix(wire_.answer_begun());
    if (!wire_.send_now(pieces)) co_return false;
    if (!Wire::is_empty(pieces)) {
        const bool sent = co_await wire_.send(pieces, stall);
        if (!sent) co_return false;
    }
    if (bare) co_return true;
    if (const auto* stream = std::get_if<std::shared_ptr<BodyStream>>(&response.body)) {
        co_return co_await send_stream(*stream, !exchange.is_http_1_0());
    }
    if (file == nullptr || *file == nullptr) co_return true;
    const auto part = (*file)->get();
    co_return co_await wire_.send_file(part.descriptor, part.offset, part.size_bytes, stall);
}

// A chunk each (RFC 9112, section 7.1), or the bytes as they are. What a stream throws ends the
// connection, for its head has gone out: the client sees that the end is missing.
Async<bool> Connection::send_stream(std::shared_ptr<BodyStream> stream, bool chunked) {
    const auto stall = state_->options.limits.write_stall;
    for (;;) {
        wire_.expect_nothing();
        auto piece = co_await stream->next();
        if (!piece) break;
        std::string framed;
        if (chunked) {
            std::array<char, 24> size{};
            const auto length = std::snprintf(size.data(), size.size(), "%zx\r\n", piece->size());
            framed.assign(size.data(), static_cast<std::size_t>(length));
        }
        framed += *piece;
        if (chunked) framed += "\r\n";
        const bool sent = co_await wire_.send({framed, ""}, stall);
        if (!sent) co_return false;
    }
    if (!chunked) co_return true;
    co_return co_await wire_.send({"0\r\n\r\n", ""}, stall);
}

Async<void> Connection::linger() {
    phase_ = Phase::lingering;
    wire_.shut_sending();
    const bool stopping = state_->stopping.load(std::memory_order_relaxed);
    const auto end = state_->clock.steady() + (stopping ? kLingerWhenStopping : kLingerTotal);
    auto got = Got::data;
    while (got == Got::data) {
        wire_.expect_by(std::min(end, state_->clock.steady() + kLingerSilence));
        got = co_await wire_.discard();
    }
}

void Connection::note(const Exchange& exchange, int status) const {
    if (!state_->log.wants(LogLevel::debug)) return;
    const auto took = state_->clock.steady() - exchange.received_at;
    state_->log.debug("request.answered",
                      {{"trace", exchange.trace_id.str()},
                       {"method", name_of(exchange.method)},
                       {"path", exchange.path},
                       {"status", status},
                       {"ms", std::chrono::duration_cast<Milliseconds>(took).count()}});
}

}  // namespace kinora::http
