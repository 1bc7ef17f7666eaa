// Whatever bytes come, tokens are clean.
#include "engines/storyboard/words/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kinora::engines::storyboard {
namespace {

using testing::ElementsAre;

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    for (const auto& token : tokenise(text))
        out.push_back(token.plain.empty() ? token.raw : token.plain);
    return out;
}

TEST(TextTest, CutsWordsMarksAndPossessives) {
    EXPECT_THAT(words("A dog's T-Rex, running!"),
                ElementsAre("a", "dog", "t-rex", ",", "running", "!"));
}

TEST(TextTest, FoldsTypographyAndAccents) {
    EXPECT_THAT(words("“Café” — Piñata ＦＵＬＬ"), ElementsAre("cafe", ",", "pinata", "full"));
}

TEST(TextTest, FoldsLettersOfOtherShapes) {
    EXPECT_THAT(words("ｃａｔ 𝐜𝐚𝐭 𝒄𝒂𝒕 𝖼𝖺𝗍 ⓒⓐⓣ 🅲🅰🆃 ℎat"),
                ElementsAre("cat", "cat", "cat", "cat", "cat", "cat", "hat"));
    EXPECT_THAT(words("𝟑 cats"), ElementsAre("3", "cats"));
    EXPECT_THAT(words("a\u3000cat\u00a0and\u2003dog"), ElementsAre("a", "cat", "and", "dog"));
}

TEST(TextTest, RemembersWhereSignsOfNoWidthStood) {
    const auto tokens = tokenise("red\u200bcat\ufeffs");
    ASSERT_EQ(tokens.size(), 1U);
    EXPECT_EQ(tokens[0].lower, "redcats");
    ASSERT_EQ(tokens[0].parts.size(), 3U);
    EXPECT_EQ(tokens[0].parts[1].lower, "cat");
    EXPECT_TRUE(tokenise("cat\u200b dog\u200b")[0].parts.empty());
}

TEST(TextTest, KeepsNumbersTogether) {
    EXPECT_THAT(words("100% wool"), ElementsAre("100%", "wool"));
    EXPECT_THAT(words("1.5 cats, 1,000 dogs. 2"),
                ElementsAre("1.5", "cats", ",", "1,000", "dogs", ".", "2"));
}

TEST(TextTest, LeavesMarkupAddressesAndControlCharactersOut) {
    EXPECT_THAT(words("<b>cat</b>\x01\x02 &amp; dog https://example.org/a?b=c"),
                ElementsAre("cat", "&", "dog"));
    EXPECT_THAT(words("c\u200bat\u202e"), ElementsAre("cat"));
}

TEST(TextTest, KeepsEmojiTogether) {
    EXPECT_THAT(words("🐱🚀"), ElementsAre("🐱", "🚀"));
    EXPECT_THAT(words("👩\u200d🚀"), ElementsAre("👩\u200d🚀"));
    EXPECT_THAT(words("☀\ufe0f"), ElementsAre("☀"));
    EXPECT_THAT(words("1\ufe0f\u20e32\ufe0f\u20e3"), ElementsAre("1\u20e3", "2\u20e3"));
    EXPECT_THAT(words("🇫🇷🇩🇪"), ElementsAre("🇫🇷", "🇩🇪"));
    EXPECT_EQ(tokenise("☀\ufe0f")[0].raw, "☀\ufe0f");
}

TEST(TextTest, KeepsRunsOfHan) {
    EXPECT_THAT(words("一只猫在花园里。ok"), ElementsAre("一只猫在花园里", ".", "ok"));
}

TEST(TextTest, TakesAnyBytes) {
    EXPECT_TRUE(words("").empty());
    EXPECT_NO_THROW(tokenise("\xff\xfe\xc3\x28\xe2\x82\xf0\x9f\x98"));
    EXPECT_LE(tokenise(std::string(100'000, 'a')).size(), 2'000U);
    std::string many;
    for (int i = 0; i < 50'000; ++i) many += "a ";
    EXPECT_LE(tokenise(many).size(), 2'000U);
}

}  // namespace
}  // namespace kinora::engines::storyboard
