// tests/unit/tasks/worker_inputs_test.cpp: tasks that start from pictures and clips.
#include "tasks/worker.hpp"

#include "unit/media/clip.hpp"
#include "unit/tasks/given_engine.hpp"
#include "unit/tasks/workshop.hpp"

namespace kinora::tasks {
namespace {

using storage::TaskRow;
using storage::TaskState;

class WorkerInputsTest : public Workshop {
protected:
    // A picture in the media folder.
    Input picture(const char* field, int width, int height, int luma) {
        media::Picture plain(width, height);
        const auto plane = plain.plane(0);
        std::fill_n(plane.data, plane.stride * plane.height, std::uint8_t(luma));
        const auto name = storage::make_media_name("jpg", random);
        EXPECT_TRUE(media::write_jpeg(media.files() / name, plain, 90).has_value());
        return {field, Input::Kind::file, name};
    }
    Input file(const char* field, std::string_view text, std::string_view ending) {
        const auto name = storage::make_media_name(ending, random);
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
        EXPECT_TRUE(media.add({bytes, text.size()}, name).has_value());
        return {field, Input::Kind::file, name};
    }
    TaskRow work(const Inputs& inputs) {
        auto row = make_task();
        row.brief_json = to_json(brief, inputs);
        test::add_task(*database, row);
        work_until(engine, [&] { return find(row).finished_at.has_value(); });
        stop = std::stop_source();
        return find(row);
    }
    // Why the task failed, which is the caller's fault.
    std::string reason(const Inputs& inputs) {
        const auto row = work(inputs);
        EXPECT_EQ(row.state, TaskState::failed);
        EXPECT_EQ(row.error_code, "bad_request") << row.error_message;
        EXPECT_TRUE(parts().empty());
        return row.error_message;
    }

    GivenEngine engine;
};

TEST_F(WorkerInputsTest, TheEngineGetsThePictures) {
    Inputs inputs;
    inputs.start = picture(kStartImage, 400, 300, 200);
    inputs.end = picture(kEndImage, 300, 400, 60);
    const auto row = work(inputs);
    EXPECT_EQ(row.state, TaskState::completed) << row.error_message;
    EXPECT_EQ(row.video->width, brief.width);
    ASSERT_TRUE(engine.start && engine.end);
    EXPECT_GT(engine.start->rgba[0], 180);
    EXPECT_LT(engine.end->rgba[0], 80);
    EXPECT_GE(engine.start->width, brief.width);
    EXPECT_GE(engine.start->height, brief.height);
}

TEST_F(WorkerInputsTest, AClipGetsTheRatioOfItsStartImage) {
    Inputs inputs;
    inputs.start = picture(kStartImage, 300, 200, 200);
    inputs.own_size = true;
    const auto row = work(inputs);
    ASSERT_EQ(row.state, TaskState::completed) << row.error_message;
    EXPECT_EQ(row.video->width, 1248);
    EXPECT_EQ(row.video->height, 832);
}

TEST_F(WorkerInputsTest, AClipIsExtended) {
    const auto name = storage::make_media_name(storage::MediaKind::video, random);
    ASSERT_TRUE(media::write_clip(media.files() / name, clip_settings(brief), 12).has_value());
    Inputs inputs;
    inputs.video = {kVideoId, Input::Kind::clip, name};
    inputs.end = picture(kEndImage, 300, 400, 60);
    const auto row = work(inputs);
    ASSERT_EQ(row.state, TaskState::completed) << row.error_message;
    EXPECT_EQ(row.video->frame_count, 12 + 5 * brief.fps);
    EXPECT_EQ(engine.before.size(), 12U);
    EXPECT_TRUE(engine.end);
    EXPECT_TRUE(parts().empty());
}

TEST_F(WorkerInputsTest, SaysWhichInputCannotBeUsedAndWhy) {
    const auto gone = Input{kEndImage, Input::Kind::file, "0123456789abcdef0123456789abcdef.png"};
    Inputs inputs;
    inputs.end = gone;
    EXPECT_EQ(reason(inputs), "`end_image_url` cannot be used. The file is gone.");
    inputs = {};
    inputs.start = file(kStartImage, "<html>", "png");
    EXPECT_EQ(reason(inputs),
              "`start_image_url` cannot be used. The file is in no format that can be read here.");
    inputs.start = picture(kStartImage, 64, 64, 100);
    inputs.end = file(kEndImage, test::contents_of(media.files() / inputs.start->place), "jpg");
    EXPECT_TRUE(reason(inputs).starts_with("`end_image_url` cannot be used. It is the same"));
    const auto name = storage::make_media_name(storage::MediaKind::video, random);
    ASSERT_TRUE(media::write_clip(media.files() / name, clip_settings(brief), 3).has_value());
    inputs = {};
    inputs.start = {kStartImage, Input::Kind::file, name};
    EXPECT_EQ(reason(inputs),
              "`start_image_url` cannot be used. The file is a video, not a picture.");
    inputs = {};
    inputs.video = picture(kVideoUrl, 64, 64, 100);
    EXPECT_EQ(reason(inputs), "`video_url` cannot be used. The file is a picture, not a video.");
}

}  // namespace
}  // namespace kinora::tasks
