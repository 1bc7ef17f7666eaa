// unit/http/listener_test.cpp: sentences for the operator.
#include "http/listener.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace kinora::http {
namespace {

TEST(Listener, BindsAFreePortThatNoChildInherits) {
    const auto listener = open_listener("127.0.0.1", 0);
    ASSERT_TRUE(listener);
    EXPECT_GT(listener->port, 0);
    EXPECT_TRUE(::fcntl(listener->descriptor, F_GETFD) & FD_CLOEXEC);
    ::close(listener->descriptor);
}

TEST(Listener, SaysThatThePortIsInUse) {
    const auto first = open_listener("localhost", 0);
    ASSERT_TRUE(first);
    const auto second = open_listener("127.0.0.1", first->port);
    ::close(first->descriptor);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().message(),
              "127.0.0.1:" + std::to_string(first->port) +
                  " is in use by another program; choose another with --listen");
}

TEST(Listener, SaysThatTheAddressIsNotOurs) {
    const auto listener = open_listener("203.0.113.1", 0);
    ASSERT_FALSE(listener);
    EXPECT_EQ(listener.error().message(),
              "203.0.113.1 is not an address of this machine; choose another with --listen");
}

TEST(Listener, RefusesWhatIsNoAddress) {
    for (const auto* text : {"", "example.org", "1.2.3", "[::1", "1.2.3.4.5", ":::"}) {
        const auto listener = open_listener(text, 0);
        ASSERT_FALSE(listener) << text;
        EXPECT_THAT(listener.error().message(), testing::HasSubstr("is no IPv4 or IPv6 address"));
    }
}

}  // namespace
}  // namespace kinora::http
