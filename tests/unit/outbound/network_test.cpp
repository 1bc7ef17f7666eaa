// unit/outbound/network_test.cpp: networks and what lies in them.
#include "outbound/network.hpp"

#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

bool holds(const char* network, const char* address) {
    return Network::parse(network).value().contains(*Address::parse(address));
}

TEST(Network, HoldsWhatBeginsAlike) {
    EXPECT_TRUE(holds("10.0.0.0/8", "10.255.255.255"));
    EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.0"));
    EXPECT_TRUE(holds("172.16.0.0/12", "172.31.255.255"));
    EXPECT_FALSE(holds("172.16.0.0/12", "172.32.0.0"));
    EXPECT_TRUE(holds("10.1.2.3/8", "10.9.9.9"));
    EXPECT_TRUE(holds("1.2.3.4", "1.2.3.4"));
    EXPECT_FALSE(holds("1.2.3.4/31", "1.2.3.6"));
    EXPECT_TRUE(holds("fc00::/7", "fdff::1"));
    EXPECT_FALSE(holds("fc00::/7", "fe00::1"));
    EXPECT_TRUE(holds("::/0", "2001:db8::1"));
    EXPECT_TRUE(holds("0.0.0.0/0", "8.8.8.8"));
}

TEST(Network, KeepsTheFamiliesApart) {
    EXPECT_FALSE(holds("::/0", "10.0.0.1"));
    EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
    EXPECT_TRUE(holds("::ffff:10.0.0.0/104", "10.0.0.1"));
}

TEST(Network, RefusesWhatIsNone) {
    for (const auto* text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8 ",
                             "::/129", "10.0.0/8", "example.com", "10.0.0.0/0x8", "::1/1/1"}) {
        EXPECT_FALSE(Network::parse(text)) << text;
    }
}

}  // namespace
}  // namespace kinora::outbound
