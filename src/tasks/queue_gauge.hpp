// tasks/queue_gauge.hpp: where in the queue a task is, and how long it will take.
//
// Both follow from one look at the queue, which is taken again at most a few times a second,
// however many callers ask.
#pragma once

#include "base/async.hpp"
#include "base/clock.hpp"
#include "storage/database.hpp"
#include "storage/queue_rows.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace kinora::tasks {

class QueueFacts {
public:
    QueueFacts() = default;  // Nobody has looked: nothing is known.
    // `view` in the order of its query.
    explicit QueueFacts(const storage::QueueView& view);

    struct Outlook {
        std::optional<int> position;    // 1 is next; of a waiting task.
        std::optional<double> seconds;  // Until its end; nothing where no clip was made lately, or
                                        // nobody works.
    };
    Outlook outlook(const storage::TaskRow& task) const;
    // False of a waiting task that came after the look.
    bool knows(const storage::TaskRow& task) const {
        return task.state != storage::TaskState::pending || positions_.contains(task.id);
    }
    std::size_t waiting_count() const { return positions_.size(); }

private:
    bool known_ = false;
    std::unordered_map<TaskId, int> positions_;
    std::size_t workers_ = 0;      // Tasks being worked on.
    double running_seconds_ = 0;   // What these have left, together.
    std::optional<double> usual_;  // Seconds of work on a clip.
};

class QueueGauge {
public:
    QueueGauge(storage::Database& database, const Clock& clock)
        : database_(database), clock_(clock) {}

    // Not older than a quarter of a second, or than 20 times what the look took. Safe from any
    // thread. Throws where the database fails.
    Async<std::shared_ptr<const QueueFacts>> facts();
    // The same where they are at hand; null where a look is due.
    std::shared_ptr<const QueueFacts> facts_at_hand();
    // The same for who misses a task in them: looks at once, where looks are quick.
    Async<std::shared_ptr<const QueueFacts>> fresh_facts();

private:
    storage::Database& database_;
    const Clock& clock_;
    std::mutex mutex_;
    std::shared_ptr<const QueueFacts> facts_;
    SteadyPoint look_again_at_{};
    SteadyPoint hurried_look_at_{};
};

}  // namespace kinora::tasks
