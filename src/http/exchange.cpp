// http/exchange.cpp: from received bytes to a Request.
#include "http/exchange.hpp"

#include "http/authority.hpp"
#include "http/target.hpp"

#include <boost/beast/core/string.hpp>

#include <algorithm>

namespace kinora::http {
namespace {

namespace beast = boost::beast::http;

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

Method method_of(beast::verb verb) {
    switch (verb) {
        case beast::verb::get:
            return Method::get;
        case beast::verb::head:
            return Method::head;
        case beast::verb::post:
            return Method::post;
        case beast::verb::put:
            return Method::put;
        case beast::verb::patch:
            return Method::patch;
        case beast::verb::delete_:
            return Method::del;
        case beast::verb::options:
            return Method::options;
        default:
            return Method::other;
    }
}

Refusal malformed(std::string sentence, int status = 0) {
    return {Error(ErrorCode::bad_request, std::move(sentence)), status};
}

Error too_large(std::size_t limit_bytes) {
    return {ErrorCode::too_large,
            "The body is larger than " + std::to_string(limit_bytes) + " bytes."};
}

Error no_room() {
    return {ErrorCode::unavailable,
            "The server is taking in too many bodies; try again in a moment."};
}

}  // namespace

Exchange::Exchange(Wire& wire, ServerState& state)
    : wire_(wire), state_(state), share_(state.bodies_held, state.options.limits.bodies_bytes) {
    // The parser's own limit starts anew with each field of a trickled head; feed_head() counts.
    const auto limit = std::min<std::size_t>(state.options.limits.header_bytes, UINT32_MAX);
    parser_.header_limit(static_cast<std::uint32_t>(limit));
    parser_.body_limit(boost::none);  // Known once there is a route; body() sets it.
}

std::string_view Exchange::header(std::string_view name) const {
    const auto& fields = parser_.get();
    const auto found = fields.find(boost::beast::string_view(name.data(), name.size()));
    return found == fields.end() ? std::string_view() : view(found->value());
}

std::string Exchange::all_of(std::string_view name) const {
    const auto range =
        parser_.get().equal_range(boost::beast::string_view(name.data(), name.size()));
    std::string all;
    for (auto it = range.first; it != range.second; ++it) {
        if (!all.empty()) all += ',';
        all += view(it->value());
    }
    return all;
}

Exchange::Head Exchange::feed_head() {
    auto& input = wire_.input();
    const auto too_long = [this] {
        refuse(malformed("The headers of the request are too long; at most " +
                             std::to_string(state_.options.limits.header_bytes) +
                             " bytes are read.",
                         431));
        return Head::refused;
    };
    if (!parser_.got_some()) {  // Empty lines before a request are ignored (RFC 9112, section 2.2).
        const auto text =
            std::string_view(static_cast<const char*>(input.data().data()), input.size());
        const auto blank = std::min(text.find_first_not_of("\r\n"), text.size());
        input.consume(blank);
        head_bytes_ += blank;
        if (head_bytes_ > state_.options.limits.header_bytes) return too_long();
    }
    if (input.size() == 0) return Head::more;
    boost::system::error_code error;
    const auto used = parser_.put(input.data(), error);
    input.consume(used);
    head_bytes_ += used;
    if (error == beast::error::header_limit ||
        head_bytes_ + (error ? input.size() : 0) > state_.options.limits.header_bytes) {
        return too_long();
    }
    if (error && error != beast::error::need_more) {
        refuse(malformed("The request is not valid HTTP/1.1: " + error.message() + "."));
        return Head::refused;
    }
    return parser_.is_header_done() ? Head::whole : Head::more;
}

std::optional<Refusal> Exchange::check_fields() const {
    const auto& message = parser_.get();
    const auto hosts = message.count(beast::field::host);
    if (hosts > 1) return malformed("The request has more than one Host header.");
    if (hosts == 0 && message.version() >= 11) return malformed("The request has no Host header.");
    if (hosts == 1 && !is_authority(view(message[beast::field::host]))) {
        return malformed("The Host header is not a host with an optional port.");
    }
    const auto encodings = message.count(beast::field::transfer_encoding);
    if (encodings == 0) return std::nullopt;
    if (message.version() < 11) return malformed("HTTP/1.0 knows no Transfer-Encoding.");
    if (encodings > 1 ||
        !boost::beast::iequals(message[beast::field::transfer_encoding], "chunked")) {
        return malformed("The only Transfer-Encoding that is understood is chunked.", 501);
    }
    return std::nullopt;
}

bool Exchange::accept_head(const std::string& peer, bool peer_trusted) {
    const auto& message = parser_.get();
    method = method_of(message.method());
    remote_address =
        peer_trusted ? state_.proxies.client_of(peer, all_of("X-Forwarded-For")) : peer;
    refusal_ = check_fields();
    const auto expect = message[beast::field::expect];
    if (!refusal_ && !expect.empty() && !boost::beast::iequals(expect, "100-continue")) {
        refuse(malformed("The only expectation that is understood is 100-continue.", 417));
    }
    if (refusal_) return false;
    auto target = parse_target(view(message.target()), method == Method::options);
    if (!target) {
        refuse({target.error()});
        return false;
    }
    path = std::move(target->path);
    query = std::move(target->query);
    base_url = reached_url(target->authority, peer_trusted);
    return true;
}

std::string Exchange::reached_url(std::string_view authority, bool peer_trusted) const {
    if (!state_.options.public_url.empty()) return state_.options.public_url;
    std::string scheme = "http";
    std::string host(authority.empty() ? view(parser_.get()[beast::field::host]) : authority);
    if (peer_trusted) {
        const auto protocols = all_of("X-Forwarded-Proto");
        if (boost::beast::iequals(std::string(last_element(protocols)), "https")) scheme = "https";
        const auto hosts = all_of("X-Forwarded-Host");
        const auto named = last_element(hosts);
        if (is_authority(named)) host = named;
    }
    if (host.empty()) {  // HTTP/1.0 need not name one.
        boost::system::error_code ignored;
        const auto local = wire_.socket().local_endpoint(ignored);
        const auto address = local.address().to_string();
        host = local.address().is_v6() ? "[" + address + "]" : address;
        host += ":" + std::to_string(local.port());
    }
    return scheme + "://" + host;
}

bool Exchange::waits_for_continue() const {
    return !continued_ && !is_http_1_0() && !parser_.get()[beast::field::expect].empty();
}

bool Exchange::is_rest_small() const {
    constexpr std::uint64_t kSmall_bytes = 64 * 1024;
    if (refusal_ || body_failed_ || parser_.chunked() || waits_for_continue()) return false;
    const auto left = parser_.content_length_remaining();
    return left && *left <= kSmall_bytes;
}

SteadyPoint Exchange::body_deadline() const {
    const auto& limits = state_.options.limits;
    const auto stall = state_.clock.steady() + limits.body_stall;
    if (limits.body_rate_min == 0) return stall;
    const auto received_bytes = body_taken_bytes_ + parser_.get().body().size();
    const auto earned = Milliseconds(received_bytes * 1000 / limits.body_rate_min);
    return std::min(stall, body_began_ + std::max(limits.body_stall, earned));
}

std::optional<Error> Exchange::begin_body() {
    body_failed_ = true;  // Until all of it is there; the rest of a failed body is not waited for.
    if (parser_.content_length().value_or(0) > body_limit_bytes_)
        return too_large(body_limit_bytes_);
    parser_.body_limit(body_limit_bytes_);
    parser_.eager(true);
    body_began_ = state_.clock.steady();
    return std::nullopt;
}

void Exchange::end_body() {
    body_failed_ = false;
    wire_.expect_nothing();
    wire_.release_input();
}

std::optional<Error> Exchange::feed_body() {
    auto& input = wire_.input();
    if (input.size() == 0) return std::nullopt;
    boost::system::error_code error;
    input.consume(parser_.put(input.data(), error));
    if (!error) return std::nullopt;
    if (error == beast::error::body_limit) {
        return too_large(body_limit_bytes_);
    }
    // A chunk's size line and the trailers are read as a whole and have no limit in the parser.
    const bool endless = input.size() > state_.options.limits.header_bytes;
    if (error == beast::error::need_more && !endless) return std::nullopt;
    return Error(ErrorCode::bad_request, "The body's chunks are not valid.");
}

Async<std::optional<Error>> Exchange::receive_body(std::size_t room_bytes) {
    const auto so_far = body_taken_bytes_ + parser_.get().body().size();
    if (wire_.input().size() == 0 && so_far == 0 && waits_for_continue()) {
        const bool sent = co_await wire_.send({"HTTP/1.1 100 Continue\r\n\r\n", ""},
                                              state_.options.limits.write_stall);
        if (!sent) co_return Error(ErrorCode::request_timeout, "The connection was lost.");
        continued_ = true;
    }
    wire_.expect_by(body_deadline());
    const auto got = co_await wire_.receive(room_bytes);
    if (got == Got::late) {
        co_return Error(ErrorCode::request_timeout, "The body of the request came too slowly.");
    }
    if (got != Got::data) {
        co_return Error(ErrorCode::bad_request, "The body of the request ended early.");
    }
    co_return std::nullopt;
}

Async<Result<std::string>> Exchange::body() {
    constexpr std::size_t kRoom_bytes = 64 * 1024;
    auto problem = begin_body();
    if (problem) co_return std::move(*problem);
    auto& text = parser_.get().body();
    const auto declared = parser_.content_length().value_or(0);
    // What is only announced takes no memory, nor any of the budget, but a little ahead.
    text.reserve(std::min<std::size_t>(declared, kRoom_bytes));
    while (!parser_.is_done()) {
        problem = feed_body();
        if (problem) co_return std::move(*problem);
        if (!share_.grow_to(text.size())) co_return no_room();
        if (parser_.is_done()) break;
        problem = co_await receive_body(kRoom_bytes);
        if (problem) co_return std::move(*problem);
    }
    end_body();
    co_return std::move(text);
}

Async<Result<std::string>> Exchange::body_piece() {
    constexpr std::size_t kRoom_bytes = 128 * 1024;
    std::optional<Error> problem;
    // The time that the last piece took its reader is not the client's.
    if (piece_taken_at_) body_began_ += state_.clock.steady() - *piece_taken_at_;
    if (!piece_taken_at_) problem = begin_body();
    auto& text = parser_.get().body();
    share_.release();  // Of the piece before.
    while (!problem && text.empty() && !parser_.is_done()) {
        problem = feed_body();
        if (!problem && text.empty() && !parser_.is_done())
            problem = co_await receive_body(kRoom_bytes);
    }
    if (!problem && !share_.grow_to(text.size())) problem = no_room();
    if (problem) co_return std::move(*problem);
    wire_.expect_nothing();
    wire_.release_input();
    if (parser_.is_done()) end_body();
    body_taken_bytes_ += text.size();
    piece_taken_at_ = state_.clock.steady();
    co_return std::exchange(text, {});
}

std::shared_ptr<Presence> Exchange::presence() {
    if (!watch_) {
        watch_ = std::make_shared<ClientWatch>(wire_);
        watch_->start();
    }
    return watch_;
}

void Exchange::stop_watching() {
    if (watch_) watch_->stop();
}

void Exchange::watch_answering() {
    if (watch_) watch_->let_answer();
}

Async<bool> Exchange::discard_rest() {
    limit_body(SIZE_MAX);
    const auto rest = co_await body();
    share_.release();
    co_return rest.has_value();
}

}  // namespace kinora::http
