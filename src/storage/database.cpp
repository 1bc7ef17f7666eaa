// storage/database.cpp: puts the writer, the readers and the dialect together.
#include "storage/database.hpp"

#include "storage/migrations.hpp"
#include "storage/readers.hpp"
#include "storage/writer.hpp"

#include <algorithm>

namespace kinora::storage {

namespace {

std::unique_ptr<Dialect> dialect_for(const std::string& url) {
    const std::string_view view = url;
    if (view.starts_with("postgresql://") || view.starts_with("postgres://")) {
        return make_postgresql_dialect(url);
    }
    if (constexpr std::string_view kSqlite = "sqlite:"; view.starts_with(kSqlite)) {
        auto path = view.substr(kSqlite.size());
        if (path.starts_with("///")) path.remove_prefix(2);
        if (path.starts_with('/') && path.size() > 1) {
            return make_sqlite_dialect(std::string(path));
        }
    }
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

}  // namespace kinora::storage
