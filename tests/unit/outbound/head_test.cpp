// unit/outbound/head_test.cpp: heads of answers, line by line.
#include "outbound/head.hpp"

#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

Head head_of(std::initializer_list<std::string_view> lines) {
    Head head;
    for (const auto line : lines) head.add_line(line);
    return head;
}

TEST(Head, KeepsWhatIsUsed) {
    const auto head = head_of({"HTTP/1.1 200 OK\r\n", "content-TYPE:  image/png \r\n",
                               "Content-Length: 12\r\n", "X: y\r\n", "\r\n"});
    EXPECT_TRUE(head.is_whole());
    EXPECT_TRUE(head.is_success());
    EXPECT_EQ(head.status(), 200);
    EXPECT_EQ(head.content_type(), "image/png");
    EXPECT_EQ(head.content_length(), 12u);
    EXPECT_EQ(head.coding(), "");
}

TEST(Head, ForgetsInterimAnswers) {
    const auto head = head_of(
        {"HTTP/1.1 103 Early Hints\r\n", "Location: /x\r\n", "\r\n", "HTTP/2 404\r\n", "\r\n"});
    EXPECT_TRUE(head.is_whole());
    EXPECT_EQ(head.status(), 404);
    EXPECT_EQ(head.location(), "");
}

TEST(Head, TakesTheFirstLocationAndNoTrailers) {
    const auto head = head_of({"HTTP/1.1 302\r\n", "Location: /a\r\n", "Location: /b\r\n", "\r\n",
                               "Content-Type: text/x\r\n"});
    EXPECT_TRUE(head.is_redirect());
    EXPECT_EQ(head.location(), "/a");
    EXPECT_EQ(head.content_type(), "");
}

TEST(Head, KnowsCompressions) {
    EXPECT_EQ(head_of({"HTTP/1.1 200\r\n", "Content-Encoding: gzip\r\n"}).coding(), "gzip");
    EXPECT_EQ(head_of({"HTTP/1.1 200\r\n", "Transfer-Encoding: gzip, chunked\r\n"}).coding(),
              "gzip, chunked");
    EXPECT_EQ(head_of({"HTTP/1.1 200\r\n", "Transfer-Encoding: Chunked\r\n",
                       "Content-Encoding: identity\r\n"})
                  .coding(),
              "");
}

TEST(Head, StandsNonsense) {
    const auto head = head_of({"HTTP/1.1\r\n", "no colon\r\n", ": x\r\n", "Content-Length: -1\r\n",
                               "Content-Length: 99999999999999999999\r\n", "\r\n"});
    EXPECT_FALSE(head.is_whole());
    EXPECT_EQ(head.status(), 0);
    EXPECT_FALSE(head.content_length());
}

}  // namespace
}  // namespace kinora::outbound
