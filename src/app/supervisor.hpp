// app/supervisor.hpp: keeps the server's worker processes running.
//
// Each worker has a thread that starts it, waits for its end, frees at once what it held and starts
// another. A worker dies with its server: it asks the kernel for that itself, and this thread,
// which lives as long as the server, is the parent whose death counts.
#pragma once

#include "app/config.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "storage/database.hpp"
#include "storage/media_folder.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace kinora::app {

class Supervisor {
public:
    // References must outlive this. `node_id` begins the names of all workers that this server
    // starts.
    Supervisor(const Config& config, std::string node_id, storage::Database& database,
               const storage::MediaFolder& media, const Clock& clock, Random& random, Log& log);
    ~Supervisor();
    Supervisor(const Supervisor&) = delete;

    // Frees what workers of a former run of this server held, then starts config.workers workers.
    void start();
    // Asks all workers to give their leases back and waits for them, at most `grace`; then kills
    // them.
    void stop(Milliseconds grace);

private:
    struct Slot {
        pid_t pid = 0;  // 0: none is running.
        std::thread thread;
    };
    void watch_over(Slot& slot);
    int run_once(Slot& slot, const std::string& name);
    void recover(const std::string& dead_owner_prefix);
    void signal_all(int number);
    bool any_running() const;

    const Config& config_;
    const std::string node_id_;
    storage::Database& database_;
    const storage::MediaFolder& media_;
    const Clock& clock_;
    Random& random_;
    Log& log_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::vector<Slot> slots_;
};

}  // namespace kinora::app
