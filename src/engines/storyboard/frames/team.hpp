// frames/team.hpp: a few threads that share the rows of a picture.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kinora::engines::storyboard {

// Jobs of one run may happen in any order and on any thread, so each must write only what is its
// own; then the result does not depend on the number of threads.
class Team {
public:
    explicit Team(int threads);  // The caller counts as one; at least 1.
    ~Team();
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;

    int size() const { return static_cast<int>(threads_.size()) + 1; }
    // Calls job(index, thread) for every index below `count` and returns when all are done.
    // `thread` is below size(). Jobs must not throw.
    void run(int count, const std::function<void(int index, int thread)>& job);

private:
    void serve(int thread);
    void take_jobs(std::unique_lock<std::mutex>& lock, int thread);

    std::mutex mutex_;
    std::condition_variable wake_, done_;
    const std::function<void(int, int)>* job_ = nullptr;
    int next_ = 0, count_ = 0, left_ = 0;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace kinora::engines::storyboard
