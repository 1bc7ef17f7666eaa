#include "media/decoder_process.hpp"

#include "media/box_wire.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <limits>

namespace kinora::media {
namespace {

using std::chrono::steady_clock;

constexpr const char* kNoDecoder = "The decoder could not be started.";
constexpr const char* kTooLong = "The file took too long to decode.";
constexpr int kPipeBytes = 1 << 20;  // As much as the kernel gives everybody; fewer are fine too.

Error no_decoder(const std::string& detail) {
    return {ErrorCode::api_error, kNoDecoder, detail};
}

// What posix_spawn is told: the file as 3, the pipe as 4, nothing else open, no signal blocked.
class SpawnPlan {
public:
    SpawnPlan(int input, int output) {
        ::posix_spawnattr_init(&attributes);
        ::posix_spawn_file_actions_init(&actions);
        sigset_t none;
        sigset_t all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        ::posix_spawnattr_setsigdefault(&attributes, &all);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        for (int fd = 0; fd < wire::kInput; ++fd) {
            ::posix_spawn_file_actions_addclose(&actions, fd);
        }
        ::posix_spawn_file_actions_adddup2(&actions, input, wire::kInput);
        ::posix_spawn_file_actions_adddup2(&actions, output, wire::kOutput);
        ::posix_spawn_file_actions_addclosefrom_np(&actions, wire::kOutput + 1);
    }
    ~SpawnPlan() {
        ::posix_spawn_file_actions_destroy(&actions);
        ::posix_spawnattr_destroy(&attributes);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    posix_spawnattr_t attributes{};
    posix_spawn_file_actions_t actions{};
};

std::vector<std::string> arguments_for(const DecoderJob& job, std::chrono::milliseconds patience) {
    // Processor time is bounded in the child as well, should this process be stopped meanwhile.
    const auto cpu_seconds = std::chrono::ceil<std::chrono::seconds>(patience).count() + 1;
    std::vector<std::string> words{"kinora-decoder", std::to_string(::getpid()),
                                   std::to_string(cpu_seconds), job.name};
    for (const auto number : job.numbers) words.push_back(std::to_string(number));
    return words;
}

// A copy that is out of the way of the numbers which the child's descriptors get.
Descriptor moved_up(int fd) {
    return Descriptor(::fcntl(fd, F_DUPFD_CLOEXEC, wire::kOutput + 1));
}

Result<pid_t> spawn(const DecoderBox& box, const Descriptor& input, const Descriptor& output,
                    std::vector<std::string> words) {
    const SpawnPlan plan(input.get(), output.get());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    char* no_environment[] = {nullptr};
    pid_t child = -1;
    const int failed = ::posix_spawn(&child, box.program().c_str(), &plan.actions, &plan.attributes,
                                     argv.data(), no_environment);
    if (failed != 0) return no_decoder(box.program().string() + ": " + std::strerror(failed));
    return child;
}

std::string told(int status) {
    if (WIFSIGNALED(status)) {
        const int number = WTERMSIG(status);
        const char* name = ::sigabbrev_np(number);
        auto text = "killed by SIG" + std::string(name == nullptr ? "?" : name);
        if (number == SIGSYS) text += ": it made a call that the box does not have";
        if (number == SIGXCPU) text += ": its processor time was used up";
        return "the decoder was " + text;
    }
    return "the decoder ended with status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

Result<std::unique_ptr<DecoderProcess>> DecoderProcess::start(const DecoderBox& box,
                                                              const InputFile& file,
                                                              const DecoderJob& job,
                                                              std::chrono::milliseconds patience,
                                                              std::stop_token stop) {
    Descriptor wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    auto input = moved_up(file.descriptor());
    if (!wake.is_open() || !input.is_open()) return no_decoder(std::strerror(errno));
    std::unique_ptr<DecoderProcess> process(
        new DecoderProcess(box, job, std::move(input), std::move(wake), patience, std::move(stop)));
    const auto spawned = process->spawn();
    if (!spawned) return spawned.error();
    return process;
}

Result<void> DecoderProcess::spawn() {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) return no_decoder(std::strerror(errno));
    Descriptor ours(ends[0]);
    Descriptor theirs(ends[1]);
    ::fcntl(ours.get(), F_SETPIPE_SZ, kPipeBytes);
    ::fcntl(ours.get(), F_SETFL, O_NONBLOCK);
    const auto output = moved_up(theirs.get());
    if (!output.is_open()) return no_decoder(std::strerror(errno));
    const auto patience = std::chrono::ceil<std::chrono::milliseconds>(patience_);
    const auto child = media::spawn(box_, input_, output, arguments_for(job_, patience));
    if (!child) return child.error();
    ++starts_;
    child_ = *child;
    output_ = std::move(ours);
    return ok();
}

DecoderProcess::DecoderProcess(const DecoderBox& box, const DecoderJob& job, Descriptor input,
                               Descriptor wake, std::chrono::milliseconds patience,
                               std::stop_token stop)
    : box_(box),
      job_(job),
      input_(std::move(input)),
      wake_(std::move(wake)),
      patience_(patience),
      stop_(std::move(stop)) {
    on_stop_.emplace(stop_, [fd = wake_.get()] {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(fd, &one, sizeof one);
    });
}

Result<void> DecoderProcess::read(std::span<std::uint8_t> out) {
    if (failed_) return *failed_;
    while (!out.empty()) {
        const auto got = ::read(output_.get(), out.data(), out.size());
        if (got == 0 && !has_spoken_ && starts_ == 1) {
            reap();
            auto again = spawn();
            if (!again) return fail(again.error());
            continue;
        }
        if (got == 0) return fail(judge_end());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno != EAGAIN) return fail(no_decoder(std::strerror(errno)));
        if (got > 0) {
            has_spoken_ = true;
            out = out.subspan(std::size_t(got));
        } else {
            auto waited = wait();
            if (!waited) return fail(waited.error());
        }
    }
    if (stop_.stop_requested()) {
        return fail({ErrorCode::cancelled, "The decoding was called off."});
    }
    return ok();
}

Result<void> DecoderProcess::wait() {
    pollfd both[2] = {{output_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};
    const auto start = steady_clock::now();
    const auto left_ms = std::chrono::ceil<std::chrono::milliseconds>(patience_).count();
    if (patience_.count() <= 0) return Error(ErrorCode::bad_request, kTooLong, "out of patience");
    const auto timeout = std::min<std::int64_t>(left_ms, std::numeric_limits<int>::max());
    const int ready = ::poll(both, 2, int(timeout));
    patience_ -= steady_clock::now() - start;
    if (ready < 0 && errno != EINTR) return no_decoder(std::strerror(errno));
    if (both[1].revents != 0) return Error(ErrorCode::cancelled, "The decoding was called off.");
    return ok();
}

Error DecoderProcess::judge_end() {
    const auto status = reap();
    const auto detail = status ? told(*status) : std::string("the decoder's status is lost");
    const bool locked_in = has_spoken_;
    if (!locked_in) return no_decoder(detail);
    if (status && WIFSIGNALED(*status) && WTERMSIG(*status) == SIGXCPU) {
        return {ErrorCode::bad_request, kTooLong, detail};
    }
    return {ErrorCode::bad_request, kNotDecoded, detail};
}

Error DecoderProcess::fail(Error error) {
    reap();
    failed_ = std::move(error);
    return *failed_;
}

std::optional<int> DecoderProcess::reap() {
    if (child_ < 0) return std::nullopt;
    // One that is ending already keeps the status that it has.
    ::kill(child_, SIGKILL);
    int status = 0;
    pid_t done = -1;
    do {
        done = ::waitpid(child_, &status, 0);
    } while (done < 0 && errno == EINTR);
    child_ = -1;
    return done > 0 ? std::optional<int>(status) : std::nullopt;
}

}  // namespace kinora::media
