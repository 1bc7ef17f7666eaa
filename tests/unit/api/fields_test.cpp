// tests/unit/api/fields_test.cpp: bodies and fields of every wrong kind, as tables.
#include "api/fields.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace kinora::api {
namespace {

namespace json = boost::json;

std::string nested(std::size_t levels, const std::string& inside = "1") {
    std::string text = inside;
    for (std::size_t i = 0; i < levels; ++i) text = "[" + text + "]";
    return text;
}

TEST(ParseObject, ReadsAnObject) {
    const std::string table[] = {
        "{}",
        "  {}\r\n\t ",
        R"({"prompt": "a boat", "n": 1.5, "x": null, "list": [1, [2]]})",
        R"({"prompt": "\u00e9 \ud83c\udf0a \" \\ \/ \b\f\n\r\t"})",
        "{\"a\": " + nested(kJsonDepthMax - 1) + "}",
    };
    for (const auto& body : table) {
        const auto fields = parse_object(body);
        ASSERT_TRUE(fields.has_value()) << body << ": " << fields.error().message();
    }
    EXPECT_EQ(parse_object(table[3])->at("prompt").as_string(),
              "\xc3\xa9 \xf0\x9f\x8c\x8a \" \\ / \b\f\n\r\t");
}

TEST(ParseObject, SaysWhatIsWrongWithABody) {
    struct Row {
        std::string name;
        std::string body;
        std::string word;  // Of the message.
    };
    const Row table[] = {
        {"nothing", "", "empty"},
        {"blanks", " \t\r\n", "empty"},
        {"no JSON", "prompt=a boat", "not valid JSON"},
        {"half", R"({"prompt": "a bo)", "not valid JSON"},
        {"no end", R"({"prompt": "a boat")", "not valid JSON"},
        {"single quotes", "{'prompt': 'a boat'}", "not valid JSON"},
        {"Python", R"({"loop": True})", "not valid JSON"},
        {"a comma too many", R"({"prompt": "a boat",})", "not valid JSON"},
        {"a comment", R"({} // done)", "not valid JSON"},
        {"two objects", "{} {}", "not valid JSON"},
        {"something after", "{}x", "not valid JSON"},
        {"a bracket too many", "{}}", "not valid JSON"},
        {"a byte order mark", "\xef\xbb\xbf{}", "not valid JSON"},
        {"NaN", R"({"timeout": NaN})", "not valid JSON"},
        {"Infinity", R"({"timeout": Infinity})", "not valid JSON"},
        {"hex", R"({"timeout": 0x10})", "not valid JSON"},
        {"leading zero", R"({"timeout": 010})", "not valid JSON"},
        {"plus", R"({"timeout": +1})", "not valid JSON"},
        {"bare point", R"({"timeout": .5})", "not valid JSON"},
        {"a raw line end", "{\"prompt\": \"two\nlines\"}", "not valid JSON"},
        {"a raw NUL", std::string("{\"prompt\": \"a\0b\"}", 17), "not valid JSON"},
        {"bad escape", R"({"prompt": "\x41"})", "not valid JSON"},
        {"lone high surrogate", R"({"prompt": "\ud83c"})", "lone surrogate"},
        {"lone high surrogate in text", R"({"prompt": "\ud83c and more"})", "lone surrogate"},
        {"lone low surrogate", R"({"prompt": "\udf0a"})", "lone surrogate"},
        {"invalid UTF-8", "{\"prompt\": \"\xff\xfe\"}", "not valid JSON"},
        {"cut UTF-8", "{\"prompt\": \"\xe6\xb5\"}", "not valid JSON"},
        {"overlong UTF-8", "{\"prompt\": \"\xc0\xaf\"}", "not valid JSON"},
        {"surrogate in UTF-8", "{\"prompt\": \"\xed\xa0\x80\"}", "not valid JSON"},
        {"invalid UTF-8 in a name", "{\"\xff\": 1}", "not valid JSON"},
        {"a list", "[]", "must be a JSON object"},
        {"a text", "\"a boat\"", "must be a JSON object"},
        {"null", "null", "must be a JSON object"},
        {"a number", "7", "must be a JSON object"},
        {"too deep", "{\"a\": " + nested(kJsonDepthMax) + "}", "deeper than 32"},
        {"far too deep", std::string(kJsonValuesMax - 1, '['), "deeper than 32"},
        {"too many values",
         "{\"a\": [1" +
             [] {
                 std::string text;
                 for (std::size_t i = 0; i < kJsonValuesMax; ++i) text += ",1";
                 return text;
             }() +
             "]}",
         "more than 20000 values"},
        {"too many before the depth is looked at", std::string(1'000'000, '['),
         "more than 20000 values"},
        {"too deep, objects",
         "{\"a\":" + std::string(200, ' ') +
             [] {
                 std::string text;
                 for (int i = 0; i < 100; ++i) text += "{\"a\":";
                 return text;
             }(),
         "deeper than 32"},
    };
    for (const auto& row : table) {
        const auto fields = parse_object(row.body);
        ASSERT_FALSE(fields.has_value()) << row.name;
        EXPECT_EQ(fields.error().code(), ErrorCode::bad_request) << row.name;
        EXPECT_NE(fields.error().message().find(row.word), std::string::npos)
            << row.name << ": " << fields.error().message();
        EXPECT_LT(fields.error().message().size(), 200U) << row.name;
    }
}

// No JSON text can say infinity again, so a request that holds it could not be stored and shown.
TEST(ParseObject, RefusesNumbersThatNoJsonCanSay) {
    for (const std::string number :
         {"1e999", "-1e999", "[1e400]", "{\"deep\": [0, {\"x\": 1E+400}]}"}) {
        const auto fields = parse_object("{\"unknown\": " + number + "}");
        ASSERT_FALSE(fields.has_value()) << number;
        EXPECT_EQ(fields.error().code(), ErrorCode::bad_request);
        EXPECT_NE(fields.error().message().find("too large"), std::string::npos);
    }
    EXPECT_TRUE(
        parse_object(R"({"unknown": [1e308, -1e308, 1e-999, 123456789012345678901234567890]})")
            .has_value());
}

TEST(ParseObject, OfANameThatIsGivenTwiceTheLastCounts) {
    const auto fields = parse_object(R"({"prompt": "one", "prompt": "two"})");
    ASSERT_TRUE(fields.has_value());
    EXPECT_EQ(fields->size(), 1U);
    EXPECT_EQ(fields->at("prompt").as_string(), "two");
}

TEST(ParseObject, KeepsANulInsideAText) {
    const auto fields = parse_object(R"({"prompt": "a\u0000b"})");
    ASSERT_TRUE(fields.has_value());
    EXPECT_EQ(fields->at("prompt").as_string(), std::string_view("a\0b", 3));
}

TEST(CheckJsonType, TakesJsonAndSilence) {
    for (const auto* type : {"", "application/json", "application/json; charset=utf-8",
                             "Application/JSON;charset=UTF-8", "application/json ; charset=utf-8",
                             "text/json", "application/problem+json"}) {
        EXPECT_TRUE(check_json_type(type).has_value()) << type;
    }
    for (const auto* type :
         {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
          "application/jsonp", "application/xml", "json", "*/*", "text/html; x=application/json"}) {
        const auto checked = check_json_type(type);
        ASSERT_FALSE(checked.has_value()) << type;
        EXPECT_EQ(checked.error().code(), ErrorCode::unsupported_media_type);
        EXPECT_NE(checked.error().message().find("application/json"), std::string::npos);
    }
}

json::object fields_of(const std::string& value) {
    return json::parse("{\"it\": " + value + "}").as_object();
}

TEST(Fields, NullIsTheSameAsAbsent) {
    for (const auto& fields : {json::object(), fields_of("null")}) {
        EXPECT_FALSE(has(fields, "it"));
        EXPECT_EQ(text(fields, "it").value(), std::nullopt);
        EXPECT_EQ(flag(fields, "it").value(), std::nullopt);
        EXPECT_EQ(number(fields, "it").value(), std::nullopt);
        EXPECT_EQ(whole(fields, "it", 0, 9).value(), std::nullopt);
        EXPECT_EQ(texts(fields, "it").value(), std::nullopt);
    }
    for (const auto* value : {"false", "0", "\"\"", "[]", "{}"}) {
        EXPECT_TRUE(has(fields_of(value), "it")) << value;
    }
}

TEST(Fields, AreRead) {
    EXPECT_EQ(text(fields_of("\"a boat\""), "it").value(), "a boat");
    EXPECT_EQ(text(fields_of("\"\""), "it").value(), "");
    EXPECT_EQ(flag(fields_of("true"), "it").value(), true);
    EXPECT_EQ(flag(fields_of("false"), "it").value(), false);
    EXPECT_EQ(number(fields_of("1.5"), "it").value(), 1.5);
    EXPECT_EQ(number(fields_of("-2"), "it").value(), -2.0);
    EXPECT_EQ(number(fields_of("18446744073709551615"), "it").value(), 18446744073709551615.0);
    EXPECT_EQ(texts(fields_of(R"(["a", "b"])"), "it").value(),
              (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(texts(fields_of("[]"), "it").value(), std::vector<std::string>());
}

TEST(Fields, OfAnotherTypeAreNamed) {
    struct Kind {
        std::string_view word;  // Of the message.
        std::vector<std::string> wrong;
        std::function<std::optional<Error>(const json::object&)> read;
    };
    const auto error_of = [](const auto& result) {
        return result.has_value() ? std::nullopt : std::optional(result.error());
    };
    const Kind kinds[] = {
        {"a string",
         {"7", "true", "[]", "{}", "[\"a\"]"},
         [&](const auto& fields) { return error_of(text(fields, "it")); }},
        {"true or false",
         {"1", "0", "\"true\"", "\"\"", "[]", "{}"},
         [&](const auto& fields) { return error_of(flag(fields, "it")); }},
        {"a number",
         {"\"7\"", "true", "[7]", "{}"},
         [&](const auto& fields) { return error_of(number(fields, "it")); }},
        {"a list of strings",
         {"\"a\"", "7", "true", "{}", "[7]", "[\"a\", null]", "[[\"a\"]]"},
         [&](const auto& fields) { return error_of(texts(fields, "it")); }},
    };
    for (const auto& kind : kinds) {
        for (const auto& value : kind.wrong) {
            const auto error = kind.read(fields_of(value));
            ASSERT_TRUE(error.has_value()) << kind.word << ": " << value;
            EXPECT_EQ(error->code(), ErrorCode::bad_request);
            EXPECT_EQ(error->message(), "`it` must be " + std::string(kind.word) + ".");
        }
    }
}

TEST(Fields, WholeNumbersKeepToTheirRange) {
    struct Row {
        std::string value;
        std::optional<std::int64_t> whole;  // Nothing: refused.
    };
    const Row table[] = {
        {"1", 1},
        {"100", 100},
        {"12.0", 12},
        {"1e2", 100},
        {"0", {}},
        {"101", {}},
        {"-1", {}},
        {"1.5", {}},
        {"0.999", {}},
        {"1e99", {}},
        {"-1e99", {}},
        {"18446744073709551615", {}},
        {"9223372036854775808", {}},
    };
    for (const auto& row : table) {
        const auto read = whole(fields_of(row.value), "it", 1, 100);
        ASSERT_EQ(read.has_value(), row.whole.has_value()) << row.value;
        if (read.has_value()) {
            EXPECT_EQ(*read, row.whole) << row.value;
        } else {
            EXPECT_EQ(read.error().message(), "`it` must be a whole number from 1 to 100.");
        }
    }
    constexpr auto kExact = (std::int64_t{1} << 53) - 1;
    EXPECT_EQ(whole(fields_of("9007199254740991"), "it", 0, kExact).value(), kExact);
    EXPECT_FALSE(whole(fields_of("9007199254740992"), "it", 0, kExact).has_value());
    EXPECT_FALSE(whole(fields_of("9007199254740993"), "it", 0, kExact).has_value());
}

}  // namespace
}  // namespace kinora::api
