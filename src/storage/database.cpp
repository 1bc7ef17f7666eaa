// storage/database.cpp: puts the writer, the readers and the dialect together.
#include "storage/database.hpp"

#include "storage/migrations.hpp"
#include "storage/presence.hpp"
#include "storage/readers.hpp"
#include "storage/writer.hpp"

#include <algorithm>
#include <filesystem>

namespace kinora::storage {

namespace {

// Of an SQLite database; nothing where the URL is not one's.
std::optional<std::string> sqlite_path(std::string_view url) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (!url.starts_with(kSqlite)) return std::nullopt;
    auto path = url.substr(kSqlite.size());
    if (path.starts_with("///")) path.remove_prefix(2);
    if (!path.starts_with('/') || path.size() == 1) return std::nullopt;
    return std::string(path);
}

std::unique_ptr<Dialect> dialect_for(const std::string& url) {
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
        return make_postgresql_dialect(url);
    }
    if (auto path = sqlite_path(url)) return make_sqlite_dialect(std::move(*path));
    // The URL itself stays out of the message: it may hold a password.
    throw DatabaseUnavailable(
        "the database must be given as sqlite:/absolute/path/kinora.db or as "
        "postgresql://user:password@host:port/name");
}

class StoredDatabase final : public Database {
public:
    StoredDatabase(std::unique_ptr<Dialect> dialect, std::size_t readers, Log& log)
        : dialect_(std::move(dialect)),
          log_(log),
          writer_(*dialect_, log),
          readers_(*dialect_, readers) {}

    std::unique_ptr<Watch> watch_tasks(std::function<void()> changed) override {
        return dialect_->watch(std::move(changed), log_);
    }

    std::uint64_t account_changes() const override { return writer_.account_changes(); }

protected:
    void submit(Kind kind, Job job, Done done) override {
        PendingJob pending{std::move(job), std::move(done)};
        auto& queue = kind == Kind::write ? writer_.queue() : readers_.queue();
        if (!queue.push(pending)) {
            pending.done(std::make_exception_ptr(
                std::runtime_error("too many calls are waiting for the database")));
        }
    }

private:
    const std::unique_ptr<Dialect> dialect_;
    Log& log_;
    Writer writer_;
    Readers readers_;
};

}  // namespace

Async<void> Database::run_job(Kind kind, Job job) {
    auto call = [this, kind, job = std::move(job)](auto done) mutable {
        submit(kind, std::move(job), [done](std::exception_ptr error) {
            done(error, error ? std::nullopt : std::optional(std::monostate()));
        });
    };
    co_await await_call<std::monostate>(std::move(call));
}

std::unique_ptr<Database> Database::open(const DatabaseOptions& options, Log& log) {
    auto dialect = dialect_for(options.url);
    {
        Connection connection(*dialect, Use::write);
        migrate(connection, *dialect, log);
    }
    const auto readers = std::clamp<std::size_t>(options.readers, 1, 64);
    log.info("database.opened",
             {{"kind", dialect->name()}, {"schema", schema_version()}, {"readers", readers}});
    return std::make_unique<StoredDatabase>(std::move(dialect), readers, log);
}

bool is_there(const std::string& url) {
    const auto path = sqlite_path(url);
    if (path && !std::filesystem::exists(*path)) return false;  // Looking inside would make it.
    const auto dialect = dialect_for(url);
    Connection connection(*dialect, Use::read);
    try {
        int version = 0;
        connection.session().sql() << "SELECT coalesce(max(version), 0) FROM schema_migrations",
            soci::into(version);
        return version > 0;
    } catch (const soci::soci_error& error) {
        const auto failure = connection.judge(error);
        if (failure.kind == Failure::Kind::statement) return false;  // There is no such table.
        std::rethrow_exception(failure.exception());
    }
}

}  // namespace kinora::storage
