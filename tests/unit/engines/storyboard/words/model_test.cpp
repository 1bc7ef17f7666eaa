// tests/unit/engines/storyboard/words/model_test.cpp: whatever the engine offers, it understands.
#include "engines/storyboard/words/model.hpp"

#include "engines/storyboard/scene/json.hpp"
#include "engines/storyboard/words/compile.hpp"

#include "lexicon_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace kinora::engines::storyboard {
namespace {

Model described() {
    return describe_model(lexicon_file());
}

const std::vector<Choice>& items(const Model& model, std::string_view name) {
    for (const auto& choices : model.vocabulary) {
        if (choices.name == name) return choices.items;
    }
    throw std::out_of_range(std::string(name));
}

Scene scene_of(const std::string& text) {
    Prompt prompt;
    prompt.text = text;
    prompt.enhancement = false;
    return compile(prompt, test_lexicon());
}

using Reader = std::function<std::set<std::string>(const Scene&)>;

template <class Member>
Reader of_shot(Member member) {
    return [member](const Scene& scene) {
        return std::set<std::string>{std::string(name_of(scene.shots.at(0).*member))};
    };
}

struct Kind {
    std::string name;
    std::span<const std::string_view> ids;
    Reader read;
};

std::vector<Kind> cases() {
    const auto effects = [](const Scene& scene) {
        std::set<std::string> names;
        for (const auto effect : scene.shots.at(0).effects) names.emplace(name_of(effect));
        return names;
    };
    const auto style = [](const Scene& scene) {
        return std::set<std::string>{std::string(name_of(scene.style))};
    };
    return {{"settings", setting_names(), of_shot(&Shot::setting)},
            {"times_of_day", time_names(), of_shot(&Shot::time)},
            {"weather", weather_names(), of_shot(&Shot::weather)},
            {"effects", effect_names(), effects},
            {"palettes", palette_names(), of_shot(&Shot::palette)},
            {"styles", style_names(), style},
            {"camera_moves", camera_names(), of_shot(&Shot::camera)}};
}

// Who can be seen doing it; others do it all.
std::string doer_of(const std::string& motion) {
    static const std::map<std::string, std::string> doers = {
        {"fly", "a bird"},       {"swim", "a fish"},  {"drive", "a car"}, {"sail", "a ship"},
        {"burn", "a house"},     {"grow", "a tree"},  {"glow", "a lamp"}, {"erupt", "a fountain"},
        {"explode", "a rocket"}, {"float", "a duck"}, {"roll", "a ball"}, {"ride", "a boy"}};
    const auto found = doers.find(motion);
    return found == doers.end() ? "a robot" : found->second;
}

TEST(ModelTest, ListsEveryValueInItsOrder) {
    const auto model = described();
    auto all = cases();
    all.push_back({"motions", motion_names(), {}});
    EXPECT_EQ(model.vocabulary.size(), all.size());
    for (const auto& one : all) {
        std::vector<std::string> ids;
        for (const auto& choice : items(model, one.name)) {
            ids.push_back(choice.id);
            EXPECT_FALSE(choice.title.empty());
            EXPECT_EQ(choice.title.find('_'), std::string::npos) << choice.title;
        }
        EXPECT_EQ(ids, std::vector<std::string>(one.ids.begin(), one.ids.end())) << one.name;
    }
}

TEST(ModelTest, EveryPhraseMeansWhatItStandsFor) {
    const auto model = described();
    for (const auto& one : cases()) {
        for (const auto& choice : items(model, one.name)) {
            // By itself, and as a button adds it to what is there already.
            for (const auto& prompt : {choice.phrase, "a red fox, " + choice.phrase,
                                       "a cat and a dog " + choice.phrase}) {
                EXPECT_TRUE(one.read(scene_of(prompt)).contains(choice.id))
                    << one.name << ' ' << choice.id << ": " << prompt;
            }
        }
    }
}

TEST(ModelTest, EveryMotionIsUnderstoodOfWhoDoesIt) {
    const auto model = described();
    for (const auto& choice : items(model, "motions")) {
        const auto prompt = doer_of(choice.id) + " " + choice.phrase;
        const auto scene = scene_of(prompt);
        ASSERT_FALSE(scene.shots.at(0).subjects.empty()) << prompt;
        EXPECT_EQ(name_of(scene.shots[0].subjects[0].motion), choice.id) << prompt;
    }
}

// A client puts the phrase behind whatever stands there already.
TEST(ModelTest, EveryMotionIsUnderstoodOfAnybody) {
    const auto model = described();
    for (const auto& choice : items(model, "motions")) {
        if (choice.phrase.empty()) continue;
        for (const std::string who : {"a cat ", "a red fox, ", "a cat and a dog "}) {
            const auto scene = scene_of(who + choice.phrase);
            const auto& subjects = scene.shots.at(0).subjects;
            EXPECT_TRUE(std::ranges::any_of(
                subjects,
                [&choice](const Subject& subject) { return name_of(subject.motion) == choice.id; }))
                << who << choice.phrase;
            EXPECT_TRUE(scene.notes.empty()) << who << choice.phrase;
        }
        const auto alone = scene_of(choice.phrase);
        const auto& shot = alone.shots.at(0);
        EXPECT_FALSE(alone.notes.empty() && shot.subjects.empty() && shot.effects.empty())
            << choice.phrase;
    }
}

// A phrase that says more than it stands for would spoil what was chosen beside it. Stars,
// fireworks and neon are nothing without the night.
TEST(ModelTest, PhrasesLeaveTheRestAlone) {
    const auto model = described();
    const auto plain = scene_of("a red fox in a garden by day");
    for (const std::string name : {"effects", "palettes", "styles", "camera_moves"}) {
        for (const auto& choice : items(model, name)) {
            const auto scene = scene_of("a red fox in a garden by day, " + choice.phrase);
            EXPECT_EQ(scene.shots.size(), 1U) << choice.phrase;
            EXPECT_EQ(scene.shots[0].setting, plain.shots[0].setting) << choice.phrase;
            const bool nightly =
                choice.id == "stars" || choice.id == "fireworks" || choice.id == "neon";
            EXPECT_EQ(scene.shots[0].time, nightly ? TimeOfDay::night : plain.shots[0].time)
                << choice.phrase;
            EXPECT_EQ(scene.shots[0].subjects.size(), 1U) << choice.phrase;
            EXPECT_TRUE(scene.notes.empty()) << choice.phrase << ": " << scene.notes[0];
        }
    }
}

TEST(ModelTest, CountsThingsWithoutReadingThemAll) {
    EXPECT_EQ(described().thing_count, test_lexicon().things().size());
    EXPECT_EQ(describe_model("/nowhere/storyboard.words").thing_count, std::nullopt);
    EXPECT_EQ(describe_model("/dev/null").thing_count, std::nullopt);
}

}  // namespace
}  // namespace kinora::engines::storyboard
