// unit/http/test_server.cpp: see test_server.hpp.
#include "unit/http/test_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>
#include <boost/beast/core/string.hpp>
#include <cerrno>

namespace kinora::http {
namespace {

struct Word {
    int status;
    const char* name;
};

Word word_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::bad_request:
            return {400, "bad_request"};
        case ErrorCode::no_api:
            return {404, "no_api"};
        case ErrorCode::method_not_allowed:
            return {405, "method_not_allowed"};
        case ErrorCode::request_timeout:
            return {408, "request_timeout"};
        case ErrorCode::too_large:
            return {413, "too_large"};
        case ErrorCode::unavailable:
            return {503, "unavailable"};
        default:
            return {500, "api_error"};
    }
}

}  // namespace

Response word_error(const Error& error, const TraceId&) {
    const auto word = word_of(error.code());
    return Response::json_text(word.status, word.name);
}

TestServer::TestServer(Router router, ServerOptions options) {
    options.port = 0;
    auto server =
        Server::open(io_, std::move(options), std::move(router), word_error, log_, random_, clock_);
    if (!server) throw std::runtime_error(server.error().message());
    server_ = std::move(*server);
    server_->start();
    for (int i = 0; i < 2; ++i) threads_.emplace_back([this] { io_.run(); });
}

TestServer::~TestServer() {
    stop();
    work_.reset();
    for (auto& thread : threads_) thread.join();
}

void TestServer::stop() {
    if (std::exchange(stopped_, true)) return;
    std::promise<void> drained;
    server_->stop([&] { drained.set_value(); });
    drained.get_future().wait();
}

void await_connections(TestServer& server, std::size_t count) {
    while (server.server().connection_count() != count) std::this_thread::yield();
}

std::string Reply::header(std::string_view name) const {
    std::size_t at = 0;
    while (at < head.size()) {
        const auto end = head.find("\r\n", at);
        const auto line = std::string_view(head).substr(at, end - at);
        const auto colon = line.find(": ");
        if (colon != std::string_view::npos &&
            boost::beast::iequals({line.data(), colon}, {name.data(), name.size()})) {
            return std::string(line.substr(colon + 2));
        }
        at = end == std::string::npos ? head.size() : end + 2;
    }
    return {};
}

Client::Client(std::uint16_t port, Connect when)
    : port_(port), descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    timeval patience{10, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    if (when == Connect::now) connect();
}

void Client::connect() {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port_);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&where), sizeof(where)) != 0) {
        throw std::runtime_error("cannot connect");
    }
}

Client::~Client() {
    ::close(descriptor_);
}

bool Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void Client::shut_sending() {
    ::shutdown(descriptor_, SHUT_WR);
}

bool Client::fill() {
    char piece[65536];
    const auto size = ::recv(descriptor_, piece, sizeof(piece), 0);
    if (size <= 0) return false;
    received_.append(piece, static_cast<std::size_t>(size));
    return true;
}

Reply Client::read(Body body) {
    Reply reply;
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
        if (!fill()) return reply;
    }
    reply.head = received_.substr(0, end + 2);
    received_.erase(0, end + 4);
    reply.status = std::stoi(reply.head.substr(9, 3));
    const auto length = reply.header("Content-Length");
    if (body == Body::none || length.empty() || reply.status == 304) return reply;
    const auto size = std::stoul(length);
    while (received_.size() < size) {
        if (!fill()) return {};
    }
    reply.body = received_.substr(0, size);
    received_.erase(0, size);
    return reply;
}

bool Client::has_answer() const {
    pollfd waiting{descriptor_, POLLIN, 0};
    return !received_.empty() || ::poll(&waiting, 1, 0) > 0;
}

bool Client::read_end() {
    char byte = 0;
    if (!received_.empty()) return false;
    return ::recv(descriptor_, &byte, 1, 0) == 0;
}

Reply ask(std::uint16_t port, std::string_view bytes, Client::Body body) {
    Client client(port);
    client.send(bytes);
    return client.read(body);
}

std::string get(std::string_view path, std::string_view headers) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n" + std::string(headers) + "\r\n";
}

Handler says(std::string text) {
    return [text](Request&) -> Async<Response> { co_return Response::json_text(200, text); };
}

Handler echoes() {
    return [](Request& request) -> Async<Response> {
        auto body = co_await request.body();
        if (!body) co_return word_error(body.error(), request.trace_id);
        co_return Response::json_text(200, std::move(*body));
    };
}

Async<void> Barrier::wait() {
    auto call = [this](auto done) {
        const std::lock_guard lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        if (open_) return done(nullptr, true);
        wake_.push_back([done] { done(nullptr, true); });
    };
    co_await await_call<bool>(std::move(call));
}

void Barrier::open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    for (auto& call : std::exchange(wake_, {})) call();
}

void Barrier::await_waiting(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
}

}  // namespace kinora::http
