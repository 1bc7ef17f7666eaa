// storage/database.hpp: connections, transactions, and the threads that use them.
//
// All SQL of Kinora is in this room, one text for SQLite and PostgreSQL. Other rooms hand in a
// function that takes a Session and calls this room's typed functions (task_rows.hpp,
// account_rows.hpp) on it; whatever one function does in write() is one transaction, so a move of a
// task and what must go with it are written together or not at all.
//
// Writes of one process are committed in groups: what has queued up while a commit was being synced
// goes into the next commit together, each function behind a savepoint of its own, so that a
// failing one takes nobody along. write() completes after the commit is durable.
#pragma once

#include "base/async.hpp"
#include "base/log.hpp"

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <variant>

namespace kinora::storage {

// One connection inside a transaction. Only this room sees what is in it.
class Session;

// The disk is full (or its quota is): nothing was written, later tries may succeed.
class DiskFull : public std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The database cannot be opened, reached or migrated; what() says what to change.
class DatabaseUnavailable : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct DatabaseOptions {
    // "sqlite:/absolute/path/kinora.db" or "postgresql://user:password@host:port/name".
    std::string url;
    std::size_t readers = 2;  // Connections for read(), 1..64.
};

class Database {
public:
    // Finishes what was handed in. The executors of coroutines that called it must outlive it.
    virtual ~Database() = default;

    // Opens the database and brings its schema up to date by numbered migrations. Throws
    // DatabaseUnavailable with a sentence for the operator; a URL's password is never in it.
    static std::unique_ptr<Database> open(const DatabaseOptions& options, Log& log);

    // Runs `fn(Session&)` on a reader's thread; it sees one consistent snapshot. What it throws is
    // rethrown here. `fn` is taken by value; what it refers to must outlive the call.
    template <class F>
    Async<std::invoke_result_t<F&, Session&>> read(F fn) {
        return run<std::invoke_result_t<F&, Session&>>(Kind::read, std::move(fn));
    }
    // Runs `fn(Session&)` in the next group commit; returns what it returned once that is durable.
    // `fn` may be run again from its start (after a conflict), so it must change nothing but rows.
    template <class F>
    Async<std::invoke_result_t<F&, Session&>> write(F fn) {
        return run<std::invoke_result_t<F&, Session&>>(Kind::write, std::move(fn));
    }
    // The same for threads that may block (start-up, workers, tests).
    template <class F>
    std::invoke_result_t<F&, Session&> read_now(F fn) {
        return run_now<std::invoke_result_t<F&, Session&>>(Kind::read, std::move(fn));
    }
    template <class F>
    std::invoke_result_t<F&, Session&> write_now(F fn) {
        return run_now<std::invoke_result_t<F&, Session&>>(Kind::write, std::move(fn));
    }

    // Calls `changed` from a thread of the database's own, within 50 ms after any process committed
    // a change of tasks (it may also be called for nothing). It must not block or throw. The watch
    // ends when the returned object is destroyed.
    class Watch {
    public:
        virtual ~Watch() = default;
    };
    virtual std::unique_ptr<Watch> watch_tasks(std::function<void()> changed) = 0;

    // Moves when this process has committed a change of people, applications or keys, before
    // whoever wrote it is told: what was read of them under another number is out of date. Other
    // processes' changes are not counted. Safe from any thread.
    virtual std::uint64_t account_changes() const = 0;

    enum class Kind { read, write };

protected:
    using Job = std::function<void(Session&)>;
    using Done = std::function<void(std::exception_ptr)>;
    // Runs the job and calls `done` once, from a thread of the database's own.
    virtual void submit(Kind kind, Job job, Done done) = 0;

private:
    // Waits for the job. Compiled once: what is left of each call's own type is little.
    Async<void> run_job(Kind kind, Job job);
    template <class T, class F>
    Async<T> run(Kind kind, F fn);
    template <class T, class F>
    T run_now(Kind kind, F fn);
};

}  // namespace kinora::storage

#include "storage/database.ipp"
