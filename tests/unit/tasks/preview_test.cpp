// preview_test.cpp: small pictures of what is drawn, where somebody wants them.
#include "tasks/preview.hpp"

#include "engines/fake.hpp"
#include "support/tasks.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

namespace kinora::tasks {
namespace {

class CountingSink final : public engines::FrameSink {
public:
    Result<void> add(const media::Picture&) override {
        ++count;
        return ok();
    }
    int count = 0;
};

class PreviewTest : public testing::Test {
protected:
    void draw(const std::filesystem::path& path, bool wanted) {
        engines::FakeEngine engine;
        PreviewedEngine previewed(engine, path, [wanted] { return wanted; });
        EXPECT_EQ(previewed.name(), engine.name());
        auto brief = test::small_brief();
        brief.width = 1360;
        brief.height = 752;
        EXPECT_TRUE(previewed.render(brief, sink, {}));
        EXPECT_EQ(sink.count, brief.frame_count);
    }

    test::TempFolder folder;
    CountingSink sink;
};

TEST_F(PreviewTest, ThereIsOneWhereItIsWanted) {
    const auto path = folder / "preview.jpg";
    draw(path, true);
    const auto bytes = test::contents_of(path);
    EXPECT_TRUE(bytes.starts_with("\xff\xd8\xff"));
    EXPECT_LT(bytes.size(), 64U * 1024);
    EXPECT_FALSE(std::filesystem::exists(path.string() + ".new"));
}

TEST_F(PreviewTest, ThereIsNoneOtherwise) {
    draw(folder / "preview.jpg", false);
    EXPECT_FALSE(std::filesystem::exists(folder / "preview.jpg"));
}

TEST_F(PreviewTest, OneThatCannotBeWrittenIsLeftOut) {
    draw(folder / "no" / "such" / "preview.jpg", true);
}

TEST(Picture, IsShrunkByAWholeNumber) {
    media::Picture picture(1360, 752);
    auto luma = picture.plane(0);
    for (int y = 0; y < luma.height; ++y)
        for (int x = 0; x < luma.width; ++x)
            luma.data[y * luma.stride + x] = x % 2 == 0 ? std::uint8_t(100) : std::uint8_t(200);
    const auto small = picture.shrunk(320);
    EXPECT_EQ(small.width(), 272);
    EXPECT_EQ(small.height(), 150);
    // Five columns of two shades: 140 and 160 in turns.
    EXPECT_EQ(small.plane(0).data[0], 140);
    EXPECT_EQ(small.plane(0).data[1], 160);
    EXPECT_EQ(small.plane(1).data[0], 128);
    EXPECT_EQ(media::Picture(32, 16).shrunk(16).width(), 32) << "no side gets below 16";
    EXPECT_EQ(media::Picture(64, 64).shrunk(320).width(), 64);
}

}  // namespace
}  // namespace kinora::tasks
