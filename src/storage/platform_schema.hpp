// storage/platform_schema.hpp: the third step of the schema: people, prices, the ledger, usage.
//
// Amounts are BIGINT millionths of a credit. Private to this room.
#pragma once

#include "storage/migrations_uploads.hpp"

#include <vector>

namespace kinora::storage {

inline std::vector<const char*> people_schema() {
    return {
        "ALTER TABLE users ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE users ADD COLUMN verified_at BIGINT",
        // Its rows are being removed, a batch at a time.
        "ALTER TABLE users ADD COLUMN deleted_at BIGINT",
        "CREATE INDEX users_deleted ON users (deleted_at) WHERE deleted_at IS NOT NULL",
        "CREATE INDEX users_age ON users (created_at, id)",

        // One-use codes that set a password or confirm an address; found by their SHA-256.
        R"(CREATE TABLE codes (
                hash TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                purpose TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT))",
        "CREATE INDEX codes_user ON codes (user_id)",
        "INSERT INTO codes (hash, user_id, purpose, created_at) "
        "SELECT setup_hash, id, 'password', created_at FROM users WHERE setup_hash <> ''",
        "ALTER TABLE users DROP COLUMN setup_hash",

        // Who is logged in, by the SHA-256 of the cookie's secret.
        R"(CREATE TABLE logins (
                hash TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                created_at BIGINT NOT NULL,
                used_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL))",
        "CREATE INDEX logins_user ON logins (user_id)",
        "CREATE INDEX logins_age ON logins (expires_at)",

        R"(CREATE TABLE platform_tokens (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                token_hash TEXT NOT NULL UNIQUE,
                token_prefix TEXT NOT NULL,
                expires_at BIGINT,
                used_at BIGINT,
                created_at BIGINT NOT NULL))",
        "CREATE INDEX platform_tokens_user ON platform_tokens (user_id, created_at, id)",

        // When all that a key has used up of its allowance will be back.
        R"(CREATE TABLE throttles (
                key TEXT PRIMARY KEY,
                full_at BIGINT NOT NULL))",
        "CREATE INDEX throttles_age ON throttles (full_at)",

        R"(CREATE TABLE invitations (
                id TEXT PRIMARY KEY,
                code_hash TEXT NOT NULL UNIQUE,
                email TEXT NOT NULL,
                created_by TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                used_at BIGINT))",
        "CREATE INDEX invitations_age ON invitations (created_at, id)",

        // Mails that are owed; their codes are made when they are sent.
        R"(CREATE TABLE mails (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                purpose TEXT NOT NULL,
                base_url TEXT NOT NULL,
                tries INTEGER NOT NULL,
                next_try_at BIGINT NOT NULL,
                created_at BIGINT NOT NULL))",
        "CREATE INDEX mails_due ON mails (next_try_at, id)",
        "CREATE INDEX mails_user ON mails (user_id)",
    };
}

inline std::vector<const char*> ledger_schema() {
    return {
        R"(CREATE TABLE services (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                title TEXT NOT NULL,
                description TEXT NOT NULL,
                unit TEXT NOT NULL,
                price BIGINT NOT NULL CHECK (price >= 0),
                free_amount BIGINT NOT NULL CHECK (free_amount >= 0),
                enabled INTEGER NOT NULL,
                created_at BIGINT NOT NULL))",
        "INSERT INTO services (id, name, title, description, unit, price, free_amount, enabled, "
        "created_at) VALUES ('dff45a0d-2858-4936-8e2b-3d49c52aff11', 'luma', "
        "'Luma Video Generation', 'Videos from a prompt, from pictures, or as the continuation of "
        "a clip.', 'Credit', 1000000, 10000000, 1, 1764288000000)",

        // What a service is called by. Clients carry these ids in their code.
        R"(CREATE TABLE apis (
                id TEXT PRIMARY KEY,
                service_id TEXT NOT NULL REFERENCES services (id) ON DELETE CASCADE,
                method TEXT NOT NULL,
                path TEXT NOT NULL,
                title TEXT NOT NULL))",
        "INSERT INTO apis (id, service_id, method, path, title) VALUES "
        "('94fc9028-5a9f-4875-aae4-38463bd30ac5', 'dff45a0d-2858-4936-8e2b-3d49c52aff11', 'POST', "
        "'/luma/videos', 'Luma Videos Generation API'), "
        "('7d32369c-4ead-4364-a4c5-652bc768b3ff', 'dff45a0d-2858-4936-8e2b-3d49c52aff11', 'POST', "
        "'/luma/tasks', 'Luma Tasks API')",

        "ALTER TABLE applications ADD COLUMN allow_consume_global INTEGER NOT NULL DEFAULT 0",
        // Which application a user got of a service (nil: the general balance), once.
        R"(CREATE TABLE acquisitions (
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                service_id TEXT NOT NULL,
                application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
                PRIMARY KEY (user_id, service_id)))",
        "CREATE INDEX acquisitions_application ON acquisitions (application_id)",
        "INSERT INTO acquisitions (user_id, service_id, application_id) "
        "SELECT user_id, service_id, min(id) FROM applications GROUP BY user_id, service_id",
        // Whom a free amount was given to, by the SHA-256 of the address: it outlives the account.
        R"(CREATE TABLE free_amounts (
                person TEXT NOT NULL,
                service_id TEXT NOT NULL,
                PRIMARY KEY (person, service_id)))",

        "ALTER TABLE credentials ADD COLUMN limited_amount BIGINT",
        "ALTER TABLE credentials ADD COLUMN used_amount BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE credentials ADD COLUMN held_amount BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE credentials ADD COLUMN used_at BIGINT",

        // The sums of the transfers from and to an application's two accounts.
        R"(CREATE TABLE balances (
                application_id TEXT PRIMARY KEY REFERENCES applications (id) ON DELETE CASCADE,
                available BIGINT NOT NULL CHECK (available >= 0),
                held BIGINT NOT NULL CHECK (held >= 0),
                used BIGINT NOT NULL CHECK (used >= 0)))",
        "INSERT INTO balances (application_id, available, held, used) "
        "SELECT id, 0, 0, 0 FROM applications",

        // Each row takes an amount from one account and gives it to another.
        R"(CREATE TABLE transfers (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                from_account TEXT NOT NULL,
                to_account TEXT NOT NULL,
                amount BIGINT NOT NULL CHECK (amount > 0),
                application_id TEXT NOT NULL,
                task_id TEXT NOT NULL,
                reference TEXT NOT NULL,
                note TEXT NOT NULL,
                created_at BIGINT NOT NULL))",
        "CREATE INDEX transfers_application ON transfers (application_id, created_at, id)",
        "CREATE INDEX transfers_task ON transfers (task_id) WHERE task_id <> ''",
        "CREATE INDEX transfers_kind ON transfers (kind, created_at, id)",
        // A payment, or a top-up with a key, counts once.
        "CREATE UNIQUE INDEX transfers_reference ON transfers (reference) WHERE reference <> ''",

        // What a task that has not ended may cost; its row refers to one, so that it cannot outlive
        // it.
        R"(CREATE TABLE holds (
                task_id TEXT PRIMARY KEY REFERENCES tasks (id),
                application_id TEXT NOT NULL,
                credential_id TEXT NOT NULL,
                amount BIGINT NOT NULL CHECK (amount > 0)))",
        "CREATE INDEX holds_application ON holds (application_id)",

        R"(CREATE TABLE usage_records (
                task_id TEXT PRIMARY KEY,
                trace_id TEXT NOT NULL,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                application_id TEXT NOT NULL,
                credential_id TEXT NOT NULL,
                service_id TEXT NOT NULL,
                api_id TEXT NOT NULL,
                status TEXT NOT NULL,
                elapsed_ms BIGINT NOT NULL,
                deducted BIGINT NOT NULL,
                remaining BIGINT,
                charged_application_id TEXT NOT NULL,
                created_at BIGINT NOT NULL))",
        "CREATE INDEX usage_user ON usage_records (user_id, created_at, task_id)",
        "CREATE INDEX usage_application ON usage_records (application_id, created_at, task_id)",
        "CREATE INDEX usage_credential ON usage_records (credential_id, created_at, task_id)",
        "CREATE INDEX usage_trace ON usage_records (trace_id)",

        R"(CREATE TABLE audit_events (
                id TEXT PRIMARY KEY,
                at BIGINT NOT NULL,
                actor_id TEXT NOT NULL,
                actor TEXT NOT NULL,
                action TEXT NOT NULL,
                object_type TEXT NOT NULL,
                object_id TEXT NOT NULL,
                details_json TEXT NOT NULL,
                trace_id TEXT NOT NULL,
                remote_address TEXT NOT NULL))",
        "CREATE INDEX audit_age ON audit_events (at, id)",
        "CREATE INDEX audit_object ON audit_events (object_id, at)",

        // Server and worker processes, as long as they say that they live.
        R"(CREATE TABLE nodes (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                host TEXT NOT NULL,
                version TEXT NOT NULL,
                started_at BIGINT NOT NULL,
                seen_at BIGINT NOT NULL))",
    };
}

inline std::vector<const char*> platform_schema() {
    auto all = people_schema();
    for (const auto* statement : ledger_schema()) all.push_back(statement);
    for (const auto* statement : upload_schema()) all.push_back(statement);
    return all;
}

}  // namespace kinora::storage
