// storage/migrations.cpp: every step that the schema has taken. Steps are only added, never edited.
//
// Portable types only: TEXT, INTEGER (32 bits), BIGINT (64 bits; times in Unix ms, and unsigned
// seeds bit for bit), DOUBLE PRECISION. Ids are UUIDs as text, flags are 0 or 1.
#include "storage/migrations.hpp"

#include <chrono>
#include <vector>

namespace kinora::storage {

namespace {

struct Migration {
    int version;
    std::vector<const char*> statements;
};

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
    };
    return all;
}

// Applies the next step; false where there is none left.
bool migrate_one(soci::session& sql, Log& log) {
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
        if (step.version <= version) continue;
        for (const auto* statement : step.statements) sql << statement;
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

void migrate(Connection& connection, const Dialect& dialect, Log& log) {
    try {
        for (bool more = true; more;) {
            auto& sql = connection.session().sql();
            dialect.begin_migration(sql);
            more = migrate_one(sql, log);
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
