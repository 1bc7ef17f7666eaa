// tests/unit/tasks/render_test.cpp: an engine's frames become two whole files, or an error.
#include "tasks/render.hpp"

#include "engines/fake.hpp"
#include "support/tasks.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace kinora::tasks {
namespace {

using engines::FakeEngine;

class RenderTest : public testing::Test {
protected:
    Result<RenderedClip> render(FakeEngine::Script script = {}) {
        FakeEngine engine(std::move(script));
        return render_clip(engine, brief, clip_settings(brief), paths, 1, stop.get_token(),
                           [&](int count) { done.push_back(count); });
    }

    test::TempFolder folder;
    RenderPaths paths{folder / "clip.mp4", folder / "clip.jpg"};
    engines::Brief brief = test::small_brief();
    std::stop_source stop;
    std::vector<int> done;
};

TEST_F(RenderTest, MakesTheClipAndItsThumbnail) {
    FakeEngine::Script script;
    script.notes = {"The word `zeppelin` could not be drawn."};
    const auto clip = render(script);
    ASSERT_TRUE(clip.has_value()) << clip.error().detail();
    EXPECT_EQ(clip->facts.width, brief.width);
    EXPECT_EQ(clip->facts.height, brief.height);
    EXPECT_EQ(clip->facts.frame_count, brief.frame_count);
    EXPECT_DOUBLE_EQ(clip->facts.fps, brief.fps);
    EXPECT_EQ(clip->notes, script.notes);
    EXPECT_EQ(test::contents_of(paths.video).substr(4, 4), "ftyp");
    EXPECT_EQ(test::contents_of(paths.thumbnail).substr(0, 2), "\xff\xd8");
}

TEST_F(RenderTest, TellsOfEachFrame) {
    ASSERT_TRUE(render().has_value());
    std::vector<int> expected(std::size_t(brief.frame_count));
    std::iota(expected.begin(), expected.end(), 1);
    EXPECT_EQ(done, expected);
}

TEST_F(RenderTest, ShowsAFrameOfTheMiddleAsThumbnail) {
    ASSERT_TRUE(render().has_value());
    const auto whole = test::contents_of(paths.thumbnail);
    // A clip whose only frame is that one has the same thumbnail.
    class OneFrame final : public engines::Engine {
    public:
        std::string name() const override { return "one"; }
        Result<engines::RenderReport> render(const engines::Brief& one, engines::FrameSink& sink,
                                             const engines::RenderContext& context) override {
            struct Picker final : engines::FrameSink {
                Result<void> add(const media::Picture& picture) override {
                    return count++ == wanted ? sink->add(picture) : ok();
                }
                engines::FrameSink* sink = nullptr;
                int count = 0, wanted = 0;
            } picker;
            picker.sink = &sink;
            picker.wanted = 6;
            auto twelve = one;
            twelve.frame_count = 12;
            return FakeEngine().render(twelve, picker, context);
        }
    } engine;
    brief.frame_count = 1;
    const auto clip =
        render_clip(engine, brief, clip_settings(brief), paths, 1, stop.get_token(), [](int) {});
    ASSERT_TRUE(clip.has_value());
    EXPECT_EQ(test::contents_of(paths.thumbnail), whole);
}

TEST_F(RenderTest, StopsWhenAskedTo) {
    FakeEngine::Script script;
    script.before_frame = [&](int frame) -> Result<void> {
        if (frame == 3) stop.request_stop();
        return ok();
    };
    const auto clip = render(script);
    ASSERT_FALSE(clip.has_value());
    EXPECT_EQ(clip.error().code(), ErrorCode::cancelled);
    EXPECT_EQ(done.size(), 3U);
    EXPECT_FALSE(std::filesystem::exists(paths.video));
}

TEST_F(RenderTest, PassesOnWhatTheEngineSays) {
    FakeEngine::Script script;
    script.before_frame =
        FakeEngine::fail_at(5, Error(ErrorCode::bad_request, "The prompt is empty of things."));
    const auto clip = render(script);
    ASSERT_FALSE(clip.has_value());
    EXPECT_EQ(clip.error().code(), ErrorCode::bad_request);
    EXPECT_EQ(clip.error().message(), "The prompt is empty of things.");
    EXPECT_FALSE(std::filesystem::exists(paths.video));
}

TEST_F(RenderTest, FailsWhereItCannotWrite) {
    paths.video = folder / "missing" / "clip.mp4";
    const auto clip = render();
    ASSERT_FALSE(clip.has_value());
    EXPECT_EQ(clip.error().code(), ErrorCode::api_error);
    EXPECT_EQ(clip.error().message().find(folder.path().string()), std::string::npos);
    EXPECT_TRUE(done.empty());
}

TEST_F(RenderTest, FailsWhereTheThumbnailCannotBeWritten) {
    paths.thumbnail = folder / "missing" / "clip.jpg";
    const auto clip = render();
    ASSERT_FALSE(clip.has_value());
    EXPECT_EQ(clip.error().code(), ErrorCode::api_error);
}

TEST_F(RenderTest, WhatAnEngineThrowsGoesThroughAndLeavesNoClip) {
    FakeEngine::Script script;
    script.before_frame = [](int) -> Result<void> { throw std::runtime_error("a kernel broke"); };
    EXPECT_THROW(render(script), std::runtime_error);
    EXPECT_FALSE(std::filesystem::exists(paths.video));
}

}  // namespace
}  // namespace kinora::tasks
