// tests/unit/engines/storyboard/frames/properties_test.cpp: what holds for every clip, whatever is
// to be seen: nothing freezes, nothing pops, a loop has no seam, and the same seed gives the same
// bytes on any number of threads.
//
// Clips are small and short; what is drawn in them is a seeded sample, so that a failure repeats.
#include "engines/storyboard/scene/json.hpp"
#include "engines/storyboard/scene/scene.hpp"
#include "engines/storyboard/storyboard.hpp"
#include "engines/storyboard/words/brief.hpp"
#include "engines/storyboard/words/compile.hpp"
#include "engines/storyboard/words/model.hpp"
#include "support/engine_contract.hpp"
#include "unit/engines/storyboard/words/lexicon_file.hpp"

#include <random>

namespace kinora::engines::storyboard {
namespace {

std::shared_ptr<const Pack> test_pack() {
    static const auto pack = [] {
        auto opened = Pack::open(lexicon_file().replace_filename("storyboard.pack"));
        if (!opened) throw std::runtime_error("scripts/assets makes the pack");
        return std::make_shared<const Pack>(std::move(*opened));
    }();
    return pack;
}

Subject subject(Form form, const char* asset, Motion motion, double x) {
    Subject made;
    made.word = made.asset = asset;
    made.form = form, made.motion = motion, made.x = x;
    made.height_m = form == Form::biped ? 1.7 : 1.2;
    return made;
}

// Somebody walks, an animal eats; all else follows from the setting's number, so that settings,
// times, weather, effects and camera moves meet in ever other ways.
Scene scene_of(Setting setting, int round) {
    const int n = int(setting);
    Shot shot;
    shot.setting = setting;
    shot.time = TimeOfDay((n + round) % 5);
    shot.weather = Weather((n * 3 + round) % 8);
    shot.camera = CameraMove((n * 5 + round * 3) % 17);
    shot.palette = Palette((n + round) % 8);
    shot.effects = {Effect((n + round * 2) % 11)};
    shot.subjects = {subject(Form::biped, "chef", Motion::walk, 0),
                     subject(Form::quadruped, "bear", Motion::eat, 0.5)};
    shot.subjects[0].main = true;
    Scene scene;
    scene.shots = {std::move(shot)};
    return scene;
}

class Settings : public testing::TestWithParam<int> {};

TEST_P(Settings, MoveWithoutAJerkAndLoopWithoutASeam) {
    const auto scene = scene_of(Setting(GetParam()), 0);
    SCOPED_TRACE(to_brief(scene));
    Brief brief;
    brief.width = 160, brief.height = 90, brief.frame_count = 16, brief.fps = 8;
    brief.seed = 5, brief.loop = true;
    FrameNotebook notebook;
    ASSERT_TRUE(draw_scene(scene, brief, test_pack().get(), notebook, {{}, 2}).has_value());
    const double usual = test::median(notebook.steps);
    const auto [least, most] = std::minmax_element(notebook.steps.begin(), notebook.steps.end());
    EXPECT_GT(*least, 0.15 * usual) << "a frame is frozen";
    EXPECT_GT(*least, 0.2) << "a frame is frozen";
    // Lightning is the one thing that may come from one frame to the next.
    const bool flashes = scene.shots[0].weather == Weather::lightning;
    EXPECT_LT(*most, (flashes ? 8 : 2.5) * usual) << "something pops up";
    EXPECT_LE(test::step_between(notebook.latest, notebook.first), 1.5 * usual) << "a seam";
}

INSTANTIATE_TEST_SUITE_P(All, Settings, testing::Range(0, int(Setting::abstract) + 1),
                         [](const auto& tested) {
                             return std::string(name_of(Setting(tested.param)));
                         });

// A prompt of what the engine says it understands, in a random order.
std::string random_prompt(std::mt19937& random) {
    static const auto model = describe_model(lexicon_file());
    static constexpr std::string_view kWho[] = {"a cat",     "two robots",      "a giant bird",
                                                "a red car", "a boy and a dog", "five fish"};
    std::string prompt(kWho[random() % std::size(kWho)]);
    for (const auto* name :
         {"motions", "settings", "times_of_day", "weather", "styles", "camera_moves", "effects"}) {
        for (const auto& choices : model.vocabulary) {
            if (choices.name != name) continue;
            const auto& phrase = choices.items[random() % choices.items.size()].phrase;
            if (!phrase.empty()) prompt += (choices.name == "motions" ? " " : ", ") + phrase;
        }
    }
    if (random() % 3 == 0) prompt += ", then a \xff\x01 horse in a castle";
    return prompt;
}

TEST(Prompts, GiveTheSameBytesOnAnyNumberOfThreads) {
    std::mt19937 random(3);
    auto opened = Lexicon::open(lexicon_file());
    ASSERT_TRUE(opened.has_value());
    const auto lexicon = std::make_shared<const Lexicon>(std::move(*opened));
    for (int i = 0; i < 5; ++i) {
        Brief brief;
        brief.prompt = random_prompt(random);
        brief.width = 130 + 2 * i, brief.height = 98 - 4 * i, brief.frame_count = 3;
        brief.seed = random(), brief.loop = i % 2 == 0, brief.enhancement = i % 3 != 0;
        SCOPED_TRACE(brief.prompt);
        std::vector<std::uint64_t> frames[2];
        for (int n = 0; n < 2; ++n) {
            FrameNotebook notebook;
            Storyboard engine(test_pack(), lexicon);
            ASSERT_TRUE(engine.render(brief, notebook, {{}, n == 0 ? 1 : 3}).has_value());
            frames[n] = notebook.fingerprints;
        }
        EXPECT_EQ(frames[0].size(), 3U);
        EXPECT_EQ(frames[0], frames[1]);
    }
}

}  // namespace
}  // namespace kinora::engines::storyboard
