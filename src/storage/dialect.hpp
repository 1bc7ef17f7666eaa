// storage/dialect.hpp: what differs between SQLite and PostgreSQL; everything else is one SQL text.
//
// Connecting, the words that open a transaction, claiming, waking up watchers, and what an error
// means. All functions are safe from any thread (each with a session of that thread).
#pragma once

#include "base/log.hpp"
#include "storage/database.hpp"

#include <soci/soci.h>
#include <memory>
#include <string>
#include <string_view>

namespace kinora::storage {

enum class Use { read, write };

// A failed statement, judged.
struct Failure {
    enum class Kind {
        disk_full,
        unavailable,      // Trying again at once is of no use.
        connection_lost,  // A new connection may help.
        conflict,         // Another transaction was in the way; the same again may succeed.
        statement,        // The statement itself was refused.
    };
    Kind kind = Kind::statement;
    std::string message;  // Without any value of ours: SQL errors go into the log.

    // DiskFull, DatabaseUnavailable or std::runtime_error.
    std::exception_ptr exception() const;
};

class Dialect {
public:
    virtual ~Dialect() = default;

    virtual std::string_view name() const = 0;
    // Throws DatabaseUnavailable or DiskFull.
    virtual std::unique_ptr<soci::session> connect(Use use) const = 0;

    virtual std::string begin(Use use) const = 0;
    // After it, no other process migrates until the transaction's end.
    virtual void begin_migration(soci::session& sql) const = 0;
    // From then on the database itself refuses to change or remove rows of that table.
    virtual void forbid_changes(soci::session& sql, const std::string& table) const = 0;
    // Ends the SELECT of a row that this transaction is going to change and others should pass
    // over.
    virtual std::string claiming() const = 0;
    // After it, no other process claims a task until the transaction's end.
    virtual void lock_claims(soci::session& sql) const = 0;
    // Called in a transaction that changed tasks, before its commit.
    virtual void announce_tasks(soci::session& sql) const = 0;
    // False where a failure has rolled back everything.
    virtual bool in_transaction(soci::session& sql) const = 0;

    virtual Failure judge(soci::session& sql, const soci::soci_error& error) const = 0;

    virtual std::unique_ptr<Database::Watch> watch(std::function<void()> changed,
                                                   Log& log) const = 0;
};

// `path` is absolute.
std::unique_ptr<Dialect> make_sqlite_dialect(std::string path);
std::unique_ptr<Dialect> make_postgresql_dialect(std::string url);

}  // namespace kinora::storage
