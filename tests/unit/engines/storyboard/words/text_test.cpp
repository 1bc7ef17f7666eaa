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

TEST(TextTest, LeavesMarkupAddressesAndControlCharactersOut) {
    EXPECT_THAT(words("<b>cat</b>\x01\x02 &amp; dog https://example.org/a?b=c"),
                ElementsAre("cat", "&", "dog"));
    EXPECT_THAT(words("c\u200bat\u202e"), ElementsAre("cat"));
}

TEST(TextTest, KeepsEmojiTogether) {
    EXPECT_THAT(words("🐱🚀"), ElementsAre("🐱", "🚀"));
    EXPECT_THAT(words("👩\u200d🚀"), ElementsAre("👩\u200d🚀"));
    EXPECT_THAT(words("☀\ufe0f"), ElementsAre("☀"));
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
