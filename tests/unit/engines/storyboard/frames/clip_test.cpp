// tests/unit/engines/storyboard/frames/clip_test.cpp: drawn scenes keep the contract of engines.
#include "engines/storyboard/storyboard.hpp"

#include "engines/storyboard/scene/scene.hpp"
#include "support/engine_contract.hpp"

namespace kinora::engines::storyboard {
namespace {

// Draws one scene, whatever the prompt.
class SceneEngine final : public Engine {
public:
    explicit SceneEngine(Scene scene) : scene_(std::move(scene)) {}
    std::string name() const override { return "scene"; }
    Result<RenderReport> render(const Brief& brief, FrameSink& sink,
                                const RenderContext& context) override {
        return draw_scene(scene_, brief, nullptr, sink, context);
    }

private:
    Scene scene_;
};

Shot plain_shot(Setting setting) {
    Shot shot;
    shot.setting = setting;
    Subject walker;
    walker.word = "chef", walker.form = Form::biped, walker.asset = "chef",
    walker.motion = Motion::walk, walker.main = true, walker.height_m = 1.7;
    Subject bear;
    bear.word = "bear", bear.form = Form::quadruped, bear.asset = "bear", bear.height_m = 1.2,
    bear.motion = Motion::eat;
    shot.subjects = {walker, bear};
    return shot;
}

Brief small_brief() {
    Brief brief;
    brief.prompt = "a chef and a bear";
    brief.width = 98, brief.height = 62;
    brief.frame_count = 24;
    brief.seed = 5;
    return brief;
}

Scene scene_of(std::initializer_list<Shot> shots) {
    Scene scene;
    scene.shots = shots;
    for (auto& shot : scene.shots)
        shot.share = 1.0 / double(scene.shots.size()), shot.into = Transition::dissolve;
    return scene;
}

TEST(Clip, KeepsTheContract) {
    expect_engine_contract(
        [] { return std::make_unique<SceneEngine>(scene_of({plain_shot(Setting::meadow)})); },
        small_brief());
}

TEST(Clip, ClosesLoopsOfSeveralShots) {
    auto brief = small_brief();
    brief.frame_count = 48;
    auto scene = scene_of({plain_shot(Setting::sea), plain_shot(Setting::volcano)});
    const auto make = [&] { return std::make_unique<SceneEngine>(scene); };
    brief.loop = true;
    FrameNotebook notebook;
    ASSERT_TRUE(make()->render(brief, notebook, {}).has_value());
    const double most = *std::max_element(notebook.steps.begin(), notebook.steps.end());
    EXPECT_LT(test::step_between(notebook.latest, notebook.first), 1.6 * most);
}

TEST(Clip, LeadsFromShotToShotWithoutAJump) {
    auto brief = small_brief();
    brief.frame_count = 48;
    const auto largest_step = [&](Transition into) {
        auto scene = scene_of({plain_shot(Setting::forest), plain_shot(Setting::volcano)});
        scene.shots[1].into = into;
        FrameNotebook notebook;
        EXPECT_TRUE(SceneEngine(scene).render(brief, notebook, {}).has_value());
        return *std::max_element(notebook.steps.begin(), notebook.steps.end());
    };
    const double cut = largest_step(Transition::cut);
    for (const auto into : {Transition::dissolve, Transition::morph, Transition::fly_through})
        EXPECT_LT(largest_step(into), 0.5 * cut) << int(into);
}

TEST(Clip, FollowsTheSeed) {
    auto brief = small_brief();
    brief.frame_count = 1;
    FrameNotebook one, other;
    const auto scene = scene_of({plain_shot(Setting::garden)});
    ASSERT_TRUE(SceneEngine(scene).render(brief, one, {}).has_value());
    brief.seed = 6;
    ASSERT_TRUE(SceneEngine(scene).render(brief, other, {}).has_value());
    EXPECT_NE(one.fingerprints, other.fingerprints);
}

TEST(Clip, RefusesAnEmptyScene) {
    FrameNotebook notebook;
    EXPECT_FALSE(SceneEngine(Scene{}).render(small_brief(), notebook, {}).has_value());
}

TEST(Clip, TakesTheSmallestPicture) {
    auto brief = small_brief();
    brief.width = brief.height = 16, brief.frame_count = 2;
    for (const auto setting :
         {Setting::beach, Setting::room, Setting::space, Setting::city_street}) {
        FrameNotebook notebook;
        EXPECT_TRUE(
            SceneEngine(scene_of({plain_shot(setting)})).render(brief, notebook, {}).has_value());
    }
}

}  // namespace
}  // namespace kinora::engines::storyboard
