// unit/http/gate_test.cpp: letting in, waiting, stopping.
#include "http/gate.hpp"

#include "unit/http/test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>
#include <fstream>

namespace kinora::http {
namespace {

// A server whose "/wait" waits for the barrier. The barrier needs the server's context, which
// begins with it; so it is handed in later.
struct Waiting {
    explicit Waiting(ServerOptions options = {}) {
        Router router;
        router.add({Method::get, "/hello", says("hello")});
        router.add({Method::get, "/wait", [this](Request&) -> Async<Response> {
                        co_await barrier->wait();
                        co_return Response::json_text(200, "waited");
                    }});
        server.emplace(std::move(router), std::move(options));
        barrier.emplace(server->io());
    }
    std::optional<Barrier> barrier;
    std::optional<TestServer> server;
};

TEST(Gate, StopAnswersWhatIsInFlight) {
    Waiting w;
    Client idle(w.server->port());
    idle.send(get("/hello"));
    EXPECT_EQ(idle.read().body, "hello");
    Client busy(w.server->port());
    busy.send(get("/wait"));
    w.barrier->await_waiting(1);

    std::promise<void> first;
    std::promise<void> second;
    w.server->server().stop([&] { first.set_value(); });
    w.server->server().stop([&] { second.set_value(); });
    EXPECT_TRUE(idle.read_end());
    EXPECT_THROW(Client(w.server->port()), std::runtime_error);
    EXPECT_EQ(first.get_future().wait_for(std::chrono::seconds(0)), std::future_status::timeout);

    w.barrier->open();
    const auto reply = busy.read();
    EXPECT_EQ(reply.body, "waited");
    EXPECT_EQ(reply.header("Connection"), "close");
    second.get_future().wait();
    EXPECT_EQ(w.server->server().connection_count(), 0u);
}

TEST(Gate, RestartsOnTheSamePortAtOnce) {
    Log log(LogLevel::off);
    SystemRandom random;
    SystemClock clock;
    ServerOptions options;
    {
        Waiting first;
        options.port = first.server->port();
        Client client(options.port);
        client.send(get("/hello"));
        EXPECT_EQ(client.read().body, "hello");

        asio::io_context io;
        const auto taken = Server::open(io, options, Router{}, word_error, log, random, clock);
        ASSERT_FALSE(taken);
        EXPECT_THAT(taken.error().message(), testing::HasSubstr("is in use by another program"));
        first.server->stop();  // Our side closes first, so its end stays in TIME_WAIT.
    }
    asio::io_context io;
    const auto second = Server::open(io, options, Router{}, word_error, log, random, clock);
    ASSERT_TRUE(second) << second.error().message();
    EXPECT_EQ((*second)->port(), options.port);
}

TEST(Gate, AServerThatIsNeverRunEndsQuietly) {
    Log log(LogLevel::off);
    SystemRandom random;
    SystemClock clock;
    ServerOptions options;
    options.port = 0;
    asio::io_context io;
    const auto server = Server::open(io, options, Router{}, word_error, log, random, clock);
    ASSERT_TRUE(server);
    (*server)->start();
}

TEST(Gate, RefusesBadOptions) {
    Log log(LogLevel::off);
    SystemRandom random;
    SystemClock clock;
    ServerOptions options;
    options.trusted_proxies = {"10.0.0.0/99"};
    asio::io_context io;
    EXPECT_FALSE(Server::open(io, options, Router{}, word_error, log, random, clock));
}

TEST(Gate, TellsConnectionsOverTheLimit) {
    ServerOptions options;
    options.limits.connections = 1;
    Waiting w(options);
    Client first(w.server->port());
    first.send(get("/hello"));
    EXPECT_EQ(first.read().body, "hello");
    Client second(w.server->port());
    second.send(get("/hello"));
    const auto reply = second.read();
    EXPECT_EQ(reply.status, 503);
    EXPECT_EQ(reply.header("Retry-After"), "1");
    EXPECT_TRUE(second.read_end());
    first.send(get("/hello"));
    EXPECT_EQ(first.read().body, "hello");
}

TEST(Gate, NoChildInheritsItsSockets) {
    Waiting w;
    Client client(w.server->port());
    client.send(get("/hello"));
    EXPECT_EQ(client.read().body, "hello");
    std::size_t sockets = 0;
    for (int descriptor = 3; descriptor < 64; ++descriptor) {
        int type = 0;
        socklen_t size = sizeof(type);
        if (::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) != 0) continue;
        ++sockets;
        EXPECT_TRUE(::fcntl(descriptor, F_GETFD) & FD_CLOEXEC) << descriptor;
    }
    EXPECT_GE(sockets, 3u);  // The listener and both ends.
}

TEST(Gate, WaitsForDescriptorsWhenThereAreNone) {
    Waiting w;
    Client first(w.server->port());
    first.send(get("/hello"));
    EXPECT_EQ(first.read().body, "hello");
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    Client late(w.server->port(), Client::Connect::later);
    rlimit none = before;
    none.rlim_cur = static_cast<rlim_t>(late.descriptor()) + 1;
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
    late.connect();
    late.send(get("/hello"));
    pollfd answer{late.descriptor(), POLLIN, 0};
    EXPECT_EQ(::poll(&answer, 1, 50), 0);  // Nobody could let it in;
    first.send(get("/hello"));
    EXPECT_EQ(first.read().body, "hello");  // the others are served as ever.
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
    EXPECT_EQ(late.read().body, "hello");
}

std::size_t resident_kb() {
    std::ifstream status("/proc/self/statm");
    std::size_t pages = 0;
    std::size_t resident = 0;
    status >> pages >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) / 1024;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// The sanitizers add to each allocation and keep freed ones.
constexpr std::size_t kWaitingKb = 128;
#else
constexpr std::size_t kWaitingKb = 20;
#endif

TEST(Gate, WaitingCallsAreCheap) {
    constexpr std::size_t kCalls = 1000;
    rlimit limit{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    if (limit.rlim_cur < 3 * kCalls) GTEST_SKIP() << "too few descriptors are allowed here";
    Waiting w;
    std::vector<std::unique_ptr<Client>> clients;
    const auto before = resident_kb();
    for (std::size_t i = 0; i < kCalls; ++i) {
        clients.push_back(std::make_unique<Client>(w.server->port()));
        clients.back()->send(get("/wait"));
    }
    w.barrier->await_waiting(kCalls);
    const auto after = resident_kb();
    EXPECT_LT((after - std::min(before, after)) / kCalls, kWaitingKb);
    w.barrier->open();
    for (auto& client : clients) EXPECT_EQ(client->read().body, "waited");
}

}  // namespace
}  // namespace kinora::http
