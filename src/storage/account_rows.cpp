// storage/account_rows.cpp: applications and their keys.
#include "storage/account_rows.hpp"

#include "storage/account_records.hpp"
#include "storage/listing.hpp"

namespace kinora::storage {

namespace {

struct CallerSelection {
    static std::string text() {
        return "SELECT " + column_list<CredentialRecord>("c") + ", " +
               column_list<ApplicationRecord>("a") + ", " + column_list<UserRecord>("u") +
               " FROM credentials c JOIN applications a ON a.id = c.application_id "
               "JOIN users u ON u.id = c.user_id WHERE ";
    }
    void bind(Query& query) {
        bind_outputs(query, credential);
        bind_outputs(query, application);
        bind_outputs(query, user);
    }
    CallerRow row() const { return {credential.row(), application.row(), user.row()}; }

    CredentialRecord credential;
    ApplicationRecord application;
    UserRecord user;
};

// Asked with every request, and so kept prepared.
struct FindCaller {
    explicit FindCaller(Session& session)
        : query(session, CallerSelection::text() + "c.token_hash = :token_hash") {
        selection.bind(query);
        query.in("token_hash", token_hash);
    }
    std::string token_hash;
    CallerSelection selection;
    Query query;
};

}  // namespace

void insert_application(Session& session, const ApplicationRow& application) {
    insert_row<ApplicationRecord>(session, application);
    change(session,
           "INSERT INTO balances (application_id, available, held, used) VALUES (:id, 0, 0, 0)",
           {{"id", application.id.str()}});
    session.mark_accounts_changed();
}

void remove_application(Session& session, ApplicationId id) {
    change(session, "DELETE FROM applications WHERE id = :id", {{"id", id.str()}});
    session.mark_accounts_changed();
}

void update_application(Session& session, const ApplicationRow& application) {
    ApplicationRecord record(application);
    Query query(session,
                "UPDATE applications SET disabled = :disabled, allow_consume_global = "
                ":allow_consume_global, webhook_secret = :webhook_secret WHERE id = :id");
    query.in("disabled", record.disabled).in("allow_consume_global", record.allow_consume_global);
    query.in("webhook_secret", record.webhook_secret).in("id", record.id).run();
    session.mark_accounts_changed();
}

std::optional<ApplicationRow> find_application(Session& session, ApplicationId id) {
    return first_of(select_rows<ApplicationRecord>(session, "WHERE r.id = :value", id.str()));
}

std::optional<ApplicationRow> find_application_to_change(Session& session, ApplicationId id) {
    change(session, "UPDATE applications SET id = id WHERE id = :id", {{"id", id.str()}});
    return find_application(session, id);
}

std::vector<ApplicationRow> applications_of(Session& session, UserId user_id) {
    return select_rows<ApplicationRecord>(
        session, "WHERE r.user_id = :value ORDER BY r.created_at, r.id", user_id.str());
}

Listed<ApplicationRow> list_applications(Session& session, std::optional<UserId> user_id,
                                         const Slice& slice) {
    Conditions where;
    if (user_id) where.equal("user_id", user_id->str());
    return list_matching<ApplicationRecord>(session, where, slice);
}

std::optional<ApplicationId> find_acquired(Session& session, UserId user, ServiceId service) {
    auto user_id = user.str();
    auto service_id = service.str();
    std::string id;
    Query query(session,
                "SELECT application_id FROM acquisitions WHERE user_id = :user_id "
                "AND service_id = :service_id");
    query.out(id).in("user_id", user_id).in("service_id", service_id);
    if (!query.only()) return std::nullopt;
    return id_of<ApplicationId>(id);
}

bool note_acquired(Session& session, const ApplicationRow& application) {
    return change(session,
                  "INSERT INTO acquisitions (user_id, service_id, application_id) VALUES "
                  "(:user_id, :service_id, :application_id) ON CONFLICT DO NOTHING",
                  {{"user_id", application.user_id.str()},
                   {"service_id", application.service_id.str()},
                   {"application_id", application.id.str()}}) > 0;
}

void insert_credential(Session& session, const CredentialRow& credential) {
    insert_row<CredentialRecord>(session, credential);
    session.mark_accounts_changed();
}

void update_credential(Session& session, const CredentialRow& credential) {
    CredentialRecord record(credential);
    Query query(session,
                "UPDATE credentials SET name = :name, disabled = :disabled, expires_at = "
                ":expires_at, limited_amount = :limited_amount WHERE id = :id");
    query.in("name", record.name).in("disabled", record.disabled);
    query.in("expires_at", record.expires_at).in("limited_amount", record.limited_amount);
    query.in("id", record.id).run();
    session.mark_accounts_changed();
}

bool remove_credential(Session& session, CredentialId id) {
    session.mark_accounts_changed();
    return change(session, "DELETE FROM credentials WHERE id = :id", {{"id", id.str()}}) > 0;
}

std::optional<CredentialRow> find_credential(Session& session, CredentialId id) {
    return first_of(select_rows<CredentialRecord>(session, "WHERE r.id = :value", id.str()));
}

std::vector<CredentialRow> credentials_of(Session& session, ApplicationId application_id) {
    return select_rows<CredentialRecord>(
        session, "WHERE r.application_id = :value ORDER BY r.created_at, r.id",
        application_id.str());
}

Listed<CredentialRow> list_credentials(Session& session, const CredentialFilter& filter) {
    Conditions where;
    where.equal("user_id", filter.user_id.str());
    if (filter.application_id) where.equal("application_id", filter.application_id->str());
    if (!filter.prefix.empty()) where.equal("token_prefix", filter.prefix);
    return list_matching<CredentialRecord>(session, where, filter.slice);
}

void replace_token(Session& session, CredentialId id, std::string_view token_hash,
                   std::string_view token_prefix) {
    change(session,
           "UPDATE credentials SET token_hash = :token_hash, token_prefix = :token_prefix "
           "WHERE id = :id",
           {{"token_hash", std::string(token_hash)},
            {"token_prefix", std::string(token_prefix)},
            {"id", id.str()}});
    session.mark_accounts_changed();
}

void touch_credential(Session& session, CredentialId id, TimePoint at) {
    change(session, "UPDATE credentials SET used_at = :now WHERE id = :id", {{"id", id.str()}}, at);
}

std::optional<CallerRow> find_caller(Session& session, std::string_view token_hash) {
    auto& find = session.prepared<FindCaller>();
    find.token_hash = token_hash;
    if (!find.query.only()) return std::nullopt;
    return find.selection.row();
}

std::optional<CallerRow> find_caller(Session& session, CredentialId id, UserId user) {
    auto credential_id = id.str();
    auto user_id = user.str();
    CallerSelection selection;
    Query query(session, CallerSelection::text() + "c.id = :id AND c.user_id = :user_id");
    selection.bind(query);
    query.in("id", credential_id).in("user_id", user_id);
    if (!query.only()) return std::nullopt;
    return selection.row();
}

}  // namespace kinora::storage
