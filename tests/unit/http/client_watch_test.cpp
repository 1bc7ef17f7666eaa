// unit/http/client_watch_test.cpp: who is still there, and answers that come bit by bit.
#include "http/client_watch.hpp"

#include "support/wait.hpp"
#include "unit/http/test_server.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

namespace kinora::http {
namespace {

constexpr std::string_view kWait = "POST /wait HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";

// A server with one handler that waits for the barrier and notes what it hears of its client.
class Watching : public testing::Test {
protected:
    Watching() : server(router()), barrier(server.io()) {}
    void TearDown() override {
        server.stop();
        presence.reset();  // It belongs to the server's context.
    }

    Router router() {
        Router routes;
        routes.add({Method::post, "/wait", [this](Request& request) { return wait(request); }});
        routes.add({Method::get, "/next", says("next")});
        return routes;
    }
    Async<Response> wait(Request& request) {
        auto body = co_await request.body();
        presence = request.presence();
        presence->on_gone([this] { ++gone; });
        co_await barrier.wait();
        auto response = Response::json_text(200, "waited");
        response.sent = [this](bool whole) { (whole ? sent : unsent)++; };
        co_return response;
    }
    bool is_gone() { return test::run(here, presence->is_gone()); }

    // Outlives the server, whose threads bring answers back to it.
    asio::io_context here;

    std::atomic<int> gone = 0, sent = 0, unsent = 0;
    std::shared_ptr<Presence> presence;
    TestServer server;
    Barrier barrier;
};

TEST_F(Watching, AClientThatStaysIsThere) {
    Client client(server.port());
    client.send(kWait);
    barrier.await_waiting(1);
    EXPECT_FALSE(is_gone());
    client.send(get("/next"));  // Ahead of its time, which is no sign of leaving.
    EXPECT_FALSE(is_gone());
    barrier.open();
    EXPECT_EQ(client.read().body, "waited");
    EXPECT_EQ(client.read().body, "next");
    EXPECT_TRUE(test::wait_until([&] { return sent == 1; }));
    EXPECT_EQ(gone, 0);
}

TEST_F(Watching, AClientThatOnlyStoppedSendingGetsItsWholeAnswer) {
    Client client(server.port());
    client.send(kWait);
    barrier.await_waiting(1);
    client.shut_sending();
    EXPECT_FALSE(is_gone());
    EXPECT_FALSE(is_gone());
    barrier.open();
    const auto reply = client.read();
    EXPECT_EQ(reply.head.substr(0, 15), "HTTP/1.1 200 OK");
    EXPECT_EQ(reply.body, "waited");
    EXPECT_TRUE(client.read_end());
    EXPECT_EQ(gone, 0);
}

TEST_F(Watching, AClientThatClosedIsGone) {
    {
        Client client(server.port());
        client.send(kWait);
        barrier.await_waiting(1);
    }
    // On a busy machine even loopback takes its time.
    EXPECT_TRUE(test::wait_until([&] { return is_gone(); }));
    EXPECT_TRUE(test::wait_until([&] { return gone == 1; }));
    barrier.open();
    EXPECT_TRUE(test::wait_until([&] { return unsent == 1; }));
    EXPECT_EQ(sent, 0);
}

TEST_F(Watching, AClosedConnectionIsNoticedByItself) {
    {
        Client client(server.port());
        client.send(kWait);
        barrier.await_waiting(1);
    }
    EXPECT_TRUE(test::wait_until([&] { return gone == 1; }));
    barrier.open();
}

TEST_F(Watching, AResetIsNoticed) {
    {
        Client client(server.port());
        client.send(kWait);
        barrier.await_waiting(1);
        const linger hard{1, 0};
        ::setsockopt(client.descriptor(), SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
    }
    EXPECT_TRUE(test::wait_until([&] { return gone == 1; }));
    EXPECT_TRUE(is_gone());
    barrier.open();
}

TEST_F(Watching, NobodyIsWatchedAfterTheAnswer) {
    Client client(server.port());
    client.send(kWait);
    barrier.await_waiting(1);
    barrier.open();
    EXPECT_EQ(client.read().status, 200);
    EXPECT_FALSE(is_gone());
    client.send(get("/next"));
    EXPECT_EQ(client.read().body, "next");
}

class Pieces final : public BodyStream {
public:
    Pieces(std::vector<std::string> pieces, std::function<void()> destroyed)
        : pieces_(std::move(pieces)), destroyed_(std::move(destroyed)) {}
    ~Pieces() override { destroyed_(); }
    Async<std::optional<std::string>> next() override {
        if (at_ == pieces_.size()) co_return std::nullopt;
        if (pieces_[at_] == "throw") throw std::runtime_error("broken");
        co_return pieces_[at_++];
    }

private:
    std::vector<std::string> pieces_;
    std::function<void()> destroyed_;
    std::size_t at_ = 0;
};

class Streams : public testing::Test {
protected:
    Router router() {
        Router routes;
        const auto stream = [this](std::vector<std::string> pieces) {
            return [this, pieces](Request&) -> Async<Response> {
                Response response;
                response.body = std::make_shared<Pieces>(pieces, [this] { ++destroyed; });
                response.sent = [this](bool whole) { (whole ? sent : unsent)++; };
                co_return response;
            };
        };
        routes.add({Method::get, "/some", stream({"one\n", std::string(20, 'x'), "end"})});
        routes.add({Method::get, "/broken", stream({"one\n", "throw"})});
        routes.add({Method::get, "/endless",
                    stream(std::vector<std::string>(100, std::string(1'000'000, 'x')))});
        routes.add({Method::get, "/next", says("next")});
        return routes;
    }
    static std::string rest(Client& client) {
        std::string all;
        char piece[4096];
        for (;;) {
            const auto size = ::recv(client.descriptor(), piece, sizeof(piece), 0);
            if (size <= 0) return all;
            all.append(piece, static_cast<std::size_t>(size));
        }
    }

    std::atomic<int> destroyed = 0, sent = 0, unsent = 0;
    TestServer server{router()};
};

TEST_F(Streams, GoOutInChunksAndTheConnectionGoesOn) {
    Client client(server.port());
    client.send(get("/some") + get("/next", "Connection: close\r\n"));
    const auto all = rest(client);
    EXPECT_NE(all.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
    const auto first = all.substr(0, all.find("HTTP/1.1", 9));
    EXPECT_EQ(first.find("Content-Length"), std::string::npos);
    const auto body = first.substr(first.find("\r\n\r\n") + 4);
    EXPECT_EQ(body, "4\r\none\n\r\n14\r\n" + std::string(20, 'x') + "\r\n3\r\nend\r\n0\r\n\r\n");
    EXPECT_EQ(all.substr(all.size() - 4), "next");
    EXPECT_TRUE(test::wait_until([&] { return sent == 1 && destroyed == 1; }));
}

TEST_F(Streams, AnOldClientGetsThemAsTheyAre) {
    Client client(server.port());
    client.send("GET /some HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const auto all = rest(client);
    EXPECT_EQ(all.find("chunked"), std::string::npos);
    EXPECT_EQ(all.substr(all.find("\r\n\r\n") + 4), "one\n" + std::string(20, 'x') + "end");
}

TEST_F(Streams, HeadHasNoBody) {
    Client client(server.port());
    client.send("HEAD /some HTTP/1.1\r\nHost: x\r\n\r\n" + get("/next"));
    EXPECT_EQ(client.read(Client::Body::none).status, 200);
    EXPECT_EQ(client.read().body, "next");
}

TEST_F(Streams, OneThatBreaksHasNoEnd) {
    Client client(server.port());
    client.send(get("/broken"));
    const auto all = rest(client);
    EXPECT_EQ(all.substr(all.find("\r\n\r\n") + 4), "4\r\none\n\r\n");
    EXPECT_TRUE(test::wait_until([&] { return destroyed == 1; }));
}

TEST_F(Streams, OneWithoutAListenerIsDestroyed) {
    {
        Client client(server.port());
        client.send(get("/endless"));
        EXPECT_EQ(client.read(Client::Body::none).status, 200);
    }
    EXPECT_TRUE(test::wait_until([&] { return unsent == 1 && destroyed == 1; }));
    EXPECT_EQ(sent, 0);
}

}  // namespace
}  // namespace kinora::http
