// tests/unit/api/json_text_test.cpp: numbers as people read them, and nothing changed beside.
#include "api/json_text.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace kinora::api {
namespace {

namespace json = boost::json;

TEST(JsonText, WritesDoublesInDecimalWithAPoint) {
    struct Row {
        double number;
        std::string_view text;
    };
    const Row table[] = {
        {0, "0.0"},
        {24, "24.0"},
        {5.5, "5.5"},
        {0.1, "0.1"},
        {-0.25, "-0.25"},
        {1763676000.123, "1763676000.123"},
        {1e6, "1000000.0"},
        {0.001, "0.001"},
        {4.123, "4.123"},
        {100000.0, "100000.0"},
        {1700000000.0, "1700000000.0"},
    };
    for (const auto& row : table) EXPECT_EQ(to_text(row.number), row.text);
}

TEST(JsonText, WritesTheRestAsItIs) {
    const std::string table[] = {
        "null",
        "true",
        "7",
        "-7",
        "18446744073709551615",
        "\"\"",
        R"("a \"quoted\" \\ line\nend \u0000 é")",
        "[]",
        "{}",
        R"([1,[2,[]],{"a":{}}])",
        R"({"b":1,"a":[1.5,null,false],"":{"x y":"z"},"quoted \"key\"":0})",
    };
    for (const auto& text : table) EXPECT_EQ(to_text(json::parse(text)), text);
}

TEST(JsonText, WhateverItWritesIsTheSameValueAgain) {
    const std::string table[] = {
        "1e300",
        "-1e-300",
        "1e308",
        "5e-324",
        "0.1e1",
        "123456789012345678901234567890",
        "1.7976931348623157e308",
        "-0.0",
        "[1e22, 1e21, 1e-7, 2.5e-5]",
    };
    for (const auto& text : table) {
        const auto value = json::parse(text);
        EXPECT_EQ(json::parse(to_text(value)), value) << text << " became " << to_text(value);
    }
}

}  // namespace
}  // namespace kinora::api
