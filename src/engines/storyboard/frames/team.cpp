// frames/team.cpp: jobs are handed out one at a time under a mutex; a job is a band of rows or
// more, so the lock costs nothing beside it.
#include "engines/storyboard/frames/team.hpp"

namespace kinora::engines::storyboard {

Team::Team(int threads) {
    for (int i = 1; i < threads; ++i) {
        threads_.emplace_back([this, i] { serve(i); });
    }
}

Team::~Team() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
}

void Team::run(int count, const std::function<void(int, int)>& job) {
    std::unique_lock lock(mutex_);
    job_ = &job;
    next_ = 0;
    count_ = left_ = count;
    if (count > 1) wake_.notify_all();
    take_jobs(lock, 0);
    done_.wait(lock, [this] { return left_ == 0; });
    job_ = nullptr;
}

void Team::serve(int thread) {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return ending_ || next_ < count_; });
        if (ending_) return;
        take_jobs(lock, thread);
    }
}

void Team::take_jobs(std::unique_lock<std::mutex>& lock, int thread) {
    while (next_ < count_) {
        const int index = next_++;
        const auto* job = job_;
        lock.unlock();
        (*job)(index, thread);
        lock.lock();
        if (--left_ == 0) done_.notify_all();
    }
}

}  // namespace kinora::engines::storyboard
