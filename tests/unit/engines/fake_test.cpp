// tests/unit/engines/fake_test.cpp: the fake keeps the contract of engines, and follows its script.
#include "engines/fake.hpp"

#include "support/engine_contract.hpp"

#include <stdexcept>

namespace kinora::engines {
namespace {

Brief small_brief() {
    Brief brief;
    brief.prompt = "a lighthouse";
    brief.width = 96;
    brief.height = 64;
    brief.frame_count = 24;
    return brief;
}

TEST(FakeEngine, KeepsTheContract) {
    expect_engine_contract([] { return std::make_unique<FakeEngine>(); }, small_brief());
}

TEST(FakeEngine, MovesAndFollowsPromptAndSeed) {
    FrameNotebook plain, seeded, prompted;
    auto brief = small_brief();
    ASSERT_TRUE(FakeEngine().render(brief, plain, {}).has_value());
    EXPECT_GT(*std::min_element(plain.steps.begin(), plain.steps.end()), 0);
    brief.seed = 1;
    ASSERT_TRUE(FakeEngine().render(brief, seeded, {}).has_value());
    EXPECT_NE(plain.fingerprints, seeded.fingerprints);
    brief.seed = 0;
    brief.prompt = "a harbour";
    ASSERT_TRUE(FakeEngine().render(brief, prompted, {}).has_value());
    EXPECT_NE(plain.fingerprints, prompted.fingerprints);
}

TEST(FakeEngine, StaysWithinVideoRange) {
    FrameNotebook notebook;
    ASSERT_TRUE(FakeEngine().render(small_brief(), notebook, {}).has_value());
    for (int i = 0; i < 3; ++i) {
        const auto plane = notebook.latest.plane(i);
        for (int x = 0; x < plane.width; ++x) {
            EXPECT_GE(plane.data[x], 16);
            EXPECT_LE(plane.data[x], 235);
        }
    }
}

TEST(FakeEngine, GivesTheNotesOfItsScript) {
    FakeEngine::Script script;
    script.notes = {"The word dragon was left out."};
    FrameNotebook notebook;
    const auto report = FakeEngine(script).render(small_brief(), notebook, {});
    ASSERT_TRUE(report.has_value());
    EXPECT_EQ(report->notes, script.notes);
}

TEST(FakeEngine, CallsTheHookBeforeEachFrame) {
    std::vector<std::size_t> frames_before;
    FrameNotebook notebook;
    FakeEngine::Script script;
    script.before_frame = [&](int frame) {
        EXPECT_EQ(std::size_t(frame), frames_before.size());
        frames_before.push_back(notebook.fingerprints.size());
        return ok();
    };
    ASSERT_TRUE(FakeEngine(script).render(small_brief(), notebook, {}).has_value());
    ASSERT_EQ(frames_before.size(), 24U);
    EXPECT_EQ(frames_before.back(), 23U);
}

TEST(FakeEngine, FailsThrowsOrStopsAtAFrame) {
    FakeEngine::Script failing;
    failing.before_frame = FakeEngine::fail_at(3, Error(ErrorCode::api_error, "No more."));
    FrameNotebook failed;
    const auto report = FakeEngine(failing).render(small_brief(), failed, {});
    ASSERT_FALSE(report.has_value());
    EXPECT_EQ(report.error().message(), "No more.");
    EXPECT_EQ(failed.fingerprints.size(), 3U);

    FakeEngine::Script throwing;
    throwing.before_frame = [](int) -> Result<void> { throw std::runtime_error("out of paint"); };
    FrameNotebook thrown;
    FakeEngine thrower(throwing);
    EXPECT_THROW((void)thrower.render(small_brief(), thrown, {}), std::runtime_error);

    std::stop_source source;
    FakeEngine::Script stopping;
    stopping.before_frame = [&](int frame) {
        if (frame == 5) source.request_stop();
        return ok();
    };
    FrameNotebook stopped;
    const auto end = FakeEngine(stopping).render(small_brief(), stopped, {source.get_token(), 1});
    ASSERT_FALSE(end.has_value());
    EXPECT_EQ(end.error().code(), ErrorCode::cancelled);
    EXPECT_EQ(stopped.fingerprints.size(), 5U);
}

}  // namespace
}  // namespace kinora::engines
