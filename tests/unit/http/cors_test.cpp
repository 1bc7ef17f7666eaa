// unit/http/cors_test.cpp: pages of other origins.
#include "http/cors.hpp"

#include "unit/http/test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kinora::http {
namespace {

using testing::HasSubstr;

Router two_origins() {
    Router router;
    router.add({Method::post, "/open", echoes(), 1000, Origins::any});
    router.add({Method::post, "/own", echoes(), 1000, Origins::same});
    router.add({Method::get, "/own", says("x"), 1000, Origins::same});
    return router;
}

std::string options(std::string_view path, std::string_view headers) {
    return "OPTIONS " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n" + std::string(headers) +
           "\r\n";
}

TEST(Cors, AnswersPreflights) {
    TestServer server(two_origins());
    const auto reply =
        ask(server.port(), options("/open",
                                   "Origin: https://page.example\r\n"
                                   "Access-Control-Request-Method: POST\r\n"
                                   "Access-Control-Request-Headers: authorization, x-a\r\n"));
    EXPECT_EQ(reply.status, 204);
    EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(reply.header("Access-Control-Allow-Methods"), "POST, OPTIONS");
    EXPECT_EQ(reply.header("Access-Control-Allow-Headers"), "authorization, x-a");
    EXPECT_EQ(reply.header("Access-Control-Max-Age"), "86400");
    EXPECT_EQ(reply.header("Access-Control-Allow-Credentials"), "");
}

TEST(Cors, NamesAuthorizationItself) {
    EXPECT_EQ(allowed_headers("a,B , c-d"), "a,B , c-d");
    for (const auto* asked : {"", "a,,b", "a b", "a:b", ",", "a,"}) {
        EXPECT_THAT(allowed_headers(asked), HasSubstr("Authorization")) << asked;
    }
}

TEST(Cors, OpensAnswersAndErrorsAlike) {
    TestServer server(two_origins());
    const auto good = ask(server.port(), "POST /open HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(good.header("Access-Control-Allow-Origin"), "*");
    EXPECT_THAT(good.header("Access-Control-Expose-Headers"),
                HasSubstr("X-Trace-Id, Location, Retry-After"));
    const auto method = ask(server.port(), get("/open"));
    EXPECT_EQ(method.status, 405);
    EXPECT_EQ(method.header("Access-Control-Allow-Origin"), "*");
    const auto large =
        ask(server.port(), "POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n");
    EXPECT_EQ(large.status, 413);
    EXPECT_EQ(large.header("Access-Control-Allow-Origin"), "*");
}

TEST(Cors, KeepsOwnRoutesToTheirOrigin) {
    TestServer server(two_origins());
    const auto reply =
        ask(server.port(), options("/own", "Access-Control-Request-Method: POST\r\n"));
    EXPECT_EQ(reply.status, 204);
    EXPECT_EQ(reply.header("Allow"), "POST, GET, HEAD, OPTIONS");
    EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), "");
    EXPECT_EQ(ask(server.port(), get("/own")).header("Access-Control-Allow-Origin"), "");
}

TEST(Cors, AnswersPlainOptions) {
    TestServer server(two_origins());
    EXPECT_EQ(ask(server.port(), options("/open", "")).header("Allow"), "POST, OPTIONS");
    EXPECT_EQ(ask(server.port(), options("*", "")).status, 204);
    EXPECT_EQ(ask(server.port(), options("/nothing", "")).status, 404);
}

}  // namespace
}  // namespace kinora::http
