// tests/unit/app/data_folder_test.cpp: one server at a time, by the same name at every start.
#include "app/data_folder.hpp"

#include "base/ids.hpp"
#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <csignal>

namespace kinora::app {
namespace {

class DataFolderTest : public testing::Test {
protected:
    Result<DataFolder> open() { return DataFolder::open(path, random); }
    // What the operator is told.
    std::string refusal(const std::filesystem::path& where) {
        const auto folder = DataFolder::open(where, random);
        EXPECT_FALSE(folder.has_value());
        if (folder.has_value()) return {};
        EXPECT_NE(folder.error().message().find(where.string()), std::string::npos);
        EXPECT_NE(folder.error().message().find("--data"), std::string::npos);
        return folder.error().message();
    }

    test::TempFolder temp;
    std::filesystem::path path = temp / "a" / "b";
    test::SeededRandom random;
};

TEST_F(DataFolderTest, IsMadeWhereItIsMissing) {
    const auto folder = open();
    ASSERT_TRUE(folder.has_value()) << folder.error().message();
    EXPECT_EQ(folder->path(), path);
    EXPECT_TRUE(std::filesystem::is_directory(path));
    EXPECT_TRUE(Uuid::parse(folder->node_id()));
    struct stat facts {};
    ASSERT_EQ(::stat((path / "node.lock").c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600U);
}

TEST_F(DataFolderTest, NamesItsServerTheSameAtEveryStart) {
    const auto first = open()->node_id();
    const auto second = open()->node_id();
    EXPECT_EQ(first, second);
    path = temp / "other";
    EXPECT_NE(open()->node_id(), first);
}

TEST_F(DataFolderTest, ADamagedNameIsReplacedOnce) {
    std::filesystem::create_directories(path);
    for (const std::string text :
         {"", "half of a na", "this is no id, but it is long enough to be one"}) {
        std::ofstream(path / "node.lock", std::ios::trunc) << text;
        const auto id = open()->node_id();
        EXPECT_TRUE(Uuid::parse(id)) << text;
        EXPECT_EQ(open()->node_id(), id);
        EXPECT_EQ(test::contents_of(path / "node.lock"), id);
    }
}

TEST_F(DataFolderTest, IsHeldByOneAtATime) {
    {
        auto held = open();
        ASSERT_TRUE(held.has_value());
        EXPECT_NE(refusal(path).find("another server is using it"), std::string::npos);
        const auto moved = std::move(*held);
        EXPECT_NE(refusal(path).find("another server is using it"), std::string::npos);
        EXPECT_TRUE(Uuid::parse(moved.node_id()));
    }
    EXPECT_TRUE(open().has_value());
}

TEST_F(DataFolderTest, IsFreeWhenItsServerIsKilled) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto held = open();
        const char answer = held.has_value() ? 'y' : 'n';
        if (::write(pipe[1], &answer, 1) != 1) ::_exit(1);
        for (;;) ::pause();
    }
    char answer = 0;
    ASSERT_EQ(::read(pipe[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    EXPECT_NE(refusal(path).find("another server is using it"), std::string::npos);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(open().has_value());
    ::close(pipe[0]);
    ::close(pipe[1]);
}

TEST_F(DataFolderTest, SaysWhyItCannotBeUsed) {
    const auto file = temp.write("file", "");
    EXPECT_NE(refusal(file), "");
    EXPECT_NE(refusal(file / "below"), "");
    EXPECT_NE(refusal("/proc/kinora"), "");
    std::filesystem::create_directories(path / "node.lock");
    EXPECT_NE(refusal(path).find("directory"), std::string::npos);
}

TEST_F(DataFolderTest, SaysThatItMayNotBeWritten) {
    if (::geteuid() == 0) GTEST_SKIP() << "everything may be written by root";
    std::filesystem::create_directories(path);
    std::filesystem::permissions(
        path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    EXPECT_NE(refusal(path).find("ermission denied"), std::string::npos);
    EXPECT_NE(refusal(path / "below").find("ermission denied"), std::string::npos);
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

}  // namespace
}  // namespace kinora::app
