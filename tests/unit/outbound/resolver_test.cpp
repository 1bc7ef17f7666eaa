// unit/outbound/resolver_test.cpp: the system's resolver, as far as it goes without a network.
#include "outbound/resolver.hpp"

#include "unit/outbound/fake_resolver.hpp"

#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

TEST(SystemResolver, KnowsThisMachine) {
    const auto resolver = make_system_resolver();
    const auto addresses = resolver->resolve("localhost", {});
    ASSERT_TRUE(addresses) << addresses.error().message();
    for (const auto& address : *addresses) {
        EXPECT_TRUE(address.str() == "127.0.0.1" || address.str() == "::1") << address.str();
    }
}

TEST(SystemResolver, SaysWhatItDoesNotFind) {
    // A label of more than 63 characters is no name; no server is asked for it.
    const auto name = std::string(64, 'a') + ".invalid";
    const auto addresses = make_system_resolver()->resolve(name, {});
    EXPECT_EQ(message_of(addresses), name + " could not be found.");
}

TEST(SystemResolver, WaitsNoLongerThanItMay) {
    const auto resolver = make_system_resolver();
    std::stop_source stopped;
    stopped.request_stop();
    const auto cancelled = resolver->resolve("localhost", {stopped.get_token()});
    EXPECT_TRUE(cancelled || cancelled.error().code() == ErrorCode::cancelled);
    const auto late = resolver->resolve("localhost", {{}, SteadyPoint()});
    EXPECT_TRUE(late || late.error().code() == ErrorCode::timeout);
}

}  // namespace
}  // namespace kinora::outbound
