// tests/unit/api/yaml_json_test.cpp: what a scalar of the document is, and what is refused.
#include "api/tools/yaml_json.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <stdexcept>

namespace kinora::api {
namespace {

std::string json_text(const std::string& yaml) {
    return boost::json::serialize(json_of_yaml(yaml));
}

std::string problem_of(const std::string& yaml) {
    try {
        return "it is " + json_text(yaml);
    } catch (const std::runtime_error& problem) {
        return problem.what();
    }
}

TEST(YamlJson, TypesPlainScalarsByTheCoreSchema) {
    struct Row {
        const char* yaml;
        const char* json;
    };
    for (const auto& [yaml, json] : {
             Row{"12", "12"},
             Row{"-7", "-7"},
             Row{"+7", "7"},
             Row{"007", "7"},
             Row{"0o17", "15"},
             Row{"0xff", "255"},
             Row{"9007199254740991", "9007199254740991"},
             Row{"0.5", "5E-1"},
             Row{".5", "5E-1"},
             Row{"2e3", "2E3"},
             Row{"true", "true"},
             Row{"FALSE", "false"},
             Row{"null", "null"},
             Row{"~", "null"},
             Row{"", "null"},
             // Texts, though older YAML takes them for something else.
             Row{"yes", R"("yes")"},
             Row{"off", R"("off")"},
             Row{"16:9", R"("16:9")"},
             Row{"1_000", R"("1_000")"},
             Row{"2026-11-25", R"("2026-11-25")"},
             Row{"3.1.0", R"("3.1.0")"},
             Row{"1e", R"("1e")"},
             Row{"tRue", R"("tRue")"},
         }) {
        EXPECT_EQ(json_text(std::string("[") + (*yaml == '\0' ? "a: " : yaml) + "]"),
                  *yaml == '\0' ? R"([{"a":null}])" : "[" + std::string(json) + "]")
            << yaml;
    }
}

TEST(YamlJson, QuotedAndBlockScalarsAreTexts) {
    EXPECT_EQ(json_text("['12', \"true\", 'null', '', \"a\\nb\"]"),
              R"(["12","true","null","","a\nb"])");
    EXPECT_EQ(json_text("a: |\n  12\nb: >-\n  true\n"), R"({"a":"12\n","b":"true"})");
}

TEST(YamlJson, KeysAreTextsInTheirOrder) {
    EXPECT_EQ(json_text("b: 1\n200: 2\n'404': 3\na: [x, {y: z}]\n"),
              R"({"b":1,"200":2,"404":3,"a":["x",{"y":"z"}]})");
    EXPECT_EQ(json_text("a: &it {x: 1}\nb: *it\n"), R"({"a":{"x":1},"b":{"x":1}})");
}

TEST(YamlJson, SaysWhatJsonDoesNotHave) {
    EXPECT_NE(problem_of("a: 1\nb: 2\na: 3\n").find("line 3: the key `a`"), std::string::npos);
    EXPECT_NE(problem_of("a: .inf").find("no number"), std::string::npos);
    EXPECT_NE(problem_of("a: 1e999").find("too large"), std::string::npos);
    EXPECT_NE(problem_of("a: 99999999999999999999").find("too large"), std::string::npos);
    EXPECT_NE(problem_of("a: !mine 1").find("tag"), std::string::npos);
    EXPECT_NE(problem_of("[a]: 1").find("key"), std::string::npos);
    EXPECT_NE(problem_of("a: [1").find("line"), std::string::npos);
    EXPECT_NE(problem_of("--- 1\n--- 2\n").find("one document"), std::string::npos);
    EXPECT_NE(problem_of("a: *none").find("line"), std::string::npos);
}

}  // namespace
}  // namespace kinora::api
