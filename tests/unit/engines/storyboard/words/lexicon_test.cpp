// The lexicon knows everyday words, and a damaged file is an Error.
#include "engines/storyboard/words/lexicon.hpp"

#include "lexicon_file.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <iterator>

namespace kinora::engines::storyboard {
namespace {

namespace fs = std::filesystem;

TEST(LexiconTest, KnowsNounsByNameAliasAndAncestor) {
    const auto& lexicon = test_lexicon();
    const auto asset = [&lexicon](std::string_view word) {
        const auto found = lexicon.find(word);
        return found && found->thing != nullptr ? found->thing->asset : std::string();
    };
    EXPECT_EQ(asset("cat"), "fluent:cat");
    EXPECT_EQ(asset("car"), "fluent:automobile");
    EXPECT_EQ(asset("hot air balloon"), "art:hot-air-balloon");
    EXPECT_EQ(asset("barista"), "barista");
    EXPECT_EQ(asset("polar bear"), "polar bear");
    EXPECT_EQ(asset("convertible"), "fluent:automobile");
    // A wrong object is worse than none.
    EXPECT_EQ(asset("microwave"), "");
    EXPECT_EQ(asset("cocoon"), "");
    EXPECT_FALSE(lexicon.find("zorblax"));
}

TEST(LexiconTest, KnowsVerbsInAllForms) {
    const auto& lexicon = test_lexicon();
    for (const auto* form : {"swim", "swims", "swam", "swimming"}) {
        const auto found = lexicon.find(form);
        ASSERT_TRUE(found) << form;
        EXPECT_EQ(found->motion, Motion::swim) << form;
    }
    EXPECT_EQ(lexicon.find("running")->form, VerbForm::ing);
    EXPECT_EQ(lexicon.find("runs")->form, VerbForm::s);
}

TEST(LexiconTest, KnowsOtherLanguagesAndEmoji) {
    const auto& lexicon = test_lexicon();
    EXPECT_EQ(lexicon.find_foreign("es", "perro")->english, "dog");
    EXPECT_TRUE(lexicon.find_foreign("zh", "猫"));
    EXPECT_FALSE(lexicon.find_foreign("es", "zorblax"));
    const auto rocket = lexicon.find_emoji("🚀");
    ASSERT_TRUE(rocket);
    ASSERT_NE(rocket->thing, nullptr);
    EXPECT_EQ(rocket->thing->asset, "fluent:rocket");
    EXPECT_FALSE(lexicon.languages_of("einen").empty());
}

TEST(LexiconTest, DamageIsAnError) {
    std::ifstream in(lexicon_file(), std::ios::binary);
    const std::string whole(std::istreambuf_iterator<char>(in), {});
    ASSERT_GT(whole.size(), 1000U);
    auto name = (fs::temp_directory_path() / "kinora-words-XXXXXX").string();
    const fs::path folder = ::mkdtemp(name.data());
    const auto file = folder / "test.words";
    const auto opens = [&file](const std::string& bytes) {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
        return Lexicon::open(file).has_value();
    };
    EXPECT_FALSE(Lexicon::open(file));
    EXPECT_FALSE(opens(""));
    EXPECT_FALSE(opens("KINOWORDS"));
    EXPECT_FALSE(opens("KINOWORDS\t1\t0\tcbf29ce484222325\n"));  // Sound, but empty.
    EXPECT_FALSE(opens(whole.substr(0, whole.size() / 2)));
    auto flipped = whole;
    flipped[flipped.size() / 2] ^= 1;
    EXPECT_FALSE(opens(flipped));
    EXPECT_TRUE(opens(whole));
    fs::remove_all(folder);
}

}  // namespace
}  // namespace kinora::engines::storyboard
