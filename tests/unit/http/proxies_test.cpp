// unit/http/proxies_test.cpp: who may speak for a client.
#include "http/proxies.hpp"

#include <gtest/gtest.h>

namespace kinora::http {
namespace {

Proxies proxies(std::vector<std::string> texts) {
    return Proxies::parse(texts).value();
}

TEST(Proxies, TrustsAddressesAndNetworks) {
    const auto some =
        proxies({"127.0.0.1", "10.0.0.0/8", "192.168.4.0/22", "2001:db8::/33", "::1"});
    for (const auto* text : {"127.0.0.1", "10.255.0.1", "192.168.7.255", "2001:db8:7fff::1", "::1",
                             "::ffff:10.1.1.1"}) {
        EXPECT_TRUE(some.trusts(text)) << text;
    }
    for (const auto* text :
         {"127.0.0.2", "11.0.0.1", "192.168.8.0", "2001:db8:8000::1", "::2", "", "x"}) {
        EXPECT_FALSE(some.trusts(text)) << text;
    }
    EXPECT_FALSE(some.trusts(std::string("::1\0x", 5)));
    EXPECT_TRUE(proxies({"0.0.0.0/0"}).trusts("8.8.8.8"));
    EXPECT_FALSE(proxies({"0.0.0.0/0"}).trusts("2001:db8::1"));
}

TEST(Proxies, NamesTheOneItCannotRead) {
    for (const std::string text : {"10.0.0.0/33", "10.0.0/8", "::/129", "x", "", "10.0.0.0/",
                                   "10.0.0.0/8x", "10.0.0.0/-1"}) {
        const auto parsed = Proxies::parse({text});
        ASSERT_FALSE(parsed) << text;
        EXPECT_NE(parsed.error().message().find("'" + text + "'"), std::string::npos);
    }
}

TEST(Proxies, FindsTheClient) {
    const auto some = proxies({"10.0.0.0/8"});
    const std::pair<const char*, const char*> rows[] = {
        {"", "10.0.0.1"},
        {"203.0.113.7", "203.0.113.7"},
        {"1.1.1.1, 203.0.113.7", "203.0.113.7"},  // What the client itself claims is not believed.
        {"203.0.113.7, 10.0.0.9", "203.0.113.7"},
        {"10.0.0.8, 10.0.0.9", "10.0.0.8"},
        {"203.0.113.7:5123", "203.0.113.7"},
        {"[2001:db8::1]:99", "2001:db8::1"},
        {"2001:db8::1", "2001:db8::1"},
        {"unknown", "10.0.0.1"},
        {"203.0.113.7, unknown, 10.0.0.9", "10.0.0.9"},
        {",,", "10.0.0.1"},
    };
    for (const auto& [list, client] : rows)
        EXPECT_EQ(some.client_of("10.0.0.1", list), client) << list;
}

}  // namespace
}  // namespace kinora::http
