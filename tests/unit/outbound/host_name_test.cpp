// unit/outbound/host_name_test.cpp: names in one spelling.
#include "outbound/host_name.hpp"

#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

TEST(HostName, HasOneSpelling) {
    EXPECT_EQ(normal_host("Example.COM."), "example.com");
    EXPECT_EQ(normal_host("my_host-1"), "my_host-1");
    EXPECT_EQ(normal_host(std::string(253, 'a')), std::string(253, 'a'));
}

TEST(HostName, RefusesWhatIsNone) {
    for (const std::string text : {"", ".", "..", "a..", ".a", "-a", "+a", "a b", "a:1", "a%41",
                                   "a/b", "a,b", "[::1]", "m\xc3\xbcller.de"}) {
        EXPECT_FALSE(normal_host(text)) << text;
    }
    EXPECT_FALSE(normal_host(std::string("a\0b", 3)));
    EXPECT_FALSE(normal_host(std::string(254, 'a')));
}

TEST(HostName, KnowsOddSpellingsOfAddresses) {
    for (const auto* host : {"2130706433", "127.1", "0177.0.0.1", "0x7f000001", "a.0x7f"}) {
        EXPECT_TRUE(ends_in_number(host)) << host;
    }
    for (const auto* host : {"example.com", "1.example", "a1", "x0"}) {
        EXPECT_FALSE(ends_in_number(host)) << host;
    }
}

}  // namespace
}  // namespace kinora::outbound
