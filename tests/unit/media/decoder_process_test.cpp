// tests/unit/media/decoder_process_test.cpp: a decoder that was taken over, and what it can do.
#include "media/decoder_process.hpp"

#include "strange.hpp"

#include <sys/stat.h>
#include <sys/wait.h>

#include <thread>

namespace kinora::media {
namespace {

Result<Still> misbehave(char mode, std::stop_token stop = {}) {
    const auto file = InputFile::of_bytes(as_span(std::string(1, mode)));
    EXPECT_TRUE(file.has_value());
    StillLimits limits;
    limits.patience = std::chrono::milliseconds(mode == 'z' ? 4000 : 10'000);
    return decode_still(DecoderBox(KINORA_MISBEHAVING_DECODER), *file, limits, std::move(stop));
}

std::size_t open_files() {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        count += entry.is_symlink() ? 1 : 0;
    }
    return count;
}

TEST(DecoderProcess, DiesOfEveryCallThatTheBoxDoesNotHave) {
    const auto before = open_files();
    // Opens a socket; forks; runs a program; sends a signal; traces; ioctl; writes to the
    // input; makes memory that can be run.
    for (const char mode : std::string("sfekpiwx")) {
        const auto still = misbehave(mode);
        ASSERT_FALSE(still.has_value()) << mode;
        EXPECT_EQ(still.error().code(), ErrorCode::bad_request) << mode;
        EXPECT_EQ(still.error().message(), "The file could not be decoded.") << mode;
        EXPECT_NE(still.error().detail().find("SIGSYS"), std::string::npos)
            << mode << still.error().detail();
    }
    EXPECT_EQ(open_files(), before);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);  // No zombie is left.
}

TEST(DecoderProcess, IsOneErrorHoweverItEnds) {
    const std::pair<char, const char*> rows[] = {
        {'m', "status 20"},   // It got no more memory, well before 2 GiB.
        {'o', "status 255"},  // Opened no file.
        {'a', "SIG"},         // abort() wants more calls than there are; either signal will do.
        {'r', "SIGSEGV"},     // A wild pointer.
        {'l', "too large"},   // A picture of 100,000 x 100,000, says it.
        {'n', "status 0"},    // Ends without a word.
    };
    for (const auto& [mode, detail] : rows) {
        const auto still = misbehave(mode);
        ASSERT_FALSE(still.has_value()) << mode;
        EXPECT_EQ(still.error().code(), ErrorCode::bad_request) << mode;
        EXPECT_EQ(still.error().message(), "The file could not be decoded.") << mode;
        EXPECT_NE(still.error().detail().find(detail), std::string::npos)
            << mode << still.error().detail();
    }
}

TEST(DecoderProcess, SpinsForItsProcessorTimeAndNoLonger) {
    const auto still = misbehave('z');
    ASSERT_FALSE(still.has_value());
    EXPECT_EQ(still.error().code(), ErrorCode::bad_request);
    EXPECT_EQ(still.error().message(), "The file took too long to decode.");
    EXPECT_NE(still.error().detail().find("SIGXCPU"), std::string::npos) << still.error().detail();
}

TEST(DecoderProcess, IsKilledWhenPatienceEnds) {
    const auto file = InputFile::of_bytes(as_span("z"));
    StillLimits limits;
    limits.patience = std::chrono::milliseconds(100);
    const auto start = std::chrono::steady_clock::now();
    const auto still = decode_still(DecoderBox(KINORA_MISBEHAVING_DECODER), *file, limits);
    ASSERT_FALSE(still.has_value());
    EXPECT_EQ(still.error().message(), "The file took too long to decode.");
    EXPECT_EQ(still.error().detail(), "out of patience");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(DecoderProcess, IsKilledWhenItsOwnerIsCalledOff) {
    std::stop_source source;
    source.request_stop();
    const auto at_once = misbehave('z', source.get_token());
    ASSERT_FALSE(at_once.has_value());
    EXPECT_EQ(at_once.error().code(), ErrorCode::cancelled);

    std::stop_source later;
    std::jthread other([&] { later.request_stop(); });
    const auto still = misbehave('z', later.get_token());
    ASSERT_FALSE(still.has_value());
    EXPECT_EQ(still.error().code(), ErrorCode::cancelled);
}

TEST(DecoderProcess, SaysWhenThereIsNoDecoder) {
    const auto file = InputFile::of_bytes(as_span("x"));
    const auto missing = decode_still(DecoderBox("/nowhere/kinora-decoder"), *file, {});
    ASSERT_FALSE(missing.has_value());
    EXPECT_EQ(missing.error().code(), ErrorCode::api_error);
    EXPECT_NE(missing.error().detail().find("/nowhere/kinora-decoder"), std::string::npos);

    // One that cannot lock itself in reads nothing.
    const auto open = misbehave('q');
    ASSERT_FALSE(open.has_value());
    EXPECT_EQ(open.error().code(), ErrorCode::api_error);
    EXPECT_NE(open.error().detail().find("status 3"), std::string::npos);
}

// Killed from outside, as for want of memory, before it touched the file.
TEST(DecoderProcess, IsStartedOnceMoreWhereItEndedBeforeTheFirstWord) {
    const auto before = open_files();
    const auto still = misbehave('1');
    ASSERT_FALSE(still.has_value());
    EXPECT_EQ(still.error().code(), ErrorCode::bad_request) << "it came as far as the file";
    EXPECT_NE(still.error().detail().find("status 0"), std::string::npos) << still.error().detail();
    EXPECT_EQ(open_files(), before);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(DecoderProcess, TakesFilesAlone) {
    const Scratch folder;
    write_bytes(folder / "file", "x");
    std::filesystem::create_symlink(folder / "file", folder / "link");
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    EXPECT_TRUE(InputFile::open(folder / "file").has_value());
    for (const char* name : {"link", "pipe", "missing", "."}) {
        EXPECT_FALSE(InputFile::open(folder / name).has_value()) << name;
    }
}

}  // namespace
}  // namespace kinora::media
