// unit/http/test_server.hpp: a real server on a free loopback port, and a client that sends raw
// bytes.
#pragma once

#include "base/log.hpp"
#include "base/random.hpp"
#include "http/server.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <condition_variable>
#include <future>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace kinora::http {

// Says its code's name, so that tests can ask which error it was.
Response word_error(const Error& error, const TraceId& trace);

class TestServer {
public:
    explicit TestServer(Router router, ServerOptions options = {});
    ~TestServer();

    Server& server() { return *server_; }
    asio::io_context& io() { return io_; }
    std::uint16_t port() const { return server_->port(); }
    // Stops and waits until the last connection is gone.
    void stop();

private:
    Log log_{LogLevel::off};
    SystemRandom random_;
    SystemClock clock_;
    asio::io_context io_;
    // Threads stay for a second stop().
    asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
    std::unique_ptr<Server> server_;
    std::vector<std::thread> threads_;
    bool stopped_ = false;
};

// Waits until the server has exactly so many connections.
void await_connections(TestServer& server, std::size_t count);

struct Reply {
    int status = 0;
    std::string head;
    std::string body;
    // Value of a header; empty where there is none.
    std::string header(std::string_view name) const;
};

// Blocking; every call gives up after ten seconds.
class Client {
public:
    enum class Connect { now, later };
    explicit Client(std::uint16_t port, Connect when = Connect::now);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void connect();
    bool send(std::string_view bytes);
    void shut_sending();
    // One answer. Status 0: the connection ended first.
    enum class Body { follows, none };
    Reply read(Body body = Body::follows);
    // Whether something has come that was not read yet. Does not wait.
    bool has_answer() const;
    // Whether the server closes with an orderly end (true) or a reset (false).
    bool read_end();
    int descriptor() const { return descriptor_; }

private:
    bool fill();
    std::uint16_t port_;
    int descriptor_ = -1;
    std::string received_;
};

// One request on a connection of its own.
Reply ask(std::uint16_t port, std::string_view bytes, Client::Body body = Client::Body::follows);
std::string get(std::string_view path, std::string_view headers = "");

// A handler that answers with that text.
Handler says(std::string text);
// A handler that answers with the body that it was sent.
Handler echoes();

// Lets handlers wait until the test opens it.
class Barrier {
public:
    explicit Barrier(asio::io_context& io) : io_(io) {}
    Async<void> wait();
    void open();
    // Waits until `count` handlers are waiting.
    void await_waiting(std::size_t count);

private:
    asio::io_context& io_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
    std::size_t waiting_ = 0;
    std::vector<std::function<void()>> wake_;
};

// A call to send as it stands; `headers` end in CRLF each.
inline std::string post(std::string_view path, std::string_view headers,
                        std::string_view body = "") {
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n" + std::string(headers) +
           "\r\n" + std::string(body);
}
inline std::string sized(std::size_t size) {
    return "Content-Length: " + std::to_string(size) + "\r\n";
}
inline const std::string kChunked = "Transfer-Encoding: chunked\r\n";

}  // namespace kinora::http
