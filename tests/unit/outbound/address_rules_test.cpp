// unit/outbound/address_rules_test.cpp: a long table of addresses that may and may not be called.
#include "outbound/address_rules.hpp"

#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

std::string judged(const AddressRules& rules, const char* text) {
    const auto address = Address::parse(text);
    if (!address) return "no address";
    return std::string(rules.refusal(*address).value_or("allowed"));
}

TEST(AddressRules, RefuseWhatIsNotPublic) {
    const struct {
        const char* address;
        const char* what;
    } rows[] = {
        {"0.0.0.0", "a reserved address"},
        {"0.1.2.3", "a reserved address"},
        {"10.0.0.0", "a private address"},
        {"10.255.255.255", "a private address"},
        {"100.64.0.0", "an address inside a provider's network"},
        {"100.100.100.200", "an address inside a provider's network"},
        {"100.127.255.255", "an address inside a provider's network"},
        {"127.0.0.1", "a loopback address"},
        {"127.255.255.254", "a loopback address"},
        {"168.63.129.16", "a reserved address"},
        {"169.254.0.1", "a link-local address"},
        {"169.254.169.254", "a link-local address"},
        {"172.16.0.1", "a private address"},
        {"172.31.255.255", "a private address"},
        {"192.0.0.192", "a reserved address"},
        {"192.0.2.1", "an address for documentation or benchmarks"},
        {"192.88.99.1", "an address of a tunnel"},
        {"192.168.0.1", "a private address"},
        {"192.168.255.255", "a private address"},
        {"198.18.0.1", "an address for documentation or benchmarks"},
        {"198.19.255.255", "an address for documentation or benchmarks"},
        {"198.51.100.1", "an address for documentation or benchmarks"},
        {"203.0.113.1", "an address for documentation or benchmarks"},
        {"224.0.0.1", "a multicast address"},
        {"239.255.255.250", "a multicast address"},
        {"240.0.0.1", "a reserved address"},
        {"255.255.255.255", "a reserved address"},
        {"::", "a reserved address"},
        {"::1", "a loopback address"},
        {"::2", "a reserved address"},
        {"::7f00:1", "a loopback address"},
        {"::127.0.0.1", "a loopback address"},
        {"::10.0.0.1", "a private address"},
        {"::ffff:127.0.0.1", "a loopback address"},
        {"::ffff:10.0.0.1", "a private address"},
        {"::ffff:a9fe:a9fe", "a link-local address"},
        {"::ffff:0:127.0.0.1", "a loopback address"},
        {"64:ff9b::127.0.0.1", "a loopback address"},
        {"64:ff9b::192.168.1.1", "a private address"},
        {"64:ff9b::a9fe:a9fe", "a link-local address"},
        {"64:ff9b:1::8.8.8.8", "a private address"},
        {"64:ff9c::1", "a reserved address"},
        {"100::1", "a reserved address"},
        {"2001::1", "an address of a tunnel"},
        {"2001:0:4136:e378:8000:63bf:3fff:fdd2", "an address of a tunnel"},
        {"2001:2::1", "a reserved address"},
        {"2001:10::1", "a reserved address"},
        {"2001:20::1", "a reserved address"},
        {"2001:db8::1", "an address for documentation or benchmarks"},
        {"2002:7f00:1::", "a loopback address"},
        {"2002:a00:1::1", "a private address"},
        {"2002:c0a8:101::1", "a private address"},
        {"2002:a9fe:a9fe::", "a link-local address"},
        {"3fff::1", "an address for documentation or benchmarks"},
        {"4000::1", "a reserved address"},
        {"5f00::1", "a reserved address"},
        {"fc00::1", "a private address"},
        {"fd00:ec2::254", "a private address"},
        {"fe80::1", "a link-local address"},
        {"febf::1", "a link-local address"},
        {"fec0::1", "a private address"},
        {"ff02::1", "a multicast address"},
        {"ff0e::1", "a multicast address"},
    };
    const AddressRules rules;
    for (const auto& row : rows) EXPECT_EQ(judged(rules, row.address), row.what) << row.address;
}

TEST(AddressRules, AllowWhatIsPublic) {
    const AddressRules rules;
    for (const auto* address : {"1.1.1.1",         "8.8.8.8",
                                "9.255.255.255",   "11.0.0.0",
                                "100.63.255.255",  "100.128.0.0",
                                "126.255.255.255", "128.0.0.0",
                                "169.253.255.255", "169.255.0.0",
                                "172.15.255.255",  "172.32.0.0",
                                "192.0.1.0",       "192.167.255.255",
                                "192.169.0.0",     "198.17.255.255",
                                "198.20.0.0",      "223.255.255.255",
                                "2001:200::1",     "2001:4860:4860::8888",
                                "2606:4700::1111", "2a00:1450:4001:830::200e",
                                "::ffff:8.8.8.8",  "64:ff9b::8.8.8.8",
                                "2002:808:808::1", "::8.8.8.8"}) {
        EXPECT_EQ(judged(rules, address), "allowed") << address;
    }
}

TEST(AddressRules, MayAllowLoopbackAlone) {
    const AddressRules rules(Loopback::allowed);
    for (const auto* address : {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"}) {
        EXPECT_EQ(judged(rules, address), "allowed") << address;
    }
    for (const auto* address : {"0.0.0.0", "::", "10.0.0.1", "169.254.169.254", "fe80::1",
                                "::127.0.0.1", "64:ff9b::127.0.0.1", "2002:7f00:1::"}) {
        EXPECT_NE(judged(rules, address), "allowed") << address;
    }
}

TEST(AddressRules, AllowWhatTheOperatorNames) {
    const auto rules = AddressRules::parse(
        {"10.1.0.0/16", "192.168.7.7", "fd00:1::/32", "Minio.Internal.", "plain"});
    ASSERT_TRUE(rules);
    for (const auto* address : {"10.1.2.3", "192.168.7.7", "fd00:1::9", "::ffff:10.1.2.3"}) {
        EXPECT_EQ(judged(*rules, address), "allowed") << address;
    }
    for (const auto* address : {"10.2.0.1", "192.168.7.8", "fd00:2::9", "127.0.0.1"}) {
        EXPECT_NE(judged(*rules, address), "allowed") << address;
    }
    EXPECT_TRUE(rules->trusts_host("minio.internal"));
    EXPECT_TRUE(rules->trusts_host("plain"));
    EXPECT_FALSE(rules->trusts_host("x.minio.internal"));
    EXPECT_FALSE(rules->trusts_host("internal"));
}

TEST(AddressRules, NameWhatTheyCannotRead) {
    for (const auto* text :
         {"", "10.0.0.0/33", "2130706433", "0x7f.1", "127.1", "http://x", "*.x", "a b", "[::1]"}) {
        const auto rules = AddressRules::parse({"10.0.0.0/8", text});
        ASSERT_FALSE(rules) << text;
        EXPECT_EQ(
            rules.error().message(),
            "'" + std::string(text) + "' is no address, network such as 10.0.0.0/8, or host name");
    }
}

}  // namespace
}  // namespace kinora::outbound
