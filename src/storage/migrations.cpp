// storage/migrations.cpp: every step that the schema has taken. Steps are only added, never edited.
//
// Portable types only: TEXT, INTEGER (32 bits), BIGINT (64 bits; times in Unix ms, and unsigned
// seeds bit for bit), DOUBLE PRECISION. Ids are UUIDs as text, flags are 0 or 1.
#include "storage/migrations.hpp"

#include "storage/platform_schema.hpp"

#include <chrono>
#include <vector>

namespace kinora::storage {

namespace {

struct Migration {
    int version;
    std::vector<const char*> statements;
    // Tables of it whose rows are never changed or removed from then on.
    std::vector<const char*> append_only{};
};

// Callbacks, resends, events, retention, limits and fair turns.
std::vector<const char*> delivery_schema() {
    return {
        "ALTER TABLE tasks ADD COLUMN callback_url TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE tasks ADD COLUMN callback_receiver TEXT NOT NULL DEFAULT ''",
        // Of blocking calls: what a resend is recognized by, the server whose call waits (empty:
        // none) and which of its calls, and whether somebody has got the result.
        "ALTER TABLE tasks ADD COLUMN request_hash TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE tasks ADD COLUMN waiter TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE tasks ADD COLUMN waiter_call TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE tasks ADD COLUMN seen INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE tasks ADD COLUMN turn BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE tasks ADD COLUMN previews_until BIGINT",
        "DROP INDEX tasks_queue",
        "CREATE INDEX tasks_turns ON tasks (turn, created_at, id) WHERE state = 'pending'",
        "CREATE INDEX tasks_turns_user ON tasks (user_id, turn) WHERE state = 'pending'",
        "CREATE INDEX tasks_waiting_user ON tasks (user_id, priority DESC, created_at, turn, id) "
        "WHERE state = 'pending'",
        "CREATE INDEX tasks_waiting_credential ON tasks (credential_id) WHERE state = 'pending'",
        "CREATE INDEX tasks_processing ON tasks (created_at, id) WHERE state = 'processing'",
        "CREATE INDEX tasks_unseen ON tasks (credential_id, request_hash, waiter, created_at) "
        "WHERE seen = 0",

        "ALTER TABLE credentials ADD COLUMN limit_running INTEGER",
        "ALTER TABLE credentials ADD COLUMN limit_queued INTEGER",
        "ALTER TABLE credentials ADD COLUMN limit_rps INTEGER",

        // A task has one end, so its delivery has the task's id. It may outlive the task.
        R"(CREATE TABLE deliveries (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
                url TEXT NOT NULL,
                receiver TEXT NOT NULL,
                body TEXT NOT NULL,
                state TEXT NOT NULL,
                attempt INTEGER NOT NULL,
                tries INTEGER NOT NULL,
                round INTEGER NOT NULL,
                next_attempt_at BIGINT,
                sender TEXT NOT NULL,
                sender_until BIGINT,
                created_at BIGINT NOT NULL,
                finished_at BIGINT))",
        "CREATE INDEX deliveries_due ON deliveries (next_attempt_at, id) WHERE state = 'waiting'",
        "CREATE INDEX deliveries_application ON deliveries (application_id, created_at DESC, id)",
        "CREATE INDEX deliveries_user ON deliveries (user_id)",
        R"(CREATE TABLE delivery_attempts (
                delivery_id TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
                number INTEGER NOT NULL,
                started_at BIGINT NOT NULL,
                latency_ms BIGINT NOT NULL,
                status INTEGER NOT NULL,
                answer TEXT NOT NULL,
                error TEXT NOT NULL,
                PRIMARY KEY (delivery_id, number)))",

        R"(CREATE TABLE task_events (
                task_id TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
                number INTEGER NOT NULL,
                at BIGINT NOT NULL,
                state TEXT NOT NULL,
                progress INTEGER NOT NULL,
                PRIMARY KEY (task_id, number)))",

        // Pictures that callers brought along; clips are in `videos`.
        R"(CREATE TABLE files (
                name TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                task_id TEXT NOT NULL,
                size_bytes BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                expired_at BIGINT))",
        "CREATE INDEX files_task ON files (task_id)",
        "CREATE INDEX files_user ON files (user_id)",
        "CREATE INDEX files_kept ON files (created_at) WHERE expired_at IS NULL",
        "ALTER TABLE videos ADD COLUMN expired_at BIGINT",
        "CREATE INDEX videos_kept ON videos (created_at) WHERE expired_at IS NULL",

        R"(CREATE TABLE idempotency_keys (
                credential_id TEXT NOT NULL,
                key TEXT NOT NULL,
                request_hash TEXT NOT NULL,
                task_id TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                PRIMARY KEY (credential_id, key)))",
        "CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at)",

        R"(CREATE TABLE deleted_tasks (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL,
                application_id TEXT NOT NULL,
                deleted_at BIGINT NOT NULL))",
        "CREATE INDEX deleted_tasks_age ON deleted_tasks (deleted_at)",

        // Server processes whose calls wait, as long as they say so.
        R"(CREATE TABLE servers (
                id TEXT PRIMARY KEY,
                node_id TEXT NOT NULL,
                alive_until BIGINT NOT NULL,
                beaten_at BIGINT NOT NULL))",
    };
}

const std::vector<Migration>& migrations() {
    static const std::vector<Migration> all = {
        {1,
         {
             R"(CREATE TABLE users (
                id TEXT PRIMARY KEY,
                email TEXT NOT NULL UNIQUE,
                nickname TEXT NOT NULL,
                role TEXT NOT NULL,
                password_hash TEXT NOT NULL,
                setup_hash TEXT NOT NULL,
                created_at BIGINT NOT NULL))",

             R"(CREATE TABLE applications (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                service_id TEXT NOT NULL,
                type TEXT NOT NULL,
                scope TEXT NOT NULL,
                metered INTEGER NOT NULL,
                disabled INTEGER NOT NULL,
                webhook_secret TEXT NOT NULL,
                created_at BIGINT NOT NULL))",
             "CREATE INDEX applications_user ON applications (user_id, created_at, id)",

             R"(CREATE TABLE credentials (
                id TEXT PRIMARY KEY,
                application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                token_hash TEXT NOT NULL UNIQUE,
                token_prefix TEXT NOT NULL,
                disabled INTEGER NOT NULL,
                limited INTEGER NOT NULL,
                expires_at BIGINT,
                created_at BIGINT NOT NULL))",
             "CREATE INDEX credentials_application ON credentials (application_id, created_at, id)",
             "CREATE INDEX credentials_user ON credentials (user_id)",

             // credential_id refers to no row: a task outlives the key that made it.
             R"(CREATE TABLE tasks (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
                credential_id TEXT NOT NULL,
                trace_id TEXT NOT NULL,
                type TEXT NOT NULL,
                api_id TEXT NOT NULL,
                state TEXT NOT NULL,
                request_json TEXT NOT NULL,
                brief_json TEXT NOT NULL,
                base_url TEXT NOT NULL,
                priority INTEGER NOT NULL,
                created_at BIGINT NOT NULL,
                started_at BIGINT,
                finished_at BIGINT,
                progress INTEGER NOT NULL,
                attempt INTEGER NOT NULL,
                worked_ms BIGINT NOT NULL,
                lease_owner TEXT NOT NULL,
                lease_until BIGINT,
                error_code TEXT NOT NULL,
                error_message TEXT NOT NULL))",
             "CREATE INDEX tasks_queue ON tasks (state, priority DESC, created_at, id)",
             "CREATE INDEX tasks_user ON tasks (user_id, created_at DESC, id)",
             "CREATE INDEX tasks_application ON tasks (application_id, created_at DESC, id)",
             "CREATE INDEX tasks_finished ON tasks (finished_at, id)",

             R"(CREATE TABLE videos (
                id TEXT PRIMARY KEY,
                task_id TEXT NOT NULL UNIQUE REFERENCES tasks (id) ON DELETE CASCADE,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                video_name TEXT NOT NULL UNIQUE,
                thumbnail_name TEXT NOT NULL UNIQUE,
                width INTEGER NOT NULL,
                height INTEGER NOT NULL,
                thumbnail_width INTEGER NOT NULL,
                thumbnail_height INTEGER NOT NULL,
                fps DOUBLE PRECISION NOT NULL,
                frame_count BIGINT NOT NULL,
                duration_ms BIGINT NOT NULL,
                engine TEXT NOT NULL,
                seed BIGINT NOT NULL,
                notes_json TEXT NOT NULL,
                created_at BIGINT NOT NULL))",
             "CREATE INDEX videos_user ON videos (user_id)",
         }},
        {2, delivery_schema()},
        {3, platform_schema(), {"transfers", "audit_events"}},
    };
    return all;
}

// Applies the next step; false where there is none left.
bool migrate_one(soci::session& sql, const Dialect& dialect, Log& log, int last) {
    sql << "CREATE TABLE IF NOT EXISTS schema_migrations "
           "(version INTEGER PRIMARY KEY, applied_at BIGINT NOT NULL)";
    int version = 0;
    sql << "SELECT coalesce(max(version), 0) FROM schema_migrations", soci::into(version);
    if (version > schema_version()) {
        throw DatabaseUnavailable("the database has schema version " + std::to_string(version) +
                                  ", but this kinora knows versions up to " +
                                  std::to_string(schema_version()) +
                                  " only: start a newer kinora, or name another database");
    }
    for (const auto& step : migrations()) {
        if (step.version <= version || step.version > last) continue;
        for (const auto* statement : step.statements) sql << statement;
        for (const auto* table : step.append_only) dialect.forbid_changes(sql, table);
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        const long long applied_at =
            std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
        sql << "INSERT INTO schema_migrations (version, applied_at) VALUES (:version, :applied_at)",
            soci::use(step.version, "version"), soci::use(applied_at, "applied_at");
        log.info("database.migrated", {{"version", step.version}});
        return true;
    }
    return false;
}

}  // namespace

int schema_version() {
    return migrations().back().version;
}

void migrate(Connection& connection, const Dialect& dialect, Log& log, int last) {
    try {
        for (bool more = true; more;) {
            auto& sql = connection.session().sql();
            dialect.begin_migration(sql);
            more = migrate_one(sql, dialect, log, last);
            sql << "COMMIT";
        }
    } catch (const soci::soci_error& error) {
        const auto failure = connection.judge(error);
        connection.rollback();
        if (failure.kind == Failure::Kind::disk_full) throw DiskFull(failure.message);
        throw DatabaseUnavailable("cannot bring the database's schema up to date: " +
                                  failure.message);
    } catch (...) {
        connection.rollback();
        throw;
    }
}

}  // namespace kinora::storage
