// storage/readers.hpp: the threads that look, each with a connection of its own.
//
// A thread takes its share of what is queued and runs it in one read transaction: each job sees one
// consistent snapshot that is no older than its submission, and opening it is paid for once.
#pragma once

#include "storage/connection.hpp"
#include "storage/job_queue.hpp"

#include <span>
#include <thread>
#include <vector>

namespace kinora::storage {

class Readers {
public:
    Readers(const Dialect& dialect, std::size_t count);
    // Finishes what is queued.
    ~Readers();

    JobQueue& queue() { return queue_; }

private:
    void work();
    // Runs jobs in one snapshot, up to the first that fails; answers how many are done with.
    static std::size_t run_snapshot(Connection& connection, std::span<PendingJob> jobs);

    const Dialect& dialect_;
    const std::size_t count_;
    JobQueue queue_;
    std::vector<std::jthread> threads_;
};

}  // namespace kinora::storage
