// storage/dialect_postgresql.cpp: what only PostgreSQL needs.
#include "storage/dialect.hpp"

#include <libpq-fe.h>
#include <poll.h>
#include <soci/postgresql/soci-postgresql.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <boost/algorithm/string/replace.hpp>
#include <boost/algorithm/string/trim.hpp>
#include <thread>

namespace kinora::storage {

namespace {

using namespace std::chrono_literals;

struct ConnectionEnd {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using ConnectionPtr = std::unique_ptr<PGconn, ConnectionEnd>;
struct ResultEnd {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultEnd>;
struct NotifyEnd {
    void operator()(PGnotify* notify) const { PQfreemem(notify); }
};
using NotifyPtr = std::unique_ptr<PGnotify, NotifyEnd>;
struct OptionsEnd {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using OptionsPtr = std::unique_ptr<PQconninfoOption, OptionsEnd>;

constexpr const char* kChannel = "kinora_tasks";
// Any number does, as long as every kinora takes the same: "kinora" in ASCII.
constexpr const char* kMigrationLock = "SELECT pg_advisory_xact_lock(118083213291105)";

// Another number of that kind. Limits of what runs at once are counted before a claim.
constexpr const char* kClaimLock = "SELECT pg_advisory_xact_lock(118083213291106)";

PGconn* libpq_handle(soci::session& sql) {
    return static_cast<soci::postgresql_session_backend*>(sql.get_backend())->conn_;
}

// Details of errors quote values, and the driver would print notices on standard error.
void silence(PGconn* connection) {
    PQsetErrorVerbosity(connection, PQERRORS_TERSE);
    PQsetNoticeProcessor(
        connection, [](void*, const char*) {}, nullptr);
}

// The driver's messages are many lines, the first of which says what happened.
std::string first_line(std::string text) {
    boost::algorithm::trim(text);
    return text.substr(0, text.find('\n'));
}

// Where and as whom one connects; a password can be found in none of it.
class Address {
public:
    explicit Address(std::string url) : url_(std::move(url)) {
        char* message = nullptr;
        const OptionsPtr options(PQconninfoParse(url_.c_str(), &message));
        PQfreemem(message);  // It may quote the whole URL.
        if (!options) {
            throw DatabaseUnavailable(
                "the database's URL cannot be read: it must look like "
                "postgresql://user:password@host:port/name, with special characters as %XX");
        }
        std::string host, port, name;
        bool has_timeout = false;
        for (const auto* option = options.get(); option->keyword; ++option) {
            if (!option->val) continue;
            const std::string_view word = option->keyword;
            if (word == "host" || (word == "hostaddr" && host.empty())) host = option->val;
            if (word == "port") port = option->val;
            if (word == "dbname") name = option->val;
            if (word == "password") password_ = option->val;
            if (word == "connect_timeout") has_timeout = true;
        }
        if (host.empty()) host = "the local socket";
        shown_ = "the PostgreSQL database " + (name.empty() ? "" : name + " ") + "at " + host +
                 (port.empty() ? "" : ":" + port);
        if (!has_timeout) {
            // Else an address that answers nothing would hold us for minutes.
            url_ += url_.find('?') == std::string::npos ? "?" : "&";
            url_ += "connect_timeout=10";
        }
    }

    const std::string& url() const { return url_; }
    std::string about(const std::string& what) const {
        auto text = "cannot use " + shown_ + ": " + first_line(what);
        if (!password_.empty()) boost::algorithm::replace_all(text, password_, "***");
        return text;
    }

private:
    std::string url_;
    std::string password_;
    std::string shown_;
};

// Listens on a connection of its own, and makes a new one when that is lost.
class PostgresqlWatch final : public Database::Watch {
public:
    PostgresqlWatch(const Address& address, std::function<void()> changed, Log& log)
        : address_(address),
          changed_(std::move(changed)),
          log_(log),
          stop_fd_(::eventfd(0, EFD_CLOEXEC)),
          thread_([this](std::stop_token stop) { work(stop); }) {}

    ~PostgresqlWatch() override {
        thread_.request_stop();
        const std::uint64_t one = 1;
        if (::write(stop_fd_, &one, sizeof one) < 0) std::terminate();  // An eventfd takes it.
        thread_.join();
        ::close(stop_fd_);
    }

private:
    void work(const std::stop_token& stop) {
        auto pause = 100ms;
        while (!stop.stop_requested()) {
            const ConnectionPtr connection(PQconnectdb(address_.url().c_str()));
            silence(connection.get());
            const ResultPtr listening(
                PQexec(connection.get(), (std::string("LISTEN ") + kChannel).c_str()));
            if (PQresultStatus(listening.get()) == PGRES_COMMAND_OK) {
                pause = 100ms;
                changed_();  // What was committed while nobody listened.
                listen(connection.get(), stop);
            }
            if (stop.stop_requested()) return;
            log_.warn("database.watch_lost",
                      {{"error", address_.about(PQerrorMessage(connection.get()))}});
            wait(-1, pause);
            pause = std::min<std::chrono::milliseconds>(2 * pause, 5s);
        }
    }

    // Until the connection is lost or the watch ends.
    void listen(PGconn* connection, const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            // The time-out finds out about a server that vanished without a word.
            const bool readable = wait(PQsocket(connection), 30s);
            if (!readable && !stop.stop_requested()) {
                const ResultPtr alive(PQexec(connection, "SELECT 1"));
            }
            if (PQconsumeInput(connection) == 0 || PQstatus(connection) != CONNECTION_OK) return;
            bool heard = false;
            while (NotifyPtr(PQnotifies(connection))) heard = true;
            if (heard) changed_();
        }
    }

    // Whether `fd` has something to read; also returns when the watch ends.
    bool wait(int fd, std::chrono::milliseconds timeout) {
        std::array<pollfd, 2> fds = {pollfd{stop_fd_, POLLIN, 0}, pollfd{fd, POLLIN, 0}};
        ::poll(fds.data(), fd < 0 ? 1 : 2, static_cast<int>(timeout.count()));
        return fds[1].revents != 0;
    }

    const Address& address_;
    std::function<void()> changed_;
    Log& log_;
    const int stop_fd_;
    std::jthread thread_;
};

class PostgresqlDialect final : public Dialect {
public:
    explicit PostgresqlDialect(std::string url) : address_(std::move(url)) {}

    std::string_view name() const override { return "postgresql"; }

    std::unique_ptr<soci::session> connect(Use) const override {
        try {
            auto sql = std::make_unique<soci::session>(soci::postgresql, address_.url());
            silence(libpq_handle(*sql));
            *sql << "SET standard_conforming_strings = on";  // A backslash is one, in every text of
                                                             // ours.
            return sql;
        } catch (const soci::soci_error& error) {
            auto text = error.get_error_message();
            boost::algorithm::replace_first(text, "Cannot establish connection to the database.",
                                            "");
            throw DatabaseUnavailable(address_.about(text));
        }
    }

    std::string begin(Use use) const override {
        return use == Use::write ? "BEGIN ISOLATION LEVEL READ COMMITTED"
                                 : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    }
    void begin_migration(soci::session& sql) const override {
        sql << "BEGIN";
        sql << kMigrationLock;
    }
    void forbid_changes(soci::session& sql, const std::string& table) const override {
        sql << "CREATE OR REPLACE FUNCTION kinora_refuse_change() RETURNS trigger AS $$ BEGIN "
               "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$ LANGUAGE plpgsql";
        sql << "CREATE TRIGGER " + table + "_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON " +
                   table + " FOR EACH STATEMENT EXECUTE FUNCTION kinora_refuse_change()";
    }
    std::string claiming() const override { return " FOR UPDATE SKIP LOCKED"; }
    void lock_claims(soci::session& sql) const override { sql << kClaimLock; }
    void announce_tasks(soci::session& sql) const override {
        sql << std::string("NOTIFY ") + kChannel;
    }
    bool in_transaction(soci::session& sql) const override {
        return PQtransactionStatus(libpq_handle(sql)) != PQTRANS_IDLE;
    }

    Failure judge(soci::session& sql, const soci::soci_error& error) const override {
        using Kind = Failure::Kind;
        const auto text = error.get_error_message();
        const auto* ours = dynamic_cast<const soci::postgresql_soci_error*>(&error);
        const auto state = ours ? ours->sqlstate() : std::string();
        // Appendix A of PostgreSQL's manual lists the codes.
        if (state == "53100") return {Kind::disk_full, address_.about("its disk is full")};
        if (state == "40001" || state == "40P01") return {Kind::conflict, first_line(text)};
        if (state == "25006") return {Kind::unavailable, address_.about("it is read-only")};
        if (PQstatus(libpq_handle(sql)) != CONNECTION_OK || state.starts_with("08") ||
            state.starts_with("57P")) {
            return {Kind::connection_lost, address_.about(text)};
        }
        return {Kind::statement, first_line(text)};
    }

    std::unique_ptr<Database::Watch> watch(std::function<void()> changed, Log& log) const override {
        return std::make_unique<PostgresqlWatch>(address_, std::move(changed), log);
    }

private:
    const Address address_;
};

}  // namespace

std::unique_ptr<Dialect> make_postgresql_dialect(std::string url) {
    return std::make_unique<PostgresqlDialect>(std::move(url));
}

}  // namespace kinora::storage
