// unit/http/header_value_test.cpp: words and parameters, quoted or not.
#include "http/header_value.hpp"

#include <gtest/gtest.h>

namespace kinora::http {
namespace {

TEST(HeaderValue, ReadsWordsAndParameters) {
    struct Row {
        std::string_view text, word, name, value;
    };
    const Row table[] = {
        {"multipart/form-data; boundary=abc", "multipart/form-data", "boundary", "abc"},
        {"Multipart/Form-Data;BOUNDARY=aBc", "multipart/form-data", "boundary", "aBc"},
        {" form-data ; name = x", "form-data", "", ""},
        {"form-data;name=\"a b\";x=y", "form-data", "name", "a b"},
        {"form-data; x=y; name=\"a;b=\\\"c\\\"\"", "form-data", "name", "a;b=\"c\""},
        {R"(form-data; filename="C:\pictures\one.png")", "form-data", "filename",
         R"(C:\pictures\one.png)"},
        {R"(form-data; filename="a\\")", "form-data", "filename", "a\\"},
        {"form-data; name=\"\"", "form-data", "name", ""},
        {"form-data; name=first; name=second", "form-data", "name", "first"},
        {"a; boundary=x=y:z ;", "a", "boundary", "x=y:z"},
        {"form-data; name=\"na\xc3\xafve\"", "form-data", "name", "na\xc3\xafve"},
    };
    for (const auto& row : table) {
        const auto value = parse_header_value(row.text);
        if (row.name.empty()) {
            EXPECT_FALSE(value) << row.text;
            continue;
        }
        ASSERT_TRUE(value) << row.text;
        EXPECT_EQ(value->word, row.word);
        ASSERT_NE(value->find(row.name), nullptr) << row.text;
        EXPECT_EQ(*value->find(row.name), row.value);
    }
}

TEST(HeaderValue, RefusesTheRest) {
    for (const auto* text : {"a; b", "a; =b", "a; b=", "a; b=\"c", "a; b=\"c\\\"", "a; b=\"c\"d",
                             "a; b c=d", "a; b=c d", "a; b\xff=c"}) {
        EXPECT_FALSE(parse_header_value(text)) << text;
    }
}

TEST(HeaderValue, KnowsWhatIsNotThereAndWhatRepeats) {
    const auto value = parse_header_value("a; b=c; B=d; e=f");
    ASSERT_TRUE(value);
    EXPECT_EQ(value->find("x"), nullptr);
    EXPECT_TRUE(value->repeats("b"));
    EXPECT_FALSE(value->repeats("e"));
    EXPECT_TRUE(parse_header_value("")->word.empty());
}

}  // namespace
}  // namespace kinora::http
