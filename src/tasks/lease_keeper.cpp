#include "tasks/lease_keeper.hpp"

#include <utility>

namespace kinora::tasks {

LeaseKeeper::LeaseKeeper(storage::Database& database, const Clock& clock, Log& log,
                         storage::Claim claim, Milliseconds worked_before, LeaseTimes times,
                         std::stop_source stop)
    : database_(database),
      clock_(clock),
      log_(log),
      claim_(std::move(claim)),
      worked_before_(worked_before),
      times_(times),
      stop_(std::move(stop)),
      began_(clock.steady()),
      last_beat_(began_),
      thread_([this] { run(); }) {}

LeaseKeeper::~LeaseKeeper() {
    {
        const std::lock_guard lock(mutex_);
        done_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

Milliseconds LeaseKeeper::worked() const {
    return worked_before_ + std::chrono::duration_cast<Milliseconds>(clock_.steady() - began_);
}

void LeaseKeeper::end(Verdict verdict) {
    verdict_ = verdict;
    stop_.request_stop();
}

void LeaseKeeper::beat(int percent) {
    try {
        const auto began = clock_.steady();  // A slow write does not make the lease last longer.
        const auto now = clock_.now();
        const auto worked_so_far = worked();
        const bool mine = database_.write_now([&](storage::Session& session) {
            return storage::extend_lease(session, claim_, percent, worked_so_far, now,
                                         now + times_.lease);
        });
        if (!mine) return end(Verdict::lost);
        last_beat_ = began;
    } catch (const std::exception& error) {
        log_.warn("lease.unwritten", {{"task", claim_.id.str()}, {"reason", error.what()}});
        // Past the lease another worker may have the task already.
        if (clock_.steady() - last_beat_ >= times_.lease) end(Verdict::lost);
    }
}

void LeaseKeeper::nudge() {
    {
        const std::lock_guard lock(mutex_);
        nudged_ = true;
    }
    wake_.notify_one();
}

void LeaseKeeper::look() {
    try {
        const auto now = clock_.now();
        const bool mine = database_.read_now([&](storage::Session& session) {
            const auto wanted = storage::previews_wanted(session, claim_.id);
            previews_wanted_ = wanted && *wanted > now;
            return storage::is_current(session, claim_);
        });
        if (!mine) end(Verdict::lost);
    } catch (const std::exception& error) {
        // The next beat finds out as well.
        log_.warn("lease.unread", {{"task", claim_.id.str()}, {"reason", error.what()}});
    }
}

void LeaseKeeper::run() {
    int written = -1;
    std::unique_lock lock(mutex_);
    while (!done_ && verdict_ == Verdict::keep) {
        wake_.wait_for(lock, times_.progress, [this] { return done_ || nudged_; });
        if (done_) return;
        const bool nudged = std::exchange(nudged_, false);
        lock.unlock();
        const int percent = percent_;
        if (nudged) {
            look();
        } else if (worked() >= times_.work_limit) {
            end(Verdict::over_limit);
        } else if (percent != written || clock_.steady() - last_beat_ >= times_.heartbeat) {
            beat(percent);
            written = percent;
        }
        lock.lock();
    }
}

}  // namespace kinora::tasks
