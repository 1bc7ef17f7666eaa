// unit/outbound/destination_test.cpp: names and addresses at the guard.
#include "outbound/destination.hpp"

#include "unit/outbound/fake_resolver.hpp"

#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

std::string admitted(const char* text, Resolver& resolver,
                     const AddressRules& rules = AddressRules()) {
    auto url = Url::parse(text);
    if (!url) return url.error().message();
    const auto destination = admit(*url, rules, resolver, {});
    if (!destination) return destination.error().message();
    std::string addresses;
    for (const auto& address : destination->addresses) addresses += address.str() + ' ';
    return addresses;
}

TEST(Destination, HasEveryAddressOfItsName) {
    FakeResolver resolver;
    resolver.say("a.example", {{"8.8.8.8", "2606:4700::1111"}});
    EXPECT_EQ(admitted("http://A.example./x", resolver), "8.8.8.8 2606:4700::1111 ");
    EXPECT_EQ(resolver.lookups(), 1);
}

TEST(Destination, RefusesANameWithOneBadAddress) {
    FakeResolver resolver;
    resolver.say("a.example", {{"8.8.8.8", "10.0.0.1"}});
    EXPECT_EQ(admitted("http://a.example/", resolver),
              "a.example leads to a private address, which this server does not reach.");
    FakeResolver::Answer many(40, "8.8.8.8");
    many.push_back("::1");
    resolver.say("b.example", {many});
    EXPECT_EQ(admitted("http://b.example/", resolver),
              "b.example leads to a loopback address, which this server does not reach.");
}

TEST(Destination, JudgesAddressesWithoutALookup) {
    FakeResolver resolver;
    EXPECT_EQ(admitted("http://127.0.0.1:1/", resolver),
              "127.0.0.1 is a loopback address, which this server does not reach.");
    EXPECT_EQ(admitted("http://[::ffff:a9fe:a9fe]/latest", resolver),
              "::ffff:a9fe:a9fe is a link-local address, which this server does not reach.");
    EXPECT_EQ(admitted("http://[2606:4700::1111]/", resolver), "2606:4700::1111 ");
    EXPECT_EQ(resolver.lookups(), 0);
}

TEST(Destination, BelievesTheOperator) {
    FakeResolver resolver;
    resolver.say("minio.internal", {{"10.0.0.9"}});
    resolver.say("other.internal", {{"10.0.0.9"}});
    const auto rules = AddressRules::parse({"minio.internal"}).value();
    EXPECT_EQ(admitted("http://minio.internal:9000/", resolver, rules), "10.0.0.9 ");
    EXPECT_EQ(admitted("http://other.internal/", resolver, rules),
              "other.internal leads to a private address, which this server does not reach.");
}

TEST(Destination, JudgesWhatTheSystemMakesOfOddSpellings) {
    const auto resolver = make_system_resolver();
    for (const auto* text : {"http://2130706433/", "http://0177.1/", "http://0x7f.0x1/",
                             "http://127.1/", "http://localhost/", "http://LOCALHOST./"}) {
        const auto said = admitted(text, *resolver);
        EXPECT_NE(said.find("a loopback address"), std::string::npos) << text << ": " << said;
    }
}

}  // namespace
}  // namespace kinora::outbound
