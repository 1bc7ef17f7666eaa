// api/waiting_calls.hpp: which calls of this process wait for which tasks, and whether their
// clients are still there.
//
// The database says which process a task's caller waits at; what lies between a client's going away
// and the commit that says so is known here alone.
#pragma once

#include "base/async.hpp"
#include "base/log.hpp"
#include "http/message.hpp"
#include "storage/database.hpp"
#include "tasks/acceptance.hpp"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace kinora::api {

class WaitingCalls {
public:
    // All of these outlive it, and it outlives the work of `io`.
    WaitingCalls(asio::io_context& io, storage::Database& database, tasks::ServerName server,
                 const Clock& clock, Log& log);

    const tasks::ServerName& server() const { return server_; }

    // A call's place here, from before its task is written until somebody has got the result or the
    // database says that nobody waits. Shared by the call and by what its answer leaves behind. One
    // that is gone without either, its commit not confirmed perhaps, counts as gone.
    class Call;
    // `id` is the call's own. `presence` may be null: such a client is always there.
    std::shared_ptr<Call> enter(std::string id, TaskId task,
                                std::shared_ptr<http::Presence> presence);

    // Those of `ids` that are calls of this process whose clients have gone. Looks at each
    // connection. Safe from any thread.
    Async<std::vector<std::string>> gone_among(std::vector<std::string> ids);

    // Somebody has got the result; nobody waits any more. Each is written down in its own time.
    void seen(std::shared_ptr<Call> call);
    void left(std::shared_ptr<Call> call);
    // The same, and it is written down when this completes; where the database fails, this process
    // knows it.
    Async<void> leave(std::shared_ptr<Call> call);

    // Says in the database that this process lives, as long as calls wait. To be called about once
    // a second. Blocks.
    void beat();
    std::size_t count() const;

private:
    void spawn(Async<void> work);
    Async<void> write_seen(std::shared_ptr<Call> call);

    // Shared with the calls: those of coroutines that never ended die with `io`.
    struct Register {
        std::mutex mutex;
        std::map<std::string, std::weak_ptr<Call>> calls;
        // Calls that ended without either being written down: the database was not to be had.
        std::set<std::string> lost;

        void lose(const std::string& id);  // Under the mutex.
    };

    asio::io_context& io_;
    storage::Database& database_;
    const tasks::ServerName server_;
    const Clock& clock_;
    Log& log_;
    const std::shared_ptr<Register> register_ = std::make_shared<Register>();
};

class WaitingCalls::Call {
public:
    Call(std::shared_ptr<Register> calls, std::string id, TaskId task,
         std::shared_ptr<http::Presence> presence);
    ~Call();
    Call(const Call&) = delete;

    TaskId task() const { return task_; }
    // Before anybody else can know of it: another task than was thought.
    void set_task(TaskId task) { task_ = task; }
    Async<bool> is_gone() const;
    bool seems_there() const { return !gone_ && (!presence_ || presence_->seems_there()); }
    void set_gone() { gone_ = true; }
    // Runs `call` when the client is found gone.
    void on_gone(std::function<void()> call);

private:
    friend class WaitingCalls;
    const std::shared_ptr<Register> register_;
    const std::string id_;
    TaskId task_;
    const std::shared_ptr<http::Presence> presence_;
    std::atomic<bool> gone_ = false;
    std::atomic<bool> settled_ = false;  // What became of it is in the database.
};

}  // namespace kinora::api
