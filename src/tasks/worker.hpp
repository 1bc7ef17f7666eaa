// tasks/worker.hpp: takes one task at a time and brings it to an end.
//
// A worker may die at any line. Its lease then runs out and another attempt begins, so every step
// is safe to repeat; whatever it writes counts only while its claim is the current one. Price and
// permission were settled before.
#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "engines/engine.hpp"
#include "storage/database.hpp"
#include "storage/disk_room.hpp"
#include "storage/media_folder.hpp"
#include "storage/task_rows.hpp"
#include "tasks/brief.hpp"
#include "tasks/input_loader.hpp"
#include "tasks/lease_keeper.hpp"
#include "tasks/render.hpp"

#include <mutex>
#include <stop_token>
#include <string>

namespace kinora::tasks {

struct WorkerOptions {
    std::string name;  // Owner of its leases; no other running worker has it.
    int threads = 1;
    LeaseTimes times;
    Milliseconds recover_every{1'000};
    Milliseconds full_disk_pause{5'000};  // Until the next try after the disk was full.
    int running_max = 0;  // Tasks of one token at once, on all workers; 0: no limit.
    const storage::DiskRoom* room = nullptr;  // Outlives the worker; null: nobody looks.
};

class Worker {
public:
    // All of these must outlive the worker.
    Worker(storage::Database& database, const storage::MediaFolder& media,
           const InputLoader& inputs, engines::Engine& engine, const Clock& clock, Random& random,
           Log& log, WorkerOptions options);

    // Works until `stop` is requested; a render going on then is given back, its attempt not
    // counted. One whose task is cancelled or deleted ends within a frame. A failed render ends
    // that task, never the worker. Blocks; throws nothing.
    void run(std::stop_token stop);

private:
    enum class Step { worked, idle, disk_full };
    Step work_once(std::stop_token stop);
    // Lets the present claim, if there is one, be looked at.
    void nudge();
    Step finish(const storage::TaskRow& task, std::stop_token stop);
    // The clip of a plan, with the pictures that it names.
    Result<RenderedClip> make_clip(const storage::TaskRow& task, const Plan& plan,
                                   LeaseKeeper& keeper, std::stop_token stop);
    // What becomes of a claim whose render ended, and is still ours.
    Step settle(const storage::Claim& claim, const Error& error, Milliseconds worked,
                std::stop_token stop);
    Result<storage::VideoRow> publish(const storage::TaskRow& task, const engines::Brief& brief,
                                      const RenderedClip& clip);
    void complete(const storage::Claim& claim, const storage::VideoRow& video, Milliseconds worked);
    void fail(const storage::Claim& claim, const Error& error, Milliseconds worked);
    void give_back(const storage::Claim& claim, Milliseconds worked);

    storage::Database& database_;
    const storage::MediaFolder& media_;
    const InputLoader& inputs_;
    engines::Engine& engine_;
    const Clock& clock_;
    Random& random_;
    Log& log_;
    const WorkerOptions options_;
    std::mutex keeper_mutex_;
    LeaseKeeper* keeper_ = nullptr;  // Of the task in hand.
};

}  // namespace kinora::tasks
