// unit/outbound/exchange_test.cpp: what is dialled, and what is said there.
#include "outbound/exchange.hpp"

#include "unit/outbound/fetching.hpp"
#include "unit/outbound/hostile_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>

namespace kinora::outbound {
namespace {

using testing::HasSubstr;
using testing::Not;

Result<Head> ask(const std::string& url, std::vector<std::string> addresses) {
    Destination destination{Url::parse(url).value(), {}};
    for (const auto& text : addresses) destination.addresses.push_back(*Address::parse(text));
    MemorySink sink;
    Patience patience;
    patience.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    return exchange(destination, short_limits(), patience, sink);
}

TEST(Exchange, DialsTheCheckedAddressWhateverTheNameIs) {
    const HostileServer server(answer("x"), "127.0.0.2");
    for (const auto* host : {"a.example", "localhost", "A.Example.", "a_b.example", "x"}) {
        const auto head = ask(server.url(host), {"127.0.0.2"});
        ASSERT_TRUE(head) << head.error().message() << head.error().detail();
        EXPECT_EQ(head->status(), 200);
    }
    EXPECT_EQ(server.visits(), 5);
}

TEST(Exchange, DialsNothingElse) {
    const HostileServer server(answer("x"));
    for (const auto* host : {"127.0.0.1", "[::ffff:127.0.0.1]"}) {
        const auto head = ask(server.url(host), {"127.0.0.2"});
        EXPECT_THAT(message_of(head), HasSubstr("could not be reached"));
        EXPECT_THAT(head.error().detail(), HasSubstr("not checked"));
    }
    EXPECT_EQ(server.visits(), 0);
}

TEST(Exchange, TriesTheNextAddress) {
    const HostileServer server(answer("x"), "127.0.0.2");
    EXPECT_TRUE(ask(server.url("a.example"), {"127.0.0.3", "127.0.0.2"}));
}

TEST(Exchange, UsesNoProxyOfTheEnvironment) {
    const HostileServer proxy(answer("from the proxy"));
    const HostileServer server(answer("x"), "127.0.0.2");
    ::setenv("http_proxy", proxy.url().c_str(), 1);
    ::setenv("ALL_PROXY", proxy.url().c_str(), 1);
    EXPECT_TRUE(ask(server.url("a.example"), {"127.0.0.2"}));
    ::unsetenv("http_proxy");
    ::unsetenv("ALL_PROXY");
    EXPECT_EQ(proxy.visits(), 0);
    EXPECT_EQ(server.visits(), 1);
}

TEST(Exchange, SaysLittleAboutItself) {
    std::string head;
    {
        const HostileServer server([&](Visit& visit) {
            head = visit.read_head();
            visit.send(answer("x", "Set-Cookie: a=b\r\n"));
        });
        ASSERT_TRUE(ask(server.url("a.example", "/p?q=1#f"), {"127.0.0.1"}));
    }
    EXPECT_THAT(head, HasSubstr("GET /p?q=1 HTTP/1.1\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nHost: a.example:"));
    EXPECT_THAT(head, HasSubstr("\r\nUser-Agent: Kinora\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nAccept-Encoding: identity\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("Cookie")));
    EXPECT_THAT(head, Not(HasSubstr("Authorization")));
    EXPECT_THAT(head, Not(HasSubstr("Upgrade")));
}

}  // namespace
}  // namespace kinora::outbound
