// unit/outbound/sink_test.cpp: files that are whole or not there.
#include "outbound/sink.hpp"

#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

const std::vector<std::uint8_t> kBytes{'a', 'b', 'c'};

TEST(FileSink, KeepsWhatIsKept) {
    const test::TempFolder folder;
    {
        FileSink sink(folder / "kept");
        ASSERT_TRUE(sink.write(kBytes));
        ASSERT_TRUE(sink.write(kBytes));
        ASSERT_TRUE(sink.keep());
    }
    EXPECT_EQ(test::contents_of(folder / "kept"), "abcabc");
}

TEST(FileSink, RemovesTheRest) {
    const test::TempFolder folder;
    { ASSERT_TRUE(FileSink(folder / "left").write(kBytes)); }
    EXPECT_FALSE(std::filesystem::exists(folder / "left"));
    EXPECT_THROW(FileSink(folder / "no" / "folder"), std::system_error);
}

TEST(FileSink, TellsOfAFullDisk) {
    FileSink sink("/dev/full");
    const auto written = sink.write(kBytes);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code(), ErrorCode::unavailable);
    ASSERT_TRUE(sink.keep());  // The device stays.
}

}  // namespace
}  // namespace kinora::outbound
