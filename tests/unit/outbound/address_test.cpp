// unit/outbound/address_test.cpp: addresses as texts and as the kernel has them.
#include "outbound/address.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace kinora::outbound {
namespace {

TEST(Address, ReadsAndWrites) {
    const struct {
        const char* text;
        const char* written;
    } rows[] = {
        {"1.2.3.4", "1.2.3.4"},
        {"::", "::"},
        {"0:0:0:0:0:0:0:1", "::1"},
        {"2001:DB8::7", "2001:db8::7"},
        {"::ffff:1.2.3.4", "1.2.3.4"},
        {"::ffff:102:304", "1.2.3.4"},
        {"64:ff9b::1.2.3.4", "64:ff9b::102:304"},
    };
    for (const auto& row : rows) {
        const auto address = Address::parse(row.text);
        ASSERT_TRUE(address) << row.text;
        EXPECT_EQ(address->str(), row.written);
    }
}

TEST(Address, RefusesWhatIsNone) {
    for (const std::string text :
         {"", "1", "1.2.3", "1.2.3.256", "1.2.3.4.5", "01.2.3.4 ", "0x7f.0.0.1", "2130706433", ":",
          "1::2::3", "[::1]", "fe80::1%eth0", "::1/128", "12345::", "localhost"}) {
        EXPECT_FALSE(Address::parse(text)) << text;
    }
    EXPECT_FALSE(Address::parse(std::string("1.2.3.4\0", 8)));
    EXPECT_FALSE(Address::parse(std::string(1'000, ':')));
}

TEST(Address, TakesMappedForTheSame) {
    EXPECT_EQ(Address::parse("::ffff:10.0.0.1"), Address::parse("10.0.0.1"));
    EXPECT_TRUE(Address::parse("::ffff:10.0.0.1")->is_v4());
    EXPECT_FALSE(Address::parse("::10.0.0.1")->is_v4());
    EXPECT_NE(Address::parse("::10.0.0.1"), Address::parse("10.0.0.1"));
}

TEST(Address, ReadsSockets) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_addr.s_addr = htonl(0x01020304);
    EXPECT_EQ(Address::of(reinterpret_cast<sockaddr&>(v4)), Address::parse("1.2.3.4"));

    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    ::inet_pton(AF_INET6, "2001:db8::1", &v6.sin6_addr);
    EXPECT_EQ(Address::of(reinterpret_cast<sockaddr&>(v6)), Address::parse("2001:db8::1"));

    sockaddr_in6 other{};
    other.sin6_family = AF_UNIX;
    EXPECT_FALSE(Address::of(reinterpret_cast<sockaddr&>(other)));
}

}  // namespace
}  // namespace kinora::outbound
