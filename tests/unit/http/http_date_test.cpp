// unit/http/http_date_test.cpp: dates as HTTP writes them.
#include "http/http_date.hpp"

#include <gtest/gtest.h>

namespace kinora::http {
namespace {

const Seconds kExample{std::chrono::seconds(784111777)};  // The example of RFC 9110, section 5.6.7.

TEST(HttpDate, WritesAndReads) {
    EXPECT_EQ(format_date(kExample), "Sun, 06 Nov 1994 08:49:37 GMT");
    for (const auto* text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                             "Sun Nov  6 08:49:37 1994"}) {
        EXPECT_EQ(parse_date(text), kExample) << text;
    }
    for (const auto* text :
         {"", "yesterday", "Sun, 06 Nov 1994 08:49:37 GMT x", "Sun, 06 Nov 1994"}) {
        EXPECT_EQ(parse_date(text), std::nullopt) << text;
    }
}

TEST(HttpDate, FollowsTheSecond) {
    EXPECT_EQ(cached_date(TimePoint(kExample) + Milliseconds(999)),
              "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(cached_date(TimePoint(kExample) + Milliseconds(1000)),
              "Sun, 06 Nov 1994 08:49:38 GMT");
}

}  // namespace
}  // namespace kinora::http
