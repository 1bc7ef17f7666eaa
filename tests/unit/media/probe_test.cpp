// tests/unit/media/probe_test.cpp: a clip's facts against those kept in tests/golden/media.
#include "clip.hpp"
#include "media/input.hpp"

#include <sstream>

namespace kinora::media {
namespace {

std::string as_text(const VideoStreamFacts& facts) {
    std::ostringstream text;
    text << "width " << facts.video.width << "\nheight " << facts.video.height << "\nfps "
         << facts.video.fps << "\nframe_count " << facts.video.frame_count << "\nduration_us "
         << facts.video.duration.count() << "\ncodec " << facts.codec << "\nprofile "
         << facts.profile << "\npixel_format " << facts.pixel_format << "\ncolor_space "
         << facts.color_space << "\ncolor_primaries " << facts.color_primaries
         << "\ncolor_transfer " << facts.color_transfer << "\ncolor_range " << facts.color_range
         << "\nindex_first " << facts.index_first << "\n";
    return text.str();
}

TEST(Probe, FindsTheGoldenFacts) {
    const Scratch folder;
    ASSERT_TRUE(write_clip(folder / "clip.mp4", small_settings(), 12).has_value());
    const auto facts = probe(folder / "clip.mp4");
    ASSERT_TRUE(facts.has_value());
    const auto golden = bytes_of(KINORA_GOLDEN_MEDIA "/small_clip.txt");
    EXPECT_EQ(as_text(*facts), golden);
}

TEST(Probe, FindsColoursInTheContainerToo) {
    const Scratch folder;
    ASSERT_TRUE(write_clip(folder / "clip.mp4", small_settings(), 2).has_value());
    const auto bytes = bytes_of(folder / "clip.mp4");
    // Type nclx; primaries, transfer and matrix 1 are BT.709; no full-range bit
    // (ISO/IEC 14496-12, 12.1.5; ITU-T H.273).
    const std::string colr{"colrnclx\0\1\0\1\0\1\0", 15};
    EXPECT_NE(bytes.find(colr), std::string::npos);
}

TEST(Probe, FindsNoDate) {
    const Scratch folder;
    ASSERT_TRUE(write_clip(folder / "clip.mp4", small_settings(), 2).has_value());
    const auto input = open_input(folder / "clip.mp4");
    ASSERT_TRUE(input.has_value());
    for (const auto* tags : {input->file->metadata, input->stream->metadata}) {
        EXPECT_EQ(av_dict_get(tags, "creation_time", nullptr, 0), nullptr);
        EXPECT_EQ(av_dict_get(tags, "encoder", nullptr, 0), nullptr);
    }
}

TEST(Probe, SaysWhatIsNoVideo) {
    const Scratch folder;
    std::ofstream(folder / "text.mp4") << "This is no video at all, only a line of words.";
    std::ofstream(folder / "empty.mp4");
    for (const char* name : {"text.mp4", "empty.mp4", "missing.mp4"}) {
        const auto facts = probe(folder / name);
        ASSERT_FALSE(facts.has_value()) << name;
        EXPECT_EQ(facts.error().code(), ErrorCode::api_error);
        EXPECT_EQ(facts.error().message(), "The video could not be read.");
        EXPECT_FALSE(facts.error().detail().empty());
    }
}

}  // namespace
}  // namespace kinora::media
