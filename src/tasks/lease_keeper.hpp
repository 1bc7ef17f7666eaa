// tasks/lease_keeper.hpp: keeps one claim alive while a render goes on, and ends it in time.
//
// Runs on a thread of its own, so a long frame costs no lease. It writes the progress as frames are
// done and asks the render to stop when the claim is lost (to another worker, or because the task
// was cancelled or deleted) or the task's work has lasted too long.
#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "storage/database.hpp"
#include "storage/task_rows.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace kinora::tasks {

struct LeaseTimes {
    Milliseconds lease{10'000};
    // A quarter of the lease: three lost beats do not cost a render.
    Milliseconds heartbeat{2'500};
    Milliseconds progress{250};          // Shortest time between two writes of progress.
    Milliseconds work_limit{1'800'000};  // Of all attempts together.
};

class LeaseKeeper {
public:
    enum class Verdict { keep, lost, over_limit };

    // `stop` is requested when the verdict is no longer keep. All references must outlive this.
    LeaseKeeper(storage::Database& database, const Clock& clock, Log& log, storage::Claim claim,
                Milliseconds worked_before, LeaseTimes times, std::stop_source stop);
    ~LeaseKeeper();
    LeaseKeeper(const LeaseKeeper&) = delete;

    // Percent, 0..100. From any thread; costs nothing.
    void report(int percent) { percent_ = percent; }
    // Something changed in the database: looks at once whether the claim is still the current one,
    // so that a cancelled task costs no further frame. From any thread.
    void nudge();
    // Whether somebody wants to see frames as they are drawn. From any thread; costs nothing.
    bool previews_wanted() const { return previews_wanted_; }
    Verdict verdict() const { return verdict_; }
    // Work on the task so far, former attempts included.
    Milliseconds worked() const;

private:
    void run();
    void beat(int percent);
    void look();
    void end(Verdict verdict);

    storage::Database& database_;
    const Clock& clock_;
    Log& log_;
    const storage::Claim claim_;
    const Milliseconds worked_before_;
    const LeaseTimes times_;
    std::stop_source stop_;
    const SteadyPoint began_;
    SteadyPoint last_beat_;
    std::atomic<int> percent_ = 0;
    std::atomic<Verdict> verdict_ = Verdict::keep;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool done_ = false;
    bool nudged_ = false;
    std::atomic<bool> previews_wanted_ = false;
    std::thread thread_;
};

}  // namespace kinora::tasks
