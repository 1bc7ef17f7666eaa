// tasks/outbox.hpp: sends what is due, many at once, so that no receiver waits for another.
//
// One thread takes deliveries from the database when something changed or one comes due, and hands
// them to a fixed number of others. No receiver and no user has more than its share of these, so a
// dead one delays nobody else.
#pragma once

#include "tasks/courier.hpp"

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace kinora::tasks {

struct OutboxOptions {
    int at_once = 64;
    int receiver_max = 2;  // Of those, of one user to one receiver,
    int user_max = 24;     // and of one user.
    // Longer than an attempt can take; after a crash others wait so long.
    Milliseconds lease{30'000};
};

class Outbox {
public:
    // Both outlive it.
    Outbox(storage::Database& database, Courier& courier, const Clock& clock, Log& log,
           OutboxOptions options = {});
    ~Outbox();
    Outbox(const Outbox&) = delete;

    void start();
    // What is on its way is cut off and given back.
    void stop();

private:
    void dispatch(std::stop_token stop);
    // Takes what is due and there is room for; when to look again.
    TimePoint take();
    void carry(std::stop_token stop);
    void deliver(const storage::DeliveryRow& delivery, const std::stop_token& stop);
    void wake();

    storage::Database& database_;
    Courier& courier_;
    const Clock& clock_;
    Log& log_;
    const OutboxOptions options_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool awake_ = false;
    std::deque<storage::DeliveryRow> ready_;  // Taken, and nobody carries them yet.
    // In hand, ready or under way.
    std::map<std::string, int> by_lane_;
    std::map<UserId, int> by_user_;
    int in_hand_ = 0;
    std::unique_ptr<storage::Database::Watch> watch_;
    std::vector<std::jthread> threads_;
};

}  // namespace kinora::tasks
