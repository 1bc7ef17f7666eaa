// unit/http/authority_test.cpp: host names of strangers.
#include "http/authority.hpp"

#include <gtest/gtest.h>

namespace kinora::http {
namespace {

TEST(Authority, TakesHostsWithAndWithoutPorts) {
    for (const auto* text : {"localhost", "127.0.0.1:8080", "a-b.example.org", "x:0", "x:65535",
                             "[::1]", "[2001:db8::7]:443", "my_host~1"}) {
        EXPECT_TRUE(is_authority(text)) << text;
    }
}

TEST(Authority, RefusesTheRest) {
    for (const auto* text : {"", ":80", "x:", "x:65536", "x:1a", "x:123456", "a b", "user@x", "x/y",
                             "[::1", "[::1]x", "[zz]", "[]", "::1", "x%2fy", "x\"y", "[::1]:"}) {
        EXPECT_FALSE(is_authority(text)) << text;
    }
    EXPECT_FALSE(is_authority(std::string(254, 'a')));
    EXPECT_FALSE(is_authority(std::string("[::1\0]", 6)));
}

TEST(Authority, KnowsTokens) {
    EXPECT_TRUE(is_token("X-Trace-Id"));
    EXPECT_FALSE(is_token(""));
    EXPECT_FALSE(is_token("a b"));
    EXPECT_FALSE(is_token("a:"));
    EXPECT_FALSE(is_token("a\r"));
}

}  // namespace
}  // namespace kinora::http
