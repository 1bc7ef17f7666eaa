// unit/accounts/content_rules_test.cpp: what is found, what is not, and how bad lists are told.
#include "accounts/content_rules.hpp"

#include "support/temp_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace kinora::accounts {
namespace {

using testing::HasSubstr;

// The line of the rule that a text is against; 0 where there is none.
std::size_t line_for(const ContentRules& rules, std::string_view text) {
    const auto match = rules.find(text);
    return match ? match->line : 0;
}
bool finds(std::string_view rule, std::string_view text) {
    const auto rules = ContentRules::parse(rule);
    if (!rules) throw std::runtime_error(rules.error().message());
    return rules->find(text).has_value();
}
std::string fault_of(std::string_view text) {
    const auto rules = ContentRules::parse(text);
    if (rules) return "fine";
    EXPECT_EQ(rules.error().code(), ErrorCode::bad_request);
    return rules.error().message();
}

TEST(ContentRules, AListHasOneRuleALine) {
    const auto rules =
        ContentRules::parse("\xEF\xBB\xBF# No weapons.\r\n\r\nbomb\r\n  dirty bomb \n/gr[ae]nade/");
    ASSERT_TRUE(rules) << rules.error().message();
    EXPECT_EQ(rules->size(), 3u);
    EXPECT_EQ(line_for(*rules, "a bomb"), 3u);
    EXPECT_EQ(line_for(*rules, "a dirty-bomb"), 4u);
    EXPECT_EQ(line_for(*rules, "two Grenades"), 5u);
    EXPECT_EQ(line_for(*rules, "No weapons."), 0u);
    EXPECT_EQ(rules->find("Grenade")->rule, "/gr[ae]nade/");
}

TEST(ContentRules, AnEmptyListFindsNothing) {
    EXPECT_FALSE(finds("", ""));
    EXPECT_FALSE(finds("# Nothing yet.\n", "anything"));
}

struct Row {
    const char* rule;
    const char* text;
    bool found;
};

TEST(ContentRules, WordsAreFoundWholeHoweverTheyAreWritten) {
    const Row rows[] = {
        {"bomb", "a bomb.", true},
        {"bomb", "bombastic", false},
        {"bomb", "aBOMB", false},
        {"bomb", "BOMB!", true},
        {"bomb", "(bomb)", true},
        {"bomb", "\uFF22\uFF4F\uFF4D\uFF42", true},                  // Fullwidth.
        {"bomb", "\U0001D41B\U0001D428\U0001D426\U0001D41B", true},  // Mathematical bold.
        {"straße", "STRASSE", true},
        {"caf\u00E9", "Cafe\u0301", true},
        {"caf\u00E9", "cafe", false},
        {"dirty bomb", "dirty  bomb", true},
        {"dirty bomb", "a dirty, (bomb)", true},
        {"dirty bomb", "dirty\n--\nbomb", true},
        {"dirty bomb", "a dirty old bomb", false},
        {"dirty bomb", "dirtybomb", false},
        {"dirty bomb", "dirty dirty bomb", true},
        {"don't", "Don\u2019t", true},
        {"18", "18", true},
        {"18", "2018", false},
    };
    for (const auto& row : rows) EXPECT_EQ(finds(row.rule, row.text), row.found) << row.text;
}

TEST(ContentRules, LookAlikesAndUnseenSignsHideNothing) {
    const Row rows[] = {
        {"bomb", "b\u043Emb", true},                 // Cyrillic o.
        {"bomb", "\u0412\u041E\u041C\u0412", true},  // Four Cyrillic capitals.
        {"bomb", "b\u03BFmb", true},                 // Greek omicron.
        {"bomb", "b0mb", true},
        {"bomb", "bo\u200Bmb", true},  // Zero-width space.
        {"bomb", "b\u00ADo\u2060m\u200Db", true},
        {"bomb", "b\u202Eomb", true},
        {"b\u043Emb", "bomb", true},  // The list may hold one itself.
        {"p\u0430ypal", "PayPal", true},
        {"водка", "ВОДКА", true},
        {"porn", "a pom-pom", false},  // ICU's m is an r and an n.
        {"modern", "modem", false},
        {"100", "loo", false},
        {"100", "100", true},
    };
    for (const auto& row : rows) EXPECT_EQ(finds(row.rule, row.text), row.found) << row.text;
}

TEST(ContentRules, ScriptsWithoutSpacesNeedNoBounds) {
    const Row rows[] = {
        {"炸弹", "一颗炸弹在街上", true},
        {"炸弹", "炸 弹", true},
        {"炸弹", "炸药", false},
        {"ばくだん", "これはばくだんです", true},
        {"バクダン", "ﾊﾞｸﾀﾞﾝ", true},  // Halfwidth.
        {"マリファナー", "マリファナーを", true},
        {"폭탄", "폭탄을 던지다", true},
        {"AV女优", "av女优照片", true},
        {"ระเบิด", "มีระเบิดอยู่", true},
    };
    for (const auto& row : rows) EXPECT_EQ(finds(row.rule, row.text), row.found) << row.text;
}

TEST(ContentRules, PatternsSeeTheTextAsItIsAndFolded) {
    const Row rows[] = {
        {"/bomb/", "bombastic", true},
        {"/\\bbomb\\b/", "bombastic", false},
        {"/BOMB/", "a bomb", true},
        {"/bomb/", "\uFF22o\u200Bmb", true},  // By the folded text.
        {"/\u200B/", "a\u200Bb", true},       // By the text as it is.
        {"/bomb.*school/", "bomb\nin a school", true},
        {"/🍆/", "an 🍆.", true},
        {"/a|b/", "c", false},
    };
    for (const auto& row : rows) EXPECT_EQ(finds(row.rule, row.text), row.found) << row.text;
}

TEST(ContentRules, TextsThatAreNoUtf8AreReadAsFarAsTheyGo) {
    EXPECT_TRUE(finds("bomb", "\xFF bomb"));
    EXPECT_TRUE(finds("/bomb/", "\xFF bomb"));
    EXPECT_FALSE(finds("bomb", "bo\xFFmb\xE2\x82"));
}

TEST(ContentRules, TellWhichLineIsWrongAndWhy) {
    const std::pair<std::string, std::string> rows[] = {
        {"good\n/ba(d/\n",
         "Line 2 of the content rules has a pattern that cannot be used: missing )"},
        {"\n\n\xFF\n", "Line 3 of the content rules is not UTF-8."},
        {"!!!", "Line 1 of the content rules has no letter and no digit; write"},
        {"\u200B", "Line 1 of the content rules has no letter and no digit"},
        {"/", "Line 1 of the content rules begins with a slash"},
        {"//", "Line 1 of the content rules begins with a slash"},
        {"/bomb", "Line 1 of the content rules begins with a slash"},
        {"/a*/", "it matches every text."},
        {"/(a)\\1/", "invalid escape sequence"},
        {"/a{1001}/", "invalid repetition size"},
    };
    for (const auto& [text, words] : rows) EXPECT_THAT(fault_of(text), HasSubstr(words)) << text;
}

TEST(ContentRules, HaveLimits) {
    std::string words;
    for (int i = 0; i < 64; ++i) words += "word ";
    EXPECT_EQ(fault_of(words), "fine");
    EXPECT_THAT(fault_of(words + "more"),
                HasSubstr("Line 1 of the content rules has more than 64"));
    std::string lines;
    for (std::size_t i = 0; i < ContentRules::kRulesMax; ++i) {
        lines += "w" + std::to_string(i) + '\n';
    }
    EXPECT_EQ(fault_of(lines), "fine");
    EXPECT_THAT(fault_of(lines + "more"), HasSubstr("Line 10001 of the content rules is one rule"));
    EXPECT_EQ(fault_of(std::string(ContentRules::kFileBytesMax + 1, '\n')),
              "The content rules are longer than 1 MB.");
}

TEST(ContentRules, AreLoadedFromAFile) {
    const test::TempFolder folder;
    const auto rules = ContentRules::load(folder.write("rules.txt", "bomb\n"));
    ASSERT_TRUE(rules) << rules.error().message();
    EXPECT_EQ(line_for(*rules, "a bomb"), 1u);
    const auto missing = ContentRules::load(folder / "none.txt");
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().message(), HasSubstr("none.txt cannot be read: No such file"));
    EXPECT_FALSE(ContentRules::load(folder.path()));
    EXPECT_FALSE(ContentRules::load(
        folder.write("large.txt", std::string(ContentRules::kFileBytesMax + 1, '\n'))));
}

// What a regular expression that tracks back, or 10000 looks at the text, would take minutes for.
TEST(ContentRules, ManyRulesAndAHostileTextStayQuick) {
    std::string list = "/(a|aa)+b/\n/(x+x+)+y/\n";
    for (int i = 0; i < 9'000; ++i) list += "one two three w" + std::to_string(i) + '\n';
    const auto rules = ContentRules::parse(list);
    ASSERT_TRUE(rules) << rules.error().message();
    std::string phrases;
    while (phrases.size() < 64'000) phrases += "one two three ";
    const auto began = std::chrono::steady_clock::now();
    EXPECT_FALSE(rules->find(std::string(64'000, 'a')));
    EXPECT_FALSE(rules->find(std::string(64'000, 'x')));
    EXPECT_FALSE(rules->find(phrases));
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
    EXPECT_EQ(line_for(*rules, phrases + "w7"), 10u);
}

}  // namespace
}  // namespace kinora::accounts
