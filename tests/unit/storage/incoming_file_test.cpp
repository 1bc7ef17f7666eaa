// tests/unit/storage/incoming_file_test.cpp: a file that comes in pieces is whole or not there.
// there.
#include "storage/incoming_file.hpp"

#include "storage/media_folder.hpp"
#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <csignal>

namespace kinora::storage {
namespace {

class IncomingFileTest : public testing::Test {
protected:
    bool is_empty(const char* where) const { return std::filesystem::is_empty(folder / where); }

    test::TempFolder folder;
    test::SeededRandom random;
    MediaFolder media = *MediaFolder::open(folder.path());
    const std::string name = make_media_name("webm", random);
};

TEST_F(IncomingFileTest, IsThereOnceItIsPublishedAndKept) {
    {
        auto file = *media.receive(random);
        ASSERT_TRUE(file.write("a ").has_value());
        ASSERT_TRUE(file.write("video").has_value());
        EXPECT_EQ(file.size_bytes(), 7U);
        EXPECT_FALSE(is_empty("parts"));
        EXPECT_TRUE(is_empty("media"));
        ASSERT_TRUE(file.publish(name).has_value());
        file.keep();
    }
    EXPECT_EQ(test::contents_of(media.files() / name), "a video");
    EXPECT_TRUE(is_empty("parts"));
}

TEST_F(IncomingFileTest, IsGoneWhereItWasNotPublishedOrNotKept) {
    {
        auto file = *media.receive(random);
        ASSERT_TRUE(file.write("a vid").has_value());
    }
    EXPECT_TRUE(is_empty("parts"));
    {
        auto file = *media.receive(random);
        ASSERT_TRUE(file.publish(name).has_value());
        EXPECT_TRUE(media.has(name));
    }
    EXPECT_FALSE(media.has(name));
}

TEST_F(IncomingFileTest, MovesWithWhatItOwns) {
    auto first = *media.receive(random);
    {
        auto second = std::move(first);
        ASSERT_TRUE(second.write("x").has_value());
        EXPECT_FALSE(is_empty("parts"));
    }
    EXPECT_TRUE(is_empty("parts"));
}

TEST_F(IncomingFileTest, OnAFullDiskItIsUnavailable) {
    // A bound on the size of files stands for the disk's end.
    rlimit former{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &former), 0);
    auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{5, former.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    {
        auto file = *media.receive(random);
        const auto written = file.write("a video");
        ::setrlimit(RLIMIT_FSIZE, &former);
        std::signal(SIGXFSZ, handler);
        ASSERT_FALSE(written.has_value());
        EXPECT_EQ(written.error().code(), ErrorCode::unavailable);
        EXPECT_NE(written.error().message().find("no room"), std::string::npos);
    }
    EXPECT_TRUE(is_empty("parts"));
}

}  // namespace
}  // namespace kinora::storage
