#include "tasks/outbox.hpp"

#include <algorithm>

namespace kinora::tasks {
namespace {

// In case a notice was lost, or the clock was set.
constexpr Milliseconds kLookAgain{5'000};
// Where more is due than there is room for, an end of what is under way wakes us before this.
constexpr Milliseconds kSoonest{50};

}  // namespace

Outbox::Outbox(storage::Database& database, Courier& courier, const Clock& clock, Log& log,
               OutboxOptions options)
    : database_(database), courier_(courier), clock_(clock), log_(log), options_(options) {}

Outbox::~Outbox() {
    stop();
}

void Outbox::start() {
    watch_ = database_.watch_tasks([this] { wake(); });
    threads_.emplace_back([this](std::stop_token stop) { dispatch(std::move(stop)); });
    for (int i = 0; i < options_.at_once; ++i)
        threads_.emplace_back([this](std::stop_token stop) { carry(std::move(stop)); });
}

void Outbox::stop() {
    watch_.reset();
    for (auto& thread : threads_) thread.request_stop();
    threads_.clear();
    for (const auto& delivery : std::exchange(ready_, {})) {
        try {
            database_.write_now([&](storage::Session& session) {
                storage::return_delivery(session, delivery.id, courier_.sender());
            });
        } catch (const std::exception& error) {
            log_.warn("delivery.unreturned", {{"reason", error.what()}});  // Its lease runs out.
        }
    }
}

void Outbox::wake() {
    {
        const std::lock_guard lock(mutex_);
        awake_ = true;
    }
    changed_.notify_all();
}

void Outbox::dispatch(std::stop_token stop) {
    while (!stop.stop_requested()) {
        auto pause = kLookAgain;
        try {
            const auto left = take() - clock_.now();
            pause = std::clamp(left, kSoonest, kLookAgain);
        } catch (const std::exception& error) {
            log_.warn("outbox.unread", {{"reason", error.what()}});
            pause = Milliseconds(1'000);
        }
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, stop, pause, [this] { return awake_; });
        awake_ = false;
    }
}

TimePoint Outbox::take() {
    storage::DeliverySearch search;
    search.sender = courier_.sender();
    search.now = clock_.now();
    search.until = search.now + options_.lease;
    search.receiver_max = options_.receiver_max;
    search.user_max = options_.user_max;
    {
        const std::lock_guard lock(mutex_);
        search.limit = options_.at_once - in_hand_;
        for (const auto& [receiver, count] : by_lane_) {
            if (count >= options_.receiver_max) search.busy_receivers.push_back(receiver);
        }
        for (const auto& [user, count] : by_user_) {
            if (count >= options_.user_max) search.busy_users.push_back(user);
        }
    }
    const auto later = search.now + kLookAgain;
    if (search.limit <= 0) return later;  // An end wakes us.
    // A look costs no commit; most of them find nothing.
    const auto next = database_.read_now(
        [&](storage::Session& session) { return storage::next_delivery_at(session, search.now); });
    if (!next) return later;
    if (*next > search.now && *next - search.now < Milliseconds(60 * 60'000)) return *next;

    const auto taken = database_.write_now(
        [&](storage::Session& session) { return storage::take_deliveries(session, search); });
    if (taken.empty()) return later;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& delivery : taken) {
            ++in_hand_;
            ++by_lane_[storage::lane_of(delivery)];
            ++by_user_[delivery.user_id];
            ready_.push_back(delivery);
        }
    }
    changed_.notify_all();
    return search.now;
}

void Outbox::carry(std::stop_token stop) {
    while (!stop.stop_requested()) {
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [this] { return !ready_.empty(); })) return;
        const auto delivery = std::move(ready_.front());
        ready_.pop_front();
        lock.unlock();
        deliver(delivery, stop);
        lock.lock();
        --in_hand_;
        if (--by_lane_[storage::lane_of(delivery)] == 0) by_lane_.erase(storage::lane_of(delivery));
        if (--by_user_[delivery.user_id] == 0) by_user_.erase(delivery.user_id);
        awake_ = true;
        lock.unlock();
        changed_.notify_all();
    }
}

void Outbox::deliver(const storage::DeliveryRow& delivery, const std::stop_token& stop) {
    try {
        courier_.deliver(delivery, stop);
    } catch (const std::exception& error) {
        log_.warn("delivery.unwritten", {{"task", delivery.id.str()}, {"reason", error.what()}});
    }
}

}  // namespace kinora::tasks
