// storage/dialect_sqlite.cpp: what only SQLite needs.
//
// The file is shared by several processes: the server and its workers. WAL lets readers go on while
// one writes; synchronous=FULL makes each commit durable.
#include "storage/dialect.hpp"

#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

namespace kinora::storage {

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using sqlite_api::sqlite3;

constexpr auto kBusy = 10s;
constexpr auto kWatchEvery = 20ms;  // Plus a commit's own time: well within the promised 50 ms.

sqlite3* sqlite_handle(soci::session& sql) {
    return static_cast<soci::sqlite3_session_backend*>(sql.get_backend())->conn_;
}

// SQLite's own handler sleeps up to 100 ms at a time, so that a busy writer of another process
// would be in again before we look. Short naps keep the turns fair.
int wait_for_lock(void*, int times) {
    constexpr auto kNap = 500us;
    if (times >= kBusy / kNap) return 0;
    std::this_thread::sleep_for(kNap);
    return 1;
}

// Each connection is used by one thread at a time and nobody asks how much memory SQLite holds, so
// the locks around both are left out; they cost a tenth of a small read. Where another part of the
// process has started SQLite already this does nothing.
void configure_once() {
    static const bool done = [] {
        sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        return true;
    }();
    static_cast<void>(done);
}

void pragma(sqlite3* db, const std::string& text) {
    const auto statement = "PRAGMA " + text;
    const int code = sqlite_api::sqlite3_exec(db, statement.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(db), code);
}

// Two processes that open a new file at once both ask for this, and SQLite does not wait here.
void use_wal(sqlite3* db) {
    for (int times = 0;; ++times) {
        try {
            return pragma(db, "journal_mode = WAL");
        } catch (const soci::sqlite3_soci_error& error) {
            if (error.result() != SQLITE_BUSY || !wait_for_lock(nullptr, times)) throw;
        }
    }
}

// A write past `ulimit -f` fails as well, with a reason that SQLite keeps to itself.
bool file_size_is_limited() {
    rlimit limit{};
    return ::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

class SqliteWatch final : public Database::Watch {
public:
    SqliteWatch(const Dialect& dialect, std::function<void()> changed, Log& log)
        : dialect_(dialect),
          changed_(std::move(changed)),
          log_(log),
          thread_([this](std::stop_token stop) { work(stop); }) {}

private:
    // A connection's data_version moves when any other connection, of any process, has committed.
    void work(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            try {
                look(stop, wake, lock);
            } catch (const std::exception& error) {
                log_.warn("database.watch_lost", {{"error", error.what()}});
                changed_();
                wake.wait_for(lock, stop, 1s, [] { return false; });
            }
        }
    }

    void look(const std::stop_token& stop, std::condition_variable_any& wake,
              std::unique_lock<std::mutex>& lock) {
        const auto sql = dialect_.connect(Use::read);
        long long version = 0;
        soci::statement statement = (sql->prepare << "PRAGMA data_version", soci::into(version));
        const auto read_version = [&] {
            statement.execute(true);
            statement.fetch();
            return version;
        };
        auto last = read_version();
        changed_();  // What was committed before this connection was open.
        while (!stop.stop_requested()) {
            if (const auto seen = read_version(); seen != last) {
                last = seen;
                changed_();
            }
            wake.wait_for(lock, stop, kWatchEvery, [] { return false; });
        }
    }

    const Dialect& dialect_;
    std::function<void()> changed_;
    Log& log_;
    std::jthread thread_;
};

class SqliteDialect final : public Dialect {
public:
    explicit SqliteDialect(std::string path) : path_(std::move(path)) { configure_once(); }

    std::string_view name() const override { return "sqlite"; }

    std::unique_ptr<soci::session> connect(Use use) const override {
        check_path();
        try {
            const bool existed = fs::exists(path_);
            auto sql = std::make_unique<soci::session>(soci::sqlite3, "db=\"" + path_ + "\"");
            // Token hashes and signing secrets are in it. SQLite gives its log the same mode.
            if (!existed) ::chmod(path_.c_str(), S_IRUSR | S_IWUSR);
            prepare(sqlite_handle(*sql), use);
            return sql;
        } catch (const soci::sqlite3_soci_error& error) {
            std::rethrow_exception(judge_code(error.result(), error).exception());
        } catch (const soci::soci_error& error) {
            throw DatabaseUnavailable(about(error.get_error_message()));
        }
    }

    std::string begin(Use use) const override {
        return use == Use::write ? "BEGIN IMMEDIATE" : "BEGIN";
    }
    void begin_migration(soci::session& sql) const override {
        sql << "BEGIN IMMEDIATE";
        long long tables = 0;
        long long ours = 0;
        sql << "SELECT count(*) FROM sqlite_master WHERE type = 'table'", soci::into(tables);
        sql << "SELECT count(*) FROM sqlite_master WHERE name = 'schema_migrations'",
            soci::into(ours);
        if (tables > 0 && ours == 0) {
            throw DatabaseUnavailable(about("it is the database of another program"));
        }
    }
    void forbid_changes(soci::session& sql, const std::string& table) const override {
        for (const std::string act : {"UPDATE", "DELETE"}) {
            sql << "CREATE TRIGGER " + table + "_no_" + act + " BEFORE " + act + " ON " + table +
                       " BEGIN SELECT RAISE(ABORT, '" + table + " is append-only'); END";
        }
    }
    std::string claiming() const override { return ""; }  // One writer at a time: no race.
    void lock_claims(soci::session&) const override {}
    void announce_tasks(soci::session&) const override {}  // The watch sees every commit.
    bool in_transaction(soci::session& sql) const override {
        return sqlite_api::sqlite3_get_autocommit(sqlite_handle(sql)) == 0;
    }

    Failure judge(soci::session& sql, const soci::soci_error& error) const override {
        const auto* ours = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
        if (!ours) return {Failure::Kind::statement, error.get_error_message()};
        const int system_error = sqlite_api::sqlite3_system_errno(sqlite_handle(sql));
        if ((ours->result() & 0xff) == SQLITE_IOERR &&
            (system_error == ENOSPC || system_error == EDQUOT || file_size_is_limited())) {
            return judge_code(SQLITE_FULL, error);
        }
        return judge_code(ours->result(), error);
    }

    std::unique_ptr<Database::Watch> watch(std::function<void()> changed, Log& log) const override {
        return std::make_unique<SqliteWatch>(*this, std::move(changed), log);
    }

private:
    std::string about(const std::string& what) const {
        return "cannot use the database " + path_ + ": " + what;
    }

    // SQLite's own word for most of these is "unable to open database file".
    void check_path() const {
        std::error_code code;
        const auto folder = fs::path(path_).parent_path();
        if (path_.find('"') != std::string::npos) {
            throw DatabaseUnavailable(about("its path must not contain a quotation mark"));
        }
        if (!fs::is_directory(folder, code)) {
            throw DatabaseUnavailable(about("the folder " + folder.string() + " does not exist"));
        }
        if (fs::is_directory(path_, code)) {
            throw DatabaseUnavailable(about("it is a folder; name a file in it"));
        }
        // SQLite makes files beside it.
        if (::access(folder.c_str(), W_OK | X_OK) != 0) {
            throw DatabaseUnavailable(about("this user may not write in " + folder.string()));
        }
        if (fs::exists(path_, code) && ::access(path_.c_str(), R_OK | W_OK) != 0) {
            throw DatabaseUnavailable(about("this user may not read and write it"));
        }
    }

    static void prepare(sqlite3* db, Use use) {
        sqlite_api::sqlite3_busy_handler(db, wait_for_lock, nullptr);
        if (use == Use::write) use_wal(db);
        pragma(db, "synchronous = FULL");
        pragma(db, "foreign_keys = ON");
        // Negative is KiB; an idle process keeps what it once filled. A reader of many users' rows
        // needs the upper pages of a dozen indexes at hand.
        pragma(db, use == Use::write ? "cache_size = -4096" : "cache_size = -16384");
        pragma(db, "temp_store = MEMORY");
        pragma(db, "journal_size_limit = 16777216");  // What a burst leaves behind: 16 MiB.
        if (use == Use::read) pragma(db, "query_only = ON");
    }

    Failure judge_code(int code, const soci::soci_error& error) const {
        using Kind = Failure::Kind;
        switch (code & 0xff) {
            case SQLITE_FULL:
                return {Kind::disk_full, "the disk with " + path_ + " is full; free some space"};
            case SQLITE_BUSY:
            case SQLITE_LOCKED:
                return {Kind::unavailable, about("another process has kept it locked for 10 s")};
            case SQLITE_NOTADB:
            case SQLITE_CORRUPT:
                return {Kind::unavailable, about("it is no SQLite database, or a damaged one; "
                                                 "name another file or restore a backup")};
            case SQLITE_READONLY:
            case SQLITE_PERM:
                return {Kind::unavailable, about("this user may not write it")};
            case SQLITE_CANTOPEN:
            case SQLITE_IOERR:
                return {Kind::connection_lost, about(error.get_error_message())};
            default:
                return {Kind::statement, error.get_error_message()};
        }
    }

    const std::string path_;
};

}  // namespace

std::unique_ptr<Dialect> make_sqlite_dialect(std::string path) {
    return std::make_unique<SqliteDialect>(std::move(path));
}

}  // namespace kinora::storage
