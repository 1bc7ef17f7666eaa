// storage/account_rows.cpp: people, their applications and their keys.
#include "storage/account_rows.hpp"

#include "storage/columns.hpp"

namespace kinora::storage {

namespace {

struct UserRecord {
    static constexpr const char* kTable = "users";

    UserRecord() = default;
    explicit UserRecord(const UserRow& row)
        : id(row.id.str()),
          email(row.email),
          nickname(row.nickname),
          role(row.role),
          password_hash(row.password_hash),
          setup_hash(row.setup_hash),
          created_at(to_unix_ms(row.created_at)) {}

    UserRow row() const {
        return {id_of<UserId>(id),       email, nickname, role, password_hash, setup_hash,
                from_unix_ms(created_at)};
    }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("email", email);
        f("nickname", nickname);
        f("role", role);
        f("password_hash", password_hash);
        f("setup_hash", setup_hash);
        f("created_at", created_at);
    }

    std::string id, email, nickname, role, password_hash, setup_hash;
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
        f("webhook_secret", webhook_secret);
        f("created_at", created_at);
    }

    std::string id, user_id, service_id, type, scope;
    int metered = 1, disabled = 0;
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
          expires_at(row.expires_at),
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
        row.expires_at = expires_at.get();
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
        f("expires_at", expires_at);
        f("created_at", created_at);
    }

    std::string id, application_id, user_id, name, token_hash, token_prefix;
    int disabled = 0, limited = 1;
    NullableInt limit_running, limit_queued, limit_rps;
    NullableTime expires_at;
    long long created_at = 0;
};

// Asked with every request, and so kept prepared.
struct FindCaller {
    explicit FindCaller(Session& session)
        : query(session, "SELECT " + column_list<CredentialRecord>("c") + ", " +
                             column_list<ApplicationRecord>("a") + ", " +
                             column_list<UserRecord>("u") +
                             " FROM credentials c JOIN applications a ON a.id = c.application_id "
                             "JOIN users u ON u.id = c.user_id WHERE c.token_hash = :token_hash") {
        bind_outputs(query, credential);
        bind_outputs(query, application);
        bind_outputs(query, user);
        query.in("token_hash", token_hash);
    }
    std::string token_hash;
    CredentialRecord credential;
    ApplicationRecord application;
    UserRecord user;
    Query query;
};

template <class Record, class Row>
void insert(Session& session, const Row& row) {
    Insert<Record> insert(session);
    insert.record = Record(row);
    insert.query.run();
    session.mark_accounts_changed();
}

// `rest` may use :value.
template <class Record>
auto select(Session& session, const std::string& rest, std::string value) {
    Record record;
    Query query(session,
                "SELECT " + column_list<Record>("r") + " FROM " + Record::kTable + " r " + rest);
    bind_outputs(query, record);
    query.in("value", value);
    std::vector<decltype(record.row())> rows;
    for (bool more = query.first(); more; more = query.next()) rows.push_back(record.row());
    return rows;
}

template <class Row>
std::optional<Row> first_of(std::vector<Row> rows) {
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

}  // namespace

void insert_user(Session& session, const UserRow& user) {
    insert<UserRecord>(session, user);
}

void insert_application(Session& session, const ApplicationRow& application) {
    insert<ApplicationRecord>(session, application);
}

void insert_credential(Session& session, const CredentialRow& credential) {
    insert<CredentialRecord>(session, credential);
}

std::optional<UserRow> find_owner(Session& session) {
    return first_of(select<UserRecord>(
        session, "WHERE r.role = :value ORDER BY r.created_at, r.id LIMIT 1", "owner"));
}

std::optional<UserRow> find_user(Session& session, UserId id) {
    return first_of(select<UserRecord>(session, "WHERE r.id = :value", id.str()));
}

std::optional<ApplicationRow> find_application(Session& session, ApplicationId id) {
    return first_of(select<ApplicationRecord>(session, "WHERE r.id = :value", id.str()));
}

std::vector<ApplicationRow> applications_of(Session& session, UserId user_id) {
    return select<ApplicationRecord>(
        session, "WHERE r.user_id = :value ORDER BY r.created_at, r.id", user_id.str());
}

std::vector<CredentialRow> credentials_of(Session& session, ApplicationId application_id) {
    return select<CredentialRecord>(session,
                                    "WHERE r.application_id = :value ORDER BY r.created_at, r.id",
                                    application_id.str());
}

void replace_token(Session& session, CredentialId id, std::string_view token_hash,
                   std::string_view token_prefix) {
    auto key = id.str();
    std::string hash(token_hash);
    std::string prefix(token_prefix);
    Query query(session,
                "UPDATE credentials SET token_hash = :token_hash, "
                "token_prefix = :token_prefix WHERE id = :id");
    query.in("token_hash", hash).in("token_prefix", prefix).in("id", key).run();
    session.mark_accounts_changed();
}

std::optional<CallerRow> find_caller(Session& session, std::string_view token_hash) {
    auto& find = session.prepared<FindCaller>();
    find.token_hash = token_hash;
    if (!find.query.only()) return std::nullopt;
    return CallerRow{find.credential.row(), find.application.row(), find.user.row()};
}

}  // namespace kinora::storage
