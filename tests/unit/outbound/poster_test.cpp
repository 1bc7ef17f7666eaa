// unit/outbound/poster_test.cpp: what goes out, and what of an answer counts.
#include "outbound/poster.hpp"

#include "unit/outbound/fake_resolver.hpp"
#include "unit/outbound/hostile_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>

namespace kinora::outbound {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

class PosterTest : public testing::Test {
protected:
    Result<Reply> post(const std::string& url, std::stop_token stop = {}) {
        return Poster(AddressRules(Loopback::allowed), resolver, 300ms)
            .post(url, {{"Content-Type: application/json", "webhook-id: one"}, "{\"a\": 1}"}, stop);
    }
    static std::string answer(const std::string& status, const std::string& body,
                              const std::string& more = "") {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n" + more + "\r\n" + body;
    }

    FakeResolver resolver;
};

TEST_F(PosterTest, SendsTheLetterAsItIs) {
    std::mutex mutex;
    std::string seen;
    const HostileServer server([&](Visit& visit) {
        const auto head = visit.read_head();
        const std::lock_guard lock(mutex);
        seen = head;
        visit.send(answer("204 No Content", ""));
    });
    const auto reply = post(server.url("127.0.0.1", "/hook?x=1"));
    ASSERT_TRUE(reply) << reply.error().message();
    EXPECT_EQ(reply->status, 204);
    EXPECT_TRUE(reply->is_success());
    const std::lock_guard lock(mutex);
    EXPECT_THAT(seen, HasSubstr("POST /hook?x=1 HTTP/1.1\r\n"));
    EXPECT_THAT(seen, HasSubstr("Content-Type: application/json\r\n"));
    EXPECT_THAT(seen, HasSubstr("webhook-id: one\r\n"));
    EXPECT_THAT(seen, HasSubstr("Content-Length: 8\r\n"));
    EXPECT_THAT(seen, Not(HasSubstr("Expect")));
    EXPECT_THAT(seen, Not(HasSubstr("urlencoded")));
}

TEST_F(PosterTest, AnAnswerOfAnyStatusIsOne) {
    const HostileServer broken(answer("500 Oops", "it broke"));
    const auto reply = post(broken.url());
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 500);
    EXPECT_EQ(reply->start, "it broke");
    EXPECT_FALSE(reply->is_success());
}

TEST_F(PosterTest, ARedirectIsNotFollowed) {
    const HostileServer other(answer("200 OK", ""));
    const HostileServer server(answer("301 Moved", "", "Location: " + other.url() + "\r\n"));
    const auto reply = post(server.url());
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 301);
    EXPECT_EQ(other.visits(), 0);
}

TEST_F(PosterTest, OfALongAnswerTheStartIsKept) {
    const HostileServer server(answer("200 OK", std::string(100'000, 'x')));
    const auto reply = post(server.url());
    ASSERT_TRUE(reply) << reply.error().message();
    EXPECT_EQ(reply->start, std::string(Poster::kStartBytes, 'x'));
}

TEST_F(PosterTest, ASlowBodyDoesNotMakeAnAnswerNone) {
    const HostileServer server([](Visit& visit) {
        visit.read_head();
        visit.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome");
        visit.wait_for_end();
    });
    const auto reply = post(server.url());
    ASSERT_TRUE(reply) << reply.error().message();
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->start, "some");
}

TEST_F(PosterTest, AnAnswerWhoseBodyIsCutOffIsOne) {
    const HostileServer server(
        std::string("HTTP/1.1 202 Accepted\r\nContent-Length: 1000\r\n\r\nhello"));
    const auto reply = post(server.url());
    ASSERT_TRUE(reply) << reply.error().message();
    EXPECT_EQ(reply->status, 202);
    EXPECT_EQ(reply->start, "hello");
}

TEST_F(PosterTest, SilenceAndEarlyEndsAreToldWithTheHost) {
    const HostileServer silent([](Visit& visit) {
        visit.read_head();
        visit.wait_for_end();
    });
    const HostileServer closing([](Visit& visit) { visit.read_head(); });
    const HostileServer babbling(std::string("hello\r\n\r\n"));
    const ClosedPort nobody;
    for (const auto& [url, words] :
         {std::pair{silent.url(), "did not answer within 0.3 s"},
          std::pair{closing.url(), "closed the connection"},
          std::pair{babbling.url(), "The server at 127.0.0.1"},
          std::pair{nobody.url(), "could not be reached"},
          std::pair{std::string("http://10.1.2.3/"), "10.1.2.3 is a private address"},
          std::pair{std::string("ftp://a.example/"), "http"}}) {
        const auto reply = post(url);
        ASSERT_FALSE(reply) << url;
        EXPECT_EQ(reply.error().code(), ErrorCode::bad_request);
        EXPECT_THAT(reply.error().message(), HasSubstr(words));
    }
}

TEST_F(PosterTest, AStopEndsIt) {
    std::stop_source stop;
    const HostileServer silent([&](Visit& visit) {
        visit.read_head();
        stop.request_stop();
        visit.wait_for_end();
    });
    Poster patient(AddressRules(Loopback::allowed), resolver, 60s);
    const auto reply = patient.post(silent.url(), {{}, "{}"}, stop.get_token());
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code(), ErrorCode::cancelled);
}

TEST_F(PosterTest, JudgesWhereAUrlLeadsWithoutALookup) {
    const Poster poster(AddressRules(Loopback::refused), resolver);
    EXPECT_EQ(*poster.receiver_of("https://Hooks.Example/a?b"), "hooks.example:443/a");
    EXPECT_EQ(*poster.receiver_of("http://hooks.example:81"), "hooks.example:81/");
    for (const auto* url : {"http://127.0.0.1/", "http://[::1]/", "http://192.168.1.1/x", "x:/y",
                            "https://user:pass@a.example/"}) {
        EXPECT_FALSE(poster.receiver_of(url)) << url;
    }
}

}  // namespace
}  // namespace kinora::outbound
