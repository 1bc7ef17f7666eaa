// Prompts and their scenes: many as data (tests/golden/words), and what holds for any prompt at
// all.
//
// A golden file is a row of blocks: a line "> prompt" and the scene as brief.hpp words it, without
// the director's additions; "> A >> B" has the scene of B as it continues A. KINORA_GOLDEN_UPDATE=1
// writes the scenes of today instead of judging them.
#include "engines/storyboard/words/compile.hpp"

#include "engines/storyboard/scene/json.hpp"
#include "engines/storyboard/words/brief.hpp"

#include "lexicon_file.hpp"

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <cmath>
#include <fstream>
#include <random>

namespace kinora::engines::storyboard {
namespace {

namespace fs = std::filesystem;

struct Case {
    std::string prompt;
    std::string scene;
};

std::vector<Case> read_cases(const fs::path& file) {
    std::vector<Case> cases;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('#')) continue;
        if (line.starts_with("> "))
            cases.push_back({line.substr(2), {}});
        else if (!line.empty() && !cases.empty())
            cases.back().scene += line + "\n";
    }
    return cases;
}

std::string plain_scene(const std::string& text) {
    std::vector<Prompt> parts;
    for (const auto& part : split_parts(text)) parts.push_back({part, false});
    return to_brief(compile_all(parts, test_lexicon()).back());
}

void update(const fs::path& file, const std::vector<Case>& cases) {
    std::string text;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line) && line.starts_with('#');) text += line + "\n";
    in.close();
    for (const auto& one : cases) text += "\n> " + one.prompt + "\n" + plain_scene(one.prompt);
    std::ofstream(file, std::ios::trunc) << text;
}

TEST(CompileTest, GoldenPromptsGiveTheirScenes) {
    std::size_t seen = 0;
    for (const auto& entry : fs::directory_iterator(KINORA_GOLDEN_WORDS)) {
        if (entry.path().extension() != ".txt") continue;
        const auto cases = read_cases(entry.path());
        seen += cases.size();
        if (std::getenv("KINORA_GOLDEN_UPDATE") != nullptr)
            update(entry.path(), cases);
        else
            for (const auto& one : cases)
                EXPECT_EQ(plain_scene(one.prompt), one.scene) << one.prompt;
    }
    EXPECT_GE(seen, 60U);
}

// What every scene owes to those who draw it.
void expect_sound(const Scene& scene, const std::string& prompt) {
    ASSERT_GE(scene.shots.size(), 1U) << prompt;
    ASSERT_LE(scene.shots.size(), 3U) << prompt;
    EXPECT_LE(scene.notes.size(), 20U) << prompt;
    double shares = 0;
    for (const auto& shot : scene.shots) {
        shares += shot.share;
        EXPECT_GT(shot.share, 0.0);
        EXPECT_LE(shot.subjects.size(), 12U) << prompt;
        int mains = 0;
        const int count = static_cast<int>(shot.subjects.size());
        for (int i = 0; i < count; ++i) {
            const auto& subject = shot.subjects[static_cast<std::size_t>(i)];
            mains += subject.main ? 1 : 0;
            EXPECT_FALSE(subject.asset.empty());
            EXPECT_GE(subject.count, 1);
            EXPECT_LE(subject.count, 24);
            EXPECT_TRUE(std::isfinite(subject.height_m) && subject.height_m > 0);
            EXPECT_TRUE(subject.x >= -1 && subject.x <= 1 && subject.depth >= 0 &&
                        subject.depth <= 1)
                << prompt;
            EXPECT_TRUE(subject.direction == 1 || subject.direction == -1);
            EXPECT_LT(subject.related_to, count) << prompt;
            EXPECT_NE(subject.related_to, i) << prompt;
            EXPECT_EQ(subject.relation == Relation::none, subject.related_to < 0) << prompt;
            // Following the relations never goes in circles.
            int at = i;
            int steps = 0;
            while (at >= 0 && steps <= count) {
                at = shot.subjects[static_cast<std::size_t>(at)].related_to;
                ++steps;
            }
            EXPECT_LE(steps, count) << prompt;
        }
        if (count > 0) {
            EXPECT_GE(mains, 1) << prompt;
        }
    }
    EXPECT_NEAR(shares, 1.0, 1e-9);
}

std::string random_prompt(std::mt19937& random) {
    static constexpr std::string_view kPieces[] = {"a",          "the",      "two",
                                                   "three",      "red",      "giant",
                                                   "tiny",       "cat",      "dogs",
                                                   "robot",      "horse",    "castle",
                                                   "moon",       "in",       "on",
                                                   "riding",     "holding",  "behind",
                                                   "left of",    "with",     "and",
                                                   ",",          ".",        "then",
                                                   "turns into", "from",     "to",
                                                   "space",      "beach",    "forest",
                                                   "rain",       "night",    "dancing",
                                                   "runs",       "fly",      "eating",
                                                   "zorblax",    "\xff",     "\x01",
                                                   "<b>",        "🐱",        "🚀",
                                                   "一只猫",     "perro",    "noir",
                                                   "zoom in",    "'s",       "of",
                                                   "flock of",   "umbrella", "while",
                                                   "without",    "like",     "is",
                                                   "wearing",    "hat",      "inside",
                                                   "boat",       "above",    "it",
                                                   "-",          "''",       "&amp;",
                                                   "http://x",   "duck",     "orange",
                                                   "light",      "no",       "not",
                                                   "or",         "but",      "zero",
                                                   "1.5",        "10 000",   "summer",
                                                   "winter",     "then he",  "out of",
                                                   "the cat",    "1️⃣",  "👨‍👩‍👧",
                                                   "c\u200bat",  "ｄｏｇ",   "scarf",
                                                   "hospital",   "he",       "them"};
    std::string text;
    const auto count = random() % 60;
    for (std::size_t i = 0; i < count; ++i) {
        text += kPieces[random() % std::size(kPieces)];
        if (random() % 8 != 0) text += ' ';
    }
    return text;
}

TEST(CompileTest, AnyPromptGivesASoundScene) {
    std::mt19937 random(7);
    for (int i = 0; i < 1'500; ++i) {
        Prompt prompt;
        prompt.text = random_prompt(random);
        prompt.seed = random();
        prompt.enhancement = i % 2 == 0;
        prompt.aspect = i % 3 == 0 ? 9.0 / 21.0 : 21.0 / 9.0;
        const auto scene = compile(prompt, test_lexicon());
        expect_sound(scene, prompt.text);
        ASSERT_EQ(scene, compile(prompt, test_lexicon())) << prompt.text;
    }
}

TEST(CompileTest, RandomBytesGiveASoundScene) {
    std::mt19937 random(11);
    for (int i = 0; i < 300; ++i) {
        Prompt prompt;
        for (auto left = random() % 400; left > 0; --left)
            prompt.text += static_cast<char>(random());
        expect_sound(compile(prompt, test_lexicon()), "random bytes");
    }
}

TEST(CompileTest, LongPromptsTakeBoundedTime) {
    std::mt19937 random(13);
    const auto& lexicon = test_lexicon();
    for (const std::string piece :
         {"hot air balloon ", "a ", "a pair of ", "x", "走", "cat and ", "🐱", "then turns into "}) {
        Prompt prompt;
        while (prompt.text.size() < 20'000) prompt.text += piece;
        const auto from = std::chrono::steady_clock::now();
        expect_sound(compile(prompt, lexicon), piece);
        // Far above what it takes, for sanitizers and busy machines: it must not explode.
        EXPECT_LT(std::chrono::steady_clock::now() - from, std::chrono::seconds(5)) << piece;
    }
}

TEST(CompileTest, SeedsMatterToTheDirectorOnly) {
    Prompt prompt;
    prompt.text = "a cat in a garden";
    prompt.enhancement = false;
    const auto plain = compile(prompt, test_lexicon());
    prompt.seed = 99;
    EXPECT_EQ(plain, compile(prompt, test_lexicon()));
    prompt.enhancement = true;
    EXPECT_NE(plain, compile(prompt, test_lexicon()));
}

TEST(CompileTest, TheDirectorNeverContradicts) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Prompt prompt;
        prompt.seed = seed;
        prompt.text = "a lone wolf in the desert at midday, static shot";
        const auto scene = compile(prompt, test_lexicon());
        EXPECT_EQ(scene.shots[0].time, TimeOfDay::day);
        EXPECT_EQ(scene.shots[0].camera, CameraMove::fixed);
        EXPECT_EQ(scene.shots[0].setting, Setting::desert);
        EXPECT_EQ(scene.shots[0].subjects.size(), 1U);
    }
}

TEST(CompileTest, UnknownNounsAreNamedOnceAndAtMostEight) {
    Prompt prompt;
    prompt.text = "a zorblax and a zorblax";
    EXPECT_EQ(compile(prompt, test_lexicon()).notes.size(),
              2U);  // And that nothing was recognised.
    prompt.text.clear();
    for (char c = 'a'; c < 'p'; ++c) prompt.text += std::string("a zorbl") + c + "x, ";
    // How many more there are, and that nothing was recognised.
    EXPECT_EQ(compile(prompt, test_lexicon()).notes.size(), 10U);
}

TEST(CompileTest, EmptyAndForeignPromptsSaySo) {
    Prompt prompt;
    const auto empty = compile(prompt, test_lexicon());
    EXPECT_EQ(empty.shots[0].setting, Setting::abstract);
    EXPECT_FALSE(empty.notes.empty());
    prompt.text = "一只猫在花园里走";
    const auto chinese = compile(prompt, test_lexicon());
    ASSERT_FALSE(chinese.shots[0].subjects.empty());
    EXPECT_EQ(chinese.shots[0].subjects[0].asset, "fluent:cat");
    EXPECT_EQ(chinese.shots[0].setting, Setting::garden);
    EXPECT_FALSE(chinese.notes.empty());
}

TEST(CompileTest, ScenesPrintAsJson) {
    Prompt prompt;
    prompt.text = "a red car";
    const auto text = boost::json::serialize(to_json(compile(prompt, test_lexicon())));
    EXPECT_NE(text.find("\"color\":\"#d92b2b\""), std::string::npos) << text;
}

TEST(CompileAll, TakesOverWhatALaterPromptDoesNotSay) {
    const std::vector<Prompt> prompts = {
        {"a red fox running through a snowy forest, watercolor", false},
        {"", false},
        {"at night", false},
        {"a bear sleeps in a cave, anime", true}};
    const auto scenes = compile_all(prompts, test_lexicon());
    ASSERT_EQ(scenes.size(), 4U);
    EXPECT_EQ(scenes[0], compile(prompts[0], test_lexicon()));
    EXPECT_TRUE(scenes[1].shots.empty());
    const auto &fox = scenes[0].shots.front(), &night = scenes[2].shots.front();
    EXPECT_EQ(night.setting, fox.setting);
    EXPECT_TRUE(night.changes);
    EXPECT_EQ(night.subjects, fox.subjects);
    EXPECT_EQ(night.time, TimeOfDay::night);
    EXPECT_EQ(scenes[3].shots.front().setting, Setting::cave);
    EXPECT_FALSE(scenes[3].shots.front().changes);
    EXPECT_EQ(scenes[3].shots.front().subjects.front().asset, "bear");
    for (const auto& scene : scenes) EXPECT_EQ(scene.style, Style::watercolor);
}

TEST(CompileAll, KeepsWhoIsThereInOrder) {
    std::mt19937 random(7);
    const std::vector<std::string> turns = {"a dog arrives",
                                            "the cat leaves",
                                            "three birds fly in",
                                            "it gets dark",
                                            "a car drives by",
                                            "the man stops and waves",
                                            "then a cat jumps over a fence",
                                            "camera zooms out",
                                            "the cat disappears",
                                            "two more cats",
                                            "a knight on a horse",
                                            "snow"};
    for (int round = 0; round < 60; ++round) {
        std::vector<Prompt> prompts = {{"a man and a cat in a park", round % 2 == 0}};
        for (int i = 0; i < 8; ++i) prompts.push_back({turns[random() % turns.size()], true});
        const auto scenes = compile_all(prompts, test_lexicon());
        for (std::size_t i = 1; i < scenes.size(); ++i) {
            expect_sound(scenes[i], prompts[i].text);
            const auto &before = scenes[i - 1].shots.back(), &now = scenes[i].shots.front();
            ASSERT_TRUE(now.changes) << prompts[i].text;
            ASSERT_GE(now.subjects.size(), before.subjects.size());
            for (std::size_t n = 0; n < before.subjects.size(); ++n) {
                EXPECT_EQ(now.subjects[n].asset, before.subjects[n].asset);
                EXPECT_EQ(now.subjects[n].main, before.subjects[n].main);
                if (before.subjects[n].presence == Presence::goes) {
                    EXPECT_EQ(now.subjects[n].presence, Presence::goes);
                }
            }
        }
    }
}

TEST(CompileAll, LeavesDirectedLightAsItIs) {
    const std::vector<Prompt> prompts = {{"a cat in a garden", true, 3},
                                         {"the cat jumps", true, 99}};
    const auto scenes = compile_all(prompts, test_lexicon());
    const auto &before = scenes[0].shots.front(), &after = scenes[1].shots.front();
    EXPECT_EQ(after.time, before.time);
    EXPECT_EQ(after.camera, before.camera);
    EXPECT_EQ(after.subjects.front().motion, Motion::jump);
}

}  // namespace
}  // namespace kinora::engines::storyboard
