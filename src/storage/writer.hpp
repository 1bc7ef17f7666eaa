// storage/writer.hpp: the one thread of a process that changes rows, many jobs to a commit.
//
// A durable commit waits for the disk, whatever it carries. So all that queued up during one commit
// goes into the next together, each job behind a savepoint of its own.
#pragma once

#include "base/log.hpp"
#include "storage/connection.hpp"
#include "storage/job_queue.hpp"

#include <atomic>
#include <cstdint>
#include <span>
#include <thread>

namespace kinora::storage {

class Writer {
public:
    Writer(const Dialect& dialect, Log& log);
    // Finishes what is queued.
    ~Writer();

    JobQueue& queue() { return queue_; }
    // Commits so far that changed people, applications or keys. Safe from any thread.
    std::uint64_t account_changes() const { return account_changes_; }

private:
    // How a try at committing a group ended.
    enum class Outcome {
        committed,  // Each job's own `error` says how it went.
        conflict,   // Nothing is written; the same again may succeed.
        spoiled,    // Nothing is written, for one job brought the transaction down.
        failed,     // Nothing is known to be written, and each job's `error` says why.
    };

    void work();
    void run_group(std::span<PendingJob> group);
    // Each succeeds or fails for itself.
    void run_alone(std::span<PendingJob> group);
    Outcome try_group(std::span<PendingJob> group);
    Outcome run_jobs(std::span<PendingJob> group);
    Outcome run_behind_savepoint(PendingJob& pending);
    Outcome fail(std::span<PendingJob> group, std::exception_ptr error);

    Connection connection_;
    Log& log_;
    std::atomic<std::uint64_t> account_changes_ = 0;
    JobQueue queue_;
    std::jthread thread_;
};

}  // namespace kinora::storage
