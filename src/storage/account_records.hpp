// storage/account_records.hpp: people, applications and keys as plain columns, and back.
#pragma once

#include "storage/account_rows.hpp"
#include "storage/columns.hpp"
#include "storage/user_rows.hpp"

namespace kinora::storage {

struct UserRecord {
    static constexpr const char* kTable = "users";

    UserRecord() = default;
    explicit UserRecord(const UserRow& row)
        : id(row.id.str()),
          email(row.email),
          nickname(row.nickname),
          role(row.role),
          password_hash(row.password_hash),
          disabled(row.disabled),
          verified_at(row.verified_at),
          deleted_at(row.deleted_at),
          created_at(to_unix_ms(row.created_at)) {}

    UserRow row() const {
        UserRow row;
        row.id = id_of<UserId>(id);
        row.email = email;
        row.nickname = nickname;
        row.role = role;
        row.password_hash = password_hash;
        row.disabled = disabled != 0;
        row.verified_at = verified_at.get();
        row.deleted_at = deleted_at.get();
        row.created_at = from_unix_ms(created_at);
        return row;
    }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("email", email);
        f("nickname", nickname);
        f("role", role);
        f("password_hash", password_hash);
        f("disabled", disabled);
        f("verified_at", verified_at);
        f("deleted_at", deleted_at);
        f("created_at", created_at);
    }

    std::string id, email, nickname, role, password_hash;
    int disabled = 0;
    NullableTime verified_at, deleted_at;
    long long created_at = 0;
};

struct ApplicationRecord {
    static constexpr const char* kTable = "applications";

    ApplicationRecord() = default;
    explicit ApplicationRecord(const ApplicationRow& row)
        : id(row.id.str()),
          user_id(row.user_id.str()),
          service_id(row.service_id.str()),
          type(row.type),
          scope(row.scope),
          metered(row.metered),
          disabled(row.disabled),
          allow_consume_global(row.allow_consume_global),
          webhook_secret(row.webhook_secret),
          created_at(to_unix_ms(row.created_at)) {}

    ApplicationRow row() const {
        ApplicationRow row;
        row.id = id_of<ApplicationId>(id);
        row.user_id = id_of<UserId>(user_id);
        row.service_id = id_of<ServiceId>(service_id);
        row.type = type;
        row.scope = scope;
        row.metered = metered != 0;
        row.disabled = disabled != 0;
        row.allow_consume_global = allow_consume_global != 0;
        row.webhook_secret = webhook_secret;
        row.created_at = from_unix_ms(created_at);
        return row;
    }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("user_id", user_id);
        f("service_id", service_id);
        f("type", type);
        f("scope", scope);
        f("metered", metered);
        f("disabled", disabled);
        f("allow_consume_global", allow_consume_global);
        f("webhook_secret", webhook_secret);
        f("created_at", created_at);
    }

    std::string id, user_id, service_id, type, scope;
    int metered = 1, disabled = 0, allow_consume_global = 0;
    std::string webhook_secret;
    long long created_at = 0;
};

struct CredentialRecord {
    static constexpr const char* kTable = "credentials";

    CredentialRecord() = default;
    explicit CredentialRecord(const CredentialRow& row)
        : id(row.id.str()),
          application_id(row.application_id.str()),
          user_id(row.user_id.str()),
          name(row.name),
          token_hash(row.token_hash),
          token_prefix(row.token_prefix),
          disabled(row.disabled),
          limited(row.limited),
          limit_running(row.limit_running),
          limit_queued(row.limit_queued),
          limit_rps(row.limit_rps),
          limited_amount(row.limited_amount ? std::optional(row.limited_amount->micros)
                                            : std::nullopt),
          used_amount(row.used_amount.micros),
          held_amount(row.held_amount.micros),
          expires_at(row.expires_at),
          used_at(row.used_at),
          created_at(to_unix_ms(row.created_at)) {}

    CredentialRow row() const {
        CredentialRow row;
        row.id = id_of<CredentialId>(id);
        row.application_id = id_of<ApplicationId>(application_id);
        row.user_id = id_of<UserId>(user_id);
        row.name = name;
        row.token_hash = token_hash;
        row.token_prefix = token_prefix;
        row.disabled = disabled != 0;
        row.limited = limited != 0;
        row.limit_running = limit_running.get();
        row.limit_queued = limit_queued.get();
        row.limit_rps = limit_rps.get();
        if (const auto amount = limited_amount.get()) row.limited_amount = Credits{*amount};
        row.used_amount = {used_amount};
        row.held_amount = {held_amount};
        row.expires_at = expires_at.get();
        row.used_at = used_at.get();
        row.created_at = from_unix_ms(created_at);
        return row;
    }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("application_id", application_id);
        f("user_id", user_id);
        f("name", name);
        f("token_hash", token_hash);
        f("token_prefix", token_prefix);
        f("disabled", disabled);
        f("limited", limited);
        f("limit_running", limit_running);
        f("limit_queued", limit_queued);
        f("limit_rps", limit_rps);
        f("limited_amount", limited_amount);
        f("used_amount", used_amount);
        f("held_amount", held_amount);
        f("expires_at", expires_at);
        f("used_at", used_at);
        f("created_at", created_at);
    }

    std::string id, application_id, user_id, name, token_hash, token_prefix;
    int disabled = 0, limited = 1;
    NullableInt limit_running, limit_queued, limit_rps;
    NullableLong limited_amount;
    long long used_amount = 0, held_amount = 0;
    NullableTime expires_at, used_at;
    long long created_at = 0;
};

}  // namespace kinora::storage
