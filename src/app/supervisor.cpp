#include "app/supervisor.hpp"

#include "app/spawn.hpp"
#include "tasks/recovery.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace kinora::app {
namespace {

using namespace std::chrono_literals;

// A worker that dies this soon after its start will not do better at once.
constexpr auto kSoon = 2s;
constexpr auto kPauseMax = 5'000ms;

std::filesystem::path worker_program() {
    const char* variable = std::getenv("KINORA_WORKER_PROGRAM");
    return variable == nullptr ? program_folder() / "kinora-worker"
                               : std::filesystem::path(variable);
}

}  // namespace

Supervisor::Supervisor(const Config& config, std::string node_id, storage::Database& database,
                       const storage::MediaFolder& media, const Clock& clock, Random& random,
                       Log& log)
    : config_(config),
      node_id_(std::move(node_id)),
      database_(database),
      media_(media),
      clock_(clock),
      random_(random),
      log_(log),
      slots_(static_cast<std::size_t>(config.workers)) {}

Supervisor::~Supervisor() {
    stop(0ms);
}

void Supervisor::start() {
    recover(node_id_ + '/');
    for (auto& slot : slots_) {
        slot.thread = std::thread([this, &slot] { watch_over(slot); });
    }
}

void Supervisor::recover(const std::string& dead_owner_prefix) {
    try {
        tasks::recover_tasks(database_, media_, clock_, log_, dead_owner_prefix);
    } catch (const std::exception& error) {
        // The leases run out by themselves.
        log_.warn("recovery.failed", {{"reason", error.what()}});
    }
}

void Supervisor::watch_over(Slot& slot) {
    auto pause = 100ms;
    for (;;) {
        const auto name = node_id_ + '/' + random_.hex(4);
        const auto began = clock_.steady();
        const int status = run_once(slot, name);
        std::unique_lock lock(mutex_);
        if (stopping_) return;
        lock.unlock();
        log_.error("worker.died", {{"worker", name}, {"status", status}});
        recover(name);
        pause = clock_.steady() - began < kSoon ? std::min(pause * 2, kPauseMax) : 100ms;
        lock.lock();
        changed_.wait_for(lock, pause, [this] { return stopping_; });
        if (stopping_) return;
    }
}

// Starts a worker and waits for its end; the wait status, or -1 where it could not be started.
int Supervisor::run_once(Slot& slot, const std::string& name) {
    auto environment = plain_environment();
    environment.push_back("KINORA_DATABASE=" + config_.database);
    environment.push_back("KINORA_PARENT=" + std::to_string(::getpid()));
    pid_t pid = 0;
    {
        // Held while starting, so that stop() sees every worker or prevents it.
        const std::lock_guard lock(mutex_);
        if (stopping_) return 0;
        const auto child = spawn(worker_program(), worker_arguments(config_, name), environment);
        if (!child) {
            log_.error("worker.unstarted", {{"reason", child.error().message()}});
            return -1;
        }
        pid = slot.pid = *child;
    }
    log_.info("worker.started", {{"worker", name}, {"worker_pid", pid}});
    siginfo_t facts{};
    // WNOWAIT: the pid stays taken until the slot has forgotten it, so stop() never signals a
    // stranger.
    while (::waitid(P_PID, static_cast<id_t>(pid), &facts, WEXITED | WNOWAIT) != 0 &&
           errno == EINTR) {
    }
    const std::lock_guard lock(mutex_);
    slot.pid = 0;
    int status = 0;
    ::waitpid(pid, &status, 0);
    changed_.notify_all();
    return status;
}

void Supervisor::signal_all(int number) {
    for (const auto& slot : slots_) {
        if (slot.pid != 0) ::kill(slot.pid, number);
    }
}

bool Supervisor::any_running() const {
    return std::any_of(slots_.begin(), slots_.end(),
                       [](const Slot& slot) { return slot.pid != 0; });
}

void Supervisor::stop(Milliseconds grace) {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    signal_all(SIGTERM);
    if (!changed_.wait_for(lock, grace, [this] { return !any_running(); })) {
        log_.warn("worker.killed");
        signal_all(SIGKILL);
        changed_.wait(lock, [this] { return !any_running(); });
        lock.unlock();
        recover(node_id_ + '/');
        lock.lock();
    }
    lock.unlock();
    for (auto& slot : slots_) {
        if (slot.thread.joinable()) slot.thread.join();
    }
}

}  // namespace kinora::app
