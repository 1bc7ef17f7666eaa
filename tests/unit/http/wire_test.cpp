// unit/http/wire_test.cpp: slow and silent clients; limits are short here.
#include "http/wire.hpp"

#include "unit/http/test_server.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

namespace kinora::http {
namespace {

Router large_answers() {
    Router router;
    router.add({Method::get, "/hello", says("hello")});
    router.add({Method::get, "/large", says(std::string(50'000'000, 'x'))});
    return router;
}

TEST(Wire, EndsASlowHeadWith408) {
    ServerOptions options;
    options.limits.header_time = Milliseconds(50);
    TestServer server(large_answers(), options);
    Client client(server.port());
    client.send("GET /hello HTTP/1.1\r\nHost:");
    const auto reply = client.read();
    EXPECT_EQ(reply.status, 408);
    EXPECT_EQ(reply.body, "request_timeout");
}

TEST(Wire, ATrickledHeadGainsNoTime) {
    ServerOptions options;
    options.limits.header_time = Milliseconds(50);
    TestServer server(large_answers(), options);
    Client client(server.port());
    client.send("GET /hello HTTP/1.1\r\nX: ");
    std::atomic<bool> over = false;
    std::thread trickle([&] {
        timespec pause{0, 1'000'000};  // Slow enough for the head's limit on bytes.
        while (!over && client.send("x")) ::nanosleep(&pause, nullptr);
    });
    const auto reply = client.read();
    over = true;
    trickle.join();
    EXPECT_EQ(reply.status, 408);
}

TEST(Wire, ClosesSilentClientsWithoutAWord) {
    ServerOptions options;
    options.limits.header_time = Milliseconds(50);
    options.limits.idle_time = Milliseconds(50);
    TestServer server(large_answers(), options);
    Client fresh(server.port());
    EXPECT_TRUE(fresh.read_end());
    Client kept(server.port());
    kept.send(get("/hello"));
    EXPECT_EQ(kept.read().body, "hello");
    EXPECT_TRUE(kept.read_end());
}

TEST(Wire, DropsClientsThatTakeNothing) {
    ServerOptions options;
    options.limits.write_stall = Milliseconds(50);
    TestServer server(large_answers(), options);
    Client client(server.port());
    client.send(get("/large"));
    await_connections(server, 1);
    await_connections(server, 0);
    EXPECT_EQ(client.read().status, 0);  // The answer was cut off.
}

TEST(Wire, SendsLargeAnswersToClientsThatTakeThem) {
    TestServer server(large_answers());
    EXPECT_EQ(ask(server.port(), get("/large")).body.size(), 50'000'000u);
}

TEST(Wire, SurvivesAClientThatVanishes) {
    TestServer server(large_answers());
    {
        Client client(server.port());
        client.send(get("/large"));
        await_connections(server, 1);
        const linger at_once{1, 0};
        ::setsockopt(client.descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    }
    await_connections(server, 0);
    EXPECT_EQ(ask(server.port(), get("/hello")).body, "hello");
}

}  // namespace
}  // namespace kinora::http
