// unit/http/connection_test.cpp: whole conversations over real sockets.
#include "http/connection.hpp"

#include "unit/http/test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kinora::http {
namespace {

using testing::HasSubstr;

Router small_router() {
    Router router;
    router.add({Method::get, "/hello", says("hello")});
    router.add({Method::post, "/echo", echoes()});
    router.add({Method::post, "/ignores", says("ignored")});
    router.add({Method::get, "/throws", [](Request&) -> Async<Response> {
                    throw std::runtime_error("broken");
                    co_return Response{};
                }});
    router.add({Method::get, "/facts/{}", [](Request& request) -> Async<Response> {
                    co_return Response::json_text(
                        200, request.path + "|" + request.query + "|" + request.parameters.at(0) +
                                 "|" + request.base_url + "|" + request.remote_address + "|" +
                                 std::string(request.header("x-odd")));
                }});
    return router;
}

TEST(Connection, AnswersWithWhatEveryAnswerCarries) {
    TestServer server(small_router());
    const auto reply = ask(server.port(), get("/hello"));
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "hello");
    EXPECT_EQ(reply.header("Content-Type"), "application/json");
    EXPECT_EQ(reply.header("Server"), "Kinora");
    EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(reply.header("Date").size(), 29u);
    EXPECT_TRUE(TraceId::parse(reply.header("X-Trace-Id")));
    EXPECT_EQ(reply.header("Connection"), "");
}

TEST(Connection, AsksForAnotherAnswerWhereNothingKnowsThePath) {
    ServerOptions options;
    options.otherwise = [](const Request& request) -> std::optional<Response> {
        if (request.header("Accept") != "text/html") return std::nullopt;
        auto page = Response::json_text(404, "a page");
        page.content_type = "text/html";
        return page;
    };
    TestServer server(small_router(), options);
    const auto page = ask(server.port(), get("/elsewhere", "Accept: text/html\r\n"));
    EXPECT_EQ(page.status, 404);
    EXPECT_EQ(page.body, "a page");
    EXPECT_EQ(ask(server.port(), get("/elsewhere")).body, "no_api");
    EXPECT_EQ(ask(server.port(), get("/hello", "Accept: text/html\r\n")).body, "hello");
    EXPECT_EQ(ask(server.port(), get("/echo", "Accept: text/html\r\n")).status, 405);
}

TEST(Connection, HandsTheRequestOver) {
    TestServer server(small_router());
    const auto reply = ask(server.port(), get("/facts/%C3%A9/?a=%20b", "X-Odd:  odd \r\n"));
    EXPECT_EQ(reply.body, "/facts/é|a=%20b|é|http://x|127.0.0.1|odd");
}

TEST(Connection, TakesTheAbsoluteFormsHost) {
    TestServer server(small_router());
    EXPECT_THAT(ask(server.port(), get("http://other.example:81/facts/a")).body,
                HasSubstr("|http://other.example:81|"));
}

TEST(Connection, AnswersPipelinedRequestsInOrder) {
    TestServer server(small_router());
    Client client(server.port());
    std::string all;
    for (int i = 0; i < 100; ++i) all += get("/facts/" + std::to_string(i));
    all += "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" + get("/hello");
    ASSERT_TRUE(client.send(all));
    for (int i = 0; i < 100; ++i) {
        EXPECT_THAT(client.read().body, HasSubstr("|" + std::to_string(i) + "|"));
    }
    EXPECT_EQ(client.read().body, "abc");
    EXPECT_EQ(client.read().body, "hello");
}

TEST(Connection, AnswersAHalfClosedClient) {
    TestServer server(small_router());
    Client client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
    client.shut_sending();
    EXPECT_EQ(client.read().body, "abc");
    EXPECT_TRUE(client.read_end());
}

TEST(Connection, KeepsAndClosesAsAsked) {
    struct Row {
        const char* request;
        const char* connection;
        bool ends;
    };
    const Row rows[] = {
        {"GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "close", true},
        {"GET /hello HTTP/1.0\r\n\r\n", "close", true},
        {"GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "keep-alive", false},
        {"GET /hello HTTP/1.1\r\nHost: x\r\n\r\n", "", false},
    };
    TestServer server(small_router());
    for (const auto& row : rows) {
        Client client(server.port());
        client.send(row.request);
        const auto reply = client.read();
        EXPECT_EQ(reply.body, "hello");
        EXPECT_EQ(reply.header("Connection"), row.connection) << row.request;
        if (row.ends) {
            EXPECT_TRUE(client.read_end());
        } else {
            client.send(get("/hello"));
            EXPECT_EQ(client.read().body, "hello");
        }
    }
}

TEST(Connection, AnswersHeadWithoutABody) {
    TestServer server(small_router());
    Client client(server.port());
    client.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n" + get("/hello"));
    const auto head = client.read(Client::Body::none);
    EXPECT_EQ(head.header("Content-Length"), "5");
    EXPECT_EQ(client.read().body, "hello");
}

TEST(Connection, TellsUnknownPathsAndMethods) {
    TestServer server(small_router());
    EXPECT_EQ(ask(server.port(), get("/nothing")).body, "no_api");
    const auto reply = ask(server.port(), "PUT /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(reply.status, 405);
    EXPECT_EQ(reply.body, "method_not_allowed");
    EXPECT_EQ(reply.header("Allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(ask(server.port(), "BREW /hello HTTP/1.1\r\nHost: x\r\n\r\n").status, 405);
}

TEST(Connection, TurnsExceptionsInto500) {
    TestServer server(small_router());
    Client client(server.port());
    client.send(get("/throws") + get("/hello"));
    const auto reply = client.read();
    EXPECT_EQ(reply.status, 500);
    EXPECT_EQ(reply.body, "api_error");
    EXPECT_EQ(client.read().body, "hello");
}

TEST(Connection, RefusesMalformedRequests) {
    struct Row {
        std::string request;
        int status;
    };
    const std::string host = "Host: x\r\n";
    const Row rows[] = {
        {"nonsense\r\n\r\n", 400},
        {"GET\r\n\r\n", 400},
        {"GET /hello\r\n\r\n", 400},
        {"GET /hello HTTP/2.0\r\n" + host + "\r\n", 400},
        {"GET /hello HTTX/1.1\r\n" + host + "\r\n", 400},
        {"\x16\x03\x01\x02\x01\x01\xfc\x03\x03 tls\r\n\r\n", 400},
        {"G\x01T /hello HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET /he llo HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET /%00 HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET /%zz HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET hello HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET * HTTP/1.1\r\n" + host + "\r\n", 400},
        {"CONNECT x:80 HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET /hello HTTP/1.1\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\n" + host + host + "\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost:\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost: x/y\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\n" + host + "No-Colon\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\n" + host + "Sp ace: x\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\n" + host + "Colon : x\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\n" + host + "Nul: a" + std::string(1, '\0') + "b\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\n" + host + "\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\n" + host +
             "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
         400},
        {"POST /echo HTTP/1.1\r\n" + host +
             "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
         400},
        {"POST /echo HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
         400},
        {"POST /echo HTTP/1.1\r\n" + host + "Content-Length: -3\r\n\r\nabc", 400},
        {"POST /echo HTTP/1.1\r\n" + host + "Content-Length: 3x\r\n\r\nabc", 400},
        {"POST /echo HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999999\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\n", 501},
        {"POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
        {"POST /echo HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\n" + host + "Expect: miracles\r\n\r\n", 417},
        {"GET /hello HTTP/1.1\r\n" + host + "Long: " + std::string(20'000, 'x') + "\r\n\r\n", 431},
        {"GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\n" + host + "\r\n", 431},
    };
    TestServer server(small_router());
    for (const auto& row : rows) {
        Client client(server.port());
        client.send(row.request);
        const auto reply = client.read();
        const auto shown = row.request.substr(0, 100);
        EXPECT_EQ(reply.status, row.status) << shown;
        EXPECT_EQ(reply.body, "bad_request") << shown;
        EXPECT_EQ(reply.header("Connection"), "close") << shown;
        EXPECT_TRUE(TraceId::parse(reply.header("X-Trace-Id"))) << shown;
        client.shut_sending();
        EXPECT_TRUE(client.read_end()) << shown;
    }
}

TEST(Connection, ToleratesWhatMayBeTolerated) {
    TestServer server(small_router());
    EXPECT_EQ(ask(server.port(), "\r\n\r\n" + get("/hello")).body, "hello");
    EXPECT_EQ(ask(server.port(), get("/hello/")).body, "hello");
    EXPECT_EQ(ask(server.port(), get("/x/../hello")).body, "hello");
    EXPECT_EQ(ask(server.port(), "GET /hello HTTP/1.1\r\nhOST:x:80\r\n\r\n").body, "hello");
}

TEST(Connection, CountsTrickledHeadersToo) {
    TestServer server(small_router());
    Client client(server.port());
    client.send("GET /hello HTTP/1.1\r\nHost: x\r\n");
    const auto line = "A: " + std::string(500, 'x') + "\r\n";
    bool open = true;
    for (int i = 0; open && i < 1000; ++i) open = client.send(line);
    EXPECT_EQ(client.read().status, 431);
}

TEST(Connection, BelievesOnlyItsProxies) {
    const auto request = get("/facts/a",
                             "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n"
                             "X-Forwarded-Host: kinora.example\r\n");
    TestServer plain(small_router());
    EXPECT_THAT(ask(plain.port(), request).body, HasSubstr("|http://x|127.0.0.1|"));
    ServerOptions options;
    options.trusted_proxies = {"127.0.0.0/8"};
    TestServer behind(small_router(), options);
    EXPECT_THAT(ask(behind.port(), request).body,
                HasSubstr("|https://kinora.example|203.0.113.7|"));
    const auto bad = get("/facts/a", "X-Forwarded-Host: a b\r\nX-Forwarded-Proto: gopher\r\n");
    EXPECT_THAT(ask(behind.port(), bad).body, HasSubstr("|http://x|127.0.0.1|"));
}

TEST(Connection, KnowsItsOwnUrl) {
    TestServer plain(small_router());
    EXPECT_THAT(ask(plain.port(), "GET /facts/a HTTP/1.0\r\n\r\n").body,
                HasSubstr("|http://127.0.0.1:" + std::to_string(plain.port()) + "|"));
    ServerOptions options;
    options.public_url = "https://kinora.example/";
    TestServer named(small_router(), options);
    EXPECT_THAT(ask(named.port(), get("/facts/a")).body, HasSubstr("|https://kinora.example|"));
}

}  // namespace
}  // namespace kinora::http
