// tests/unit/api/canonical_json_test.cpp: spellings of one value give one text, others do not.
#include "api/canonical_json.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace kinora::api {
namespace {

std::string canonical(const std::string& text) {
    return to_canonical(boost::json::parse(text).as_object());
}

TEST(CanonicalJson, OrderNullsAndBlanksDoNotMatter) {
    const auto wanted = canonical(R"({"a": 1, "b": {"c": [1, 2], "d": "x"}})");
    for (const auto* text : {R"({"b":{"d":"x","c":[1,2]},"a":1})",
                             R"({"a": 1.0, "z": null, "b": {"c": [1, 2], "d": "x", "e": null}})",
                             R"({"a": 1e0, "b": {"c": [1, 2.0], "d": "\u0078"}})"}) {
        EXPECT_EQ(canonical(text), wanted) << text;
    }
    EXPECT_EQ(wanted, R"({"a":1,"b":{"c":[1,2],"d":"x"}})");
}

TEST(CanonicalJson, WhatDiffersDiffers) {
    const auto wanted = canonical(R"({"a": 1, "b": [1, null]})");
    for (const auto* text :
         {R"({"a": 2, "b": [1, null]})", R"({"a": "1", "b": [1, null]})", R"({"a": 1, "b": [1]})",
          R"({"a": true, "b": [1, null]})", R"({"a": 1.5, "b": [1, null]})",
          R"({"A": 1, "b": [1, null]})", R"({"a": 1, "b": [null, 1]})", R"({"a": 1})"}) {
        EXPECT_NE(canonical(text), wanted) << text;
    }
}

TEST(CanonicalJson, LargeNumbersAreNotRounded) {
    EXPECT_NE(canonical(R"({"a": 9007199254740993})"), canonical(R"({"a": 9007199254740992})"));
    EXPECT_EQ(canonical(R"({"a": 1e300})"), canonical(R"({"a": 10e299})"));
    EXPECT_EQ(canonical("{}"), "{}");
}

}  // namespace
}  // namespace kinora::api
