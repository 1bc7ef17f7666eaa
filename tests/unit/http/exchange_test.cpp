// unit/http/exchange_test.cpp: bodies: on demand, within limits, in time.
#include "http/exchange.hpp"

#include "support/wait.hpp"
#include "unit/http/test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kinora::http {
namespace {

Route route(std::string pattern, Handler handler, std::size_t limit) {
    return {Method::post, std::move(pattern), std::move(handler), limit, Origins::same};
}

Router bodies() {
    Router router;
    router.add(route("/echo", echoes(), 1000));
    router.add(route("/large", echoes(), 8 * 1024 * 1024));
    router.add(route("/ignores", says("ignored"), 1000));
    return router;
}

TEST(Exchange, ReadsBodiesOfBothKinds) {
    TestServer server(bodies());
    EXPECT_EQ(ask(server.port(), post("/echo", sized(3), "abc")).body, "abc");
    EXPECT_EQ(ask(server.port(), post("/echo", sized(0))).body, "");
    EXPECT_EQ(ask(server.port(), post("/echo", "")).body, "");
    const auto chunks = "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n";
    EXPECT_EQ(ask(server.port(), post("/echo", kChunked, chunks)).body, "abcde");
    const std::string large(5'000'000, 'x');
    EXPECT_EQ(ask(server.port(), post("/large", sized(large.size()), large)).body, large);
}

TEST(Exchange, ReadsABodyByteByByte) {
    TestServer server(bodies());
    Client client(server.port());
    for (const char c : post("/echo", kChunked, "5\r\nhello\r\n0\r\n\r\n")) client.send({&c, 1});
    EXPECT_EQ(client.read().body, "hello");
}

TEST(Exchange, RefusesBodiesOverTheLimitAtOnce) {
    TestServer server(bodies());
    Client declared(server.port());
    declared.send(post("/echo", sized(1001)));  // Nothing of the body has been sent.
    EXPECT_EQ(declared.read().status, 413);
    EXPECT_EQ(ask(server.port(), post("/echo", sized(1000), std::string(1000, 'x'))).status, 200);

    Client chunked(server.port());
    chunked.send(post("/echo", kChunked, "3e8\r\n" + std::string(1000, 'x') + "\r\n1\r\n"));
    EXPECT_EQ(chunked.read().status, 413);
    Client huge(server.port());
    huge.send(post("/echo", kChunked, "fffffffffffffff\r\n"));
    EXPECT_EQ(huge.read().status, 413);
}

TEST(Exchange, RefusesBrokenChunks) {
    TestServer server(bodies());
    for (const auto* body :
         {"x\r\n", "3\r\nabcd\r\n0\r\n\r\n", "3\nabc\r\n0\r\n\r\n", "11111111111111111111\r\n"}) {
        const auto reply = ask(server.port(), post("/echo", kChunked, body));
        EXPECT_EQ(reply.status, 400) << body;
        EXPECT_EQ(reply.header("Connection"), "close") << body;
    }
    const std::string endless = "3;" + std::string(100'000, 'x');
    EXPECT_EQ(ask(server.port(), post("/echo", kChunked, endless)).status, 400);
}

TEST(Exchange, SaysContinueOnlyWhenTheBodyIsWanted) {
    TestServer server(bodies());
    const std::string expects = "Expect: 100-continue\r\n";
    Client waiting(server.port());
    waiting.send(post("/echo", expects + sized(3)));
    EXPECT_EQ(waiting.read(Client::Body::none).status, 100);
    waiting.send("abc");
    EXPECT_EQ(waiting.read().body, "abc");

    Client eager(server.port());  // The body is there already: nothing to wait for.
    eager.send(post("/echo", expects + sized(3), "abc"));
    EXPECT_EQ(eager.read().body, "abc");

    Client refused(server.port());
    refused.send(post("/ignores", expects + sized(3)));
    const auto reply = refused.read();
    EXPECT_EQ(reply.body, "ignored");
    EXPECT_EQ(reply.header("Connection"), "close");
}

TEST(Exchange, KeepsTheConnectionAfterASmallUnreadBody) {
    TestServer server(bodies());
    Client client(server.port());
    const std::string small(30'000, 'x');
    client.send(post("/ignores", sized(small.size()), small));
    EXPECT_EQ(client.read().body, "ignored");
    client.send(post("/echo", sized(3), "abc"));
    EXPECT_EQ(client.read().body, "abc");
}

TEST(Exchange, ClosesWithoutAResetAfterALargeUnreadBody) {
    TestServer server(bodies());
    Client client(server.port());
    const std::string large(20'000'000, 'x');
    EXPECT_TRUE(client.send(post("/ignores", sized(large.size()), large)));
    const auto reply = client.read();
    EXPECT_EQ(reply.body, "ignored");
    EXPECT_EQ(reply.header("Connection"), "close");
    client.shut_sending();
    EXPECT_TRUE(client.read_end());
}

TEST(Exchange, GivesUpOnSlowBodies) {
    ServerOptions options;
    options.limits.body_stall = Milliseconds(50);
    TestServer server(bodies(), options);
    Client client(server.port());
    client.send(post("/echo", sized(10), "abc"));
    const auto reply = client.read();
    EXPECT_EQ(reply.status, 408);
    EXPECT_EQ(reply.header("Connection"), "close");
}

TEST(Exchange, GivesUpOnTricklingBodies) {
    ServerOptions options;
    options.limits.body_stall = Milliseconds(60);
    options.limits.body_rate_min = 1'000'000;
    TestServer server(bodies(), options);
    Client client(server.port());
    client.send(post("/large", sized(1'000'000)));
    // A byte at a time never stalls, and never comes near the rate: the server ends it.
    std::atomic<bool> over = false;
    std::thread trickle([&] {
        while (!over && client.send("x")) std::this_thread::yield();
    });
    const auto reply = client.read();
    over = true;
    trickle.join();
    EXPECT_EQ(reply.status, 408);
}

TEST(Exchange, AnswersEarlyEnds) {
    TestServer server(bodies());
    Client client(server.port());
    client.send(post("/echo", sized(10), "abc"));
    client.shut_sending();
    EXPECT_EQ(client.read().status, 400);
}

TEST(Exchange, BoundsAllBodiesTogether) {
    ServerOptions options;
    options.limits.bodies_bytes = 1500;
    TestServer server(bodies(), options);
    const auto ask_for_room = [&] {
        return ask(server.port(), post("/echo", sized(1000), std::string(1000, 'x')));
    };
    // Of two bodies that come at once it may be the first that is refused; then again.
    for (int tries = 0; tries < 100; ++tries) {
        Client first(server.port());
        first.send(post("/echo", "Expect: 100-continue\r\n" + sized(1000)));
        EXPECT_EQ(first.read(Client::Body::none).status, 100);
        EXPECT_EQ(ask_for_room().status, 200) << "what is only announced takes nothing";
        first.send(std::string(999, 'x'));
        Reply reply;
        EXPECT_TRUE(test::wait_until([&] {
            reply = ask_for_room();
            return reply.status == 503 || first.has_answer();
        })) << "what has come is its share";
        if (first.has_answer()) continue;
        EXPECT_EQ(reply.body, "unavailable");
        EXPECT_EQ(reply.header("Retry-After"), "1");
        first.send("x");
        EXPECT_EQ(first.read().status, 200);
        first.send(get("/none"));  // Answered after the share has been given back.
        EXPECT_EQ(first.read().status, 404);
        EXPECT_EQ(ask_for_room().status, 200);
        return;
    }
    FAIL() << "the first one was refused each time";
}

}  // namespace
}  // namespace kinora::http
