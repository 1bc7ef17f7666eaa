// tests/unit/app/spawn_test.cpp: a child has what it was given and nothing else of ours.
#include "app/spawn.hpp"

#include "support/temp_folder.hpp"
#include "support/variable.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <sstream>

namespace kinora::app {
namespace {

class SpawnTest : public testing::Test {
protected:
    // Runs a line of shell, whose standard output goes to a file, and returns what stands there.
    std::string shell(const std::string& line, const std::vector<std::string>& environment = {}) {
        const auto output = folder / "output";
        const auto child =
            spawn("/bin/sh", {"sh", "-c", line + " > " + output.string()}, environment);
        EXPECT_TRUE(child.has_value());
        int status = 0;
        EXPECT_EQ(::waitpid(*child, &status, 0), *child);
        EXPECT_EQ(status, 0);
        return test::contents_of(output);
    }

    test::TempFolder folder;
};

TEST_F(SpawnTest, GivesArgumentsAndEnvironment) {
    const auto child = spawn("/bin/sh", {"sh", "-c", "exit 7"}, {});
    ASSERT_TRUE(child.has_value());
    int status = 0;
    ::waitpid(*child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 7);
    EXPECT_EQ(shell("echo \"$A|$B\"", {"A=one word", "B="}), "one word|\n");
    const test::Variable variable("KINORA_OF_OURS", "secret");
    EXPECT_EQ(shell("echo \"$KINORA_OF_OURS\""), "\n");
}

TEST_F(SpawnTest, ClosesOurFilesAndSockets) {
    // As somebody would leave them who forgot to mark them.
    const int file = ::open("/dev/null", O_RDONLY);
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    constexpr int kHigh = 200;
    ASSERT_EQ(::dup2(socket, kHigh), kHigh);
    for (const int descriptor : {file, socket, kHigh}) {
        ASSERT_EQ(::fcntl(descriptor, F_GETFD) & FD_CLOEXEC, 0);
        EXPECT_EQ(shell("test -e /proc/self/fd/" + std::to_string(descriptor) +
                        " && echo open || echo closed"),
                  "closed\n");
    }
    EXPECT_EQ(shell("for n in 0 1 2; do test -e /proc/self/fd/$n && echo open; done"),
              "open\nopen\nopen\n");
    for (const int descriptor : {file, socket, kHigh}) ::close(descriptor);
}

TEST_F(SpawnTest, HasNoSignalBlockedOrIgnored) {
    sigset_t set, former;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGTERM);
    ::sigaddset(&set, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &set, &former);
    const auto former_pipe = std::signal(SIGPIPE, SIG_IGN);
    const auto words = shell("awk '/SigBlk|SigIgn/ {print $2}' /proc/self/status");
    std::signal(SIGPIPE, former_pipe);
    ::pthread_sigmask(SIG_SETMASK, &former, nullptr);
    std::istringstream masks(words);
    masks >> std::hex;
    std::uint64_t blocked = 1, ignored = 1;
    masks >> blocked >> ignored;
    // Above the 31 with names, glibc keeps two to itself and has a spawned child ignore them.
    EXPECT_EQ(blocked, 0U);
    EXPECT_EQ(ignored & 0x7fffffff, 0U) << words;
}

TEST_F(SpawnTest, SaysWhatCannotBeStarted) {
    const auto plain = folder.write("plain", "no program");
    for (const auto& program : {folder / "missing", plain, folder.path()}) {
        const auto child = spawn(program, {"it"}, {});
        ASSERT_FALSE(child.has_value()) << program;
        EXPECT_TRUE(child.error().message().starts_with("cannot start " + program.string()))
            << child.error().message();
    }
}

TEST_F(SpawnTest, KnowsItsOwnFolder) {
    EXPECT_TRUE(std::filesystem::exists(program_folder()));
    EXPECT_EQ(program_folder(), std::filesystem::read_symlink("/proc/self/exe").parent_path());
}

TEST_F(SpawnTest, ThePlainEnvironmentHasNoSettingsOfOurs) {
    const test::Variable ours("KINORA_OWNER_TOKEN", "secret");
    const test::Variable theirs("NOT_KINORA", "kept");
    const auto kept = plain_environment();
    EXPECT_NE(std::find(kept.begin(), kept.end(), "NOT_KINORA=kept"), kept.end());
    for (const auto& entry : kept) EXPECT_FALSE(entry.starts_with("KINORA_")) << entry;
}

}  // namespace
}  // namespace kinora::app
