// tasks/endings.hpp: calls that wait for the end of a task.
//
// A waiting call is a suspended coroutine and one timer: ten thousand of them cost memory, no
// thread. The database's watch says that something changed; the ids of what ended lately are then
// read once for all who wait. A sweep over all waiting ids, every few seconds, makes up for clocks
// that disagree and for notices that got lost.
#pragma once

#include "base/async.hpp"
#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/log.hpp"
#include "storage/database.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>

namespace kinora::tasks {

enum class Outcome {
    ended,
    timed_out,
    shutting_down,
    abandoned,  // Nobody wants to know any more.
};

class Endings {
public:
    // One call's place among the waiting; leaves it when destroyed. Belongs to one coroutine.
    class Place {
    public:
        virtual ~Place() = default;
        // Suspends until the task has ended or was deleted, `deadline` has passed, the server shuts
        // down or abandon() was called. After timed_out it may be called again.
        virtual Async<Outcome> wait(SteadyPoint deadline) = 0;
        // Ends the wait, now or when it begins. The returned function may be called from any
        // thread, also after the place is gone.
        virtual std::function<void()> abandon() = 0;
    };

    virtual ~Endings() = default;

    // `io` runs the reading of what ended; it and `database` must outlive this.
    static std::unique_ptr<Endings> make(asio::io_context& io, storage::Database& database,
                                         const Clock& clock, Log& log);

    // Takes a place before the task is written, so that no end can slip by in between. `executor`
    // is the one of the coroutine that will wait. Safe from any thread.
    virtual std::unique_ptr<Place> expect(TaskId task, asio::any_io_executor executor) = 0;

    // A place whose every wait ends at once, for a task that has ended already.
    static std::unique_ptr<Place> ended_place();

    // From now on every waiting call, also a later one, is answered shutting_down.
    virtual void shut_down() = 0;
    virtual std::size_t waiting_count() const = 0;
};

}  // namespace kinora::tasks
