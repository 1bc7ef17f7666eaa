// unit/http/head_test.cpp: heads as bytes.
#include "http/head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kinora::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Head, SaysWhatEveryAnswerSays) {
    const auto head = render_head(Response::json_text(200, "{}"), {});
    EXPECT_EQ(
        head,
        "HTTP/1.1 200 OK\r\nServer: Kinora\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
        "X-Trace-Id: 00000000-0000-0000-0000-000000000000\r\nX-Content-Type-Options: nosniff\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n");
}

TEST(Head, LeavesTheLengthOutWhereItHasNoPlace) {
    EXPECT_THAT(render_head(Response::empty(204), {}), Not(HasSubstr("Content-Length")));
    EXPECT_THAT(render_head(Response::empty(304), {}), Not(HasSubstr("Content-Length")));
    EXPECT_THAT(render_head(Response::empty(200), {}), HasSubstr("Content-Length: 0\r\n"));
    EXPECT_THAT(render_head(Response::empty(416), {}),
                StartsWith("HTTP/1.1 416 Range Not Satisfiable\r\n"));
}

TEST(Head, LetsNoValueBeginAnotherHeader) {
    auto response = Response::empty(200);
    response.set("Location", "/x\r\nSet-Cookie: a=b");
    response.set("Bad Name", "x");
    response.content_type = "text/plain\r\nX: y";
    const auto head = render_head(response, {});
    EXPECT_THAT(head, HasSubstr("Location: /x  Set-Cookie: a=b\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("\r\nSet-Cookie")));
    EXPECT_THAT(head, Not(HasSubstr("Bad Name")));
    EXPECT_THAT(head, Not(HasSubstr("\r\nX: y")));
}

}  // namespace
}  // namespace kinora::http
