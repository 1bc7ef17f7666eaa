// storage/job_queue.hpp: what callers have handed in and no thread has taken yet.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <vector>

namespace kinora::storage {

class Session;

struct PendingJob {
    std::function<void(Session&)> job;
    std::function<void(std::exception_ptr)> done;  // Called once, and must not throw.
    std::exception_ptr error{};
};

class JobQueue {
public:
    // Far above what one process can have waiting in earnest: each request has one job at a time.
    static constexpr std::size_t kMaxQueued = 100'000;

    // False where the queue is full; `pending` is then untouched.
    bool push(PendingJob& pending) {
        {
            const std::lock_guard lock(mutex_);
            if (jobs_.size() >= kMaxQueued) return false;
            jobs_.push_back(std::move(pending));
            if (idle_ == 0) return true;  // Everyone is at work and looks again by itself.
        }
        filled_.notify_one();
        return true;
    }

    // Waits for work and takes a `share`-th of it, at most `max` jobs. Nothing where the queue is
    // closed and empty: what was queued before close() is still handed out.
    std::vector<PendingJob> take(std::size_t max, std::size_t share) {
        std::unique_lock lock(mutex_);
        ++idle_;
        filled_.wait(lock, [this] { return closed_ || !jobs_.empty(); });
        --idle_;
        const auto fair = (jobs_.size() + share - 1) / share;
        const auto count = static_cast<std::ptrdiff_t>(std::min(max, fair));
        std::vector<PendingJob> taken(std::move_iterator(jobs_.begin()),
                                      std::move_iterator(jobs_.begin() + count));
        jobs_.erase(jobs_.begin(), jobs_.begin() + count);
        const bool more = !jobs_.empty() && idle_ > 0;
        lock.unlock();
        if (more) filled_.notify_one();
        return taken;
    }

    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        filled_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable filled_;
    std::deque<PendingJob> jobs_;
    std::size_t idle_ = 0;
    bool closed_ = false;
};

}  // namespace kinora::storage
