// tests/unit/media/mp4_boxes_test.cpp: box orders, whole and broken.
#include "media/mp4_boxes.hpp"

#include "clip.hpp"

namespace kinora::media {
namespace {

using Boxes = std::vector<std::string>;

std::string box(std::uint32_t size_bytes, const std::string& type, std::size_t body_bytes) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += char(size_bytes >> shift & 0xff);
    return bytes + type + std::string(body_bytes, '\0');
}

Boxes boxes_of(const std::string& bytes) {
    const Scratch folder;
    std::ofstream(folder / "file", std::ios::binary) << bytes;
    return outer_boxes(folder / "file");
}

TEST(Mp4Boxes, NamesThemInOrder) {
    const auto bytes = box(12, "ftyp", 4) + box(8, "moov", 0) + box(9, "mdat", 1);
    EXPECT_EQ(boxes_of(bytes), (Boxes{"ftyp", "moov", "mdat"}));
}

TEST(Mp4Boxes, ReadsLongSizes) {
    const auto size = std::string(7, '\0') + char(20);
    const auto bytes = box(1, "mdat", 0) + size + "1234" + box(8, "moov", 0);
    EXPECT_EQ(boxes_of(bytes), (Boxes{"mdat", "moov"}));
}

TEST(Mp4Boxes, TakesAnOpenSizeAsTheRest) {
    EXPECT_EQ(boxes_of(box(8, "moov", 0) + box(0, "mdat", 99)), (Boxes{"moov", "mdat"}));
}

TEST(Mp4Boxes, StopsWhereTheFileMakesNoSense) {
    EXPECT_EQ(boxes_of(""), Boxes{});
    EXPECT_EQ(boxes_of("short"), Boxes{});
    EXPECT_EQ(boxes_of(box(7, "tiny", 40)), Boxes{"tiny"});
    EXPECT_EQ(boxes_of(box(900, "moov", 40)), Boxes{"moov"});
    EXPECT_EQ(boxes_of(box(1, "long", 4)), Boxes{});
    const auto endless = box(1, "long", 0) + std::string(8, '\xff') + box(8, "moov", 0);
    EXPECT_EQ(boxes_of(endless), Boxes{"long"});
    EXPECT_EQ(outer_boxes("/nowhere/at/all"), Boxes{});
}

TEST(Mp4Boxes, KnowsWhetherTheIndexIsFirst) {
    EXPECT_TRUE(index_is_first({"ftyp", "moov", "free", "mdat"}));
    EXPECT_FALSE(index_is_first({"ftyp", "mdat", "moov"}));
    EXPECT_FALSE(index_is_first({"ftyp", "mdat"}));
    EXPECT_FALSE(index_is_first({}));
}

}  // namespace
}  // namespace kinora::media
