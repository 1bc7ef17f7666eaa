// storage/account_rows.hpp: people's applications and their keys, as rows.
//
// Tokens are never stored: a credential is found by the SHA-256 of its token. All functions run
// inside the caller's transaction and throw where the database fails. Those that change a row mark
// the session, so that what is remembered of callers is read again.
#pragma once

#include "base/credits.hpp"
#include "storage/user_rows.hpp"

namespace kinora::storage {

struct ApplicationRow {
    ApplicationId id;
    UserId user_id;
    ServiceId service_id;  // Nil for the general balance.
    std::string type;      // "Usage".
    std::string scope;     // "Individual" or "Global".
    bool metered = true;   // The owner's own is not.
    bool disabled = false;
    bool allow_consume_global = false;  // Where it is empty, the general balance pays.
    std::string webhook_secret;  // "whsec_" and base64; signs callbacks, so it is kept readable.
    TimePoint created_at{};

    bool is_global() const { return scope == "Global"; }
};

struct CredentialRow {
    CredentialId id;
    ApplicationId application_id;
    UserId user_id;
    std::string name;
    std::string token_hash;    // SHA-256 of the token, hex. Unique.
    std::string token_prefix;  // First characters, for display.
    bool disabled = false;
    bool limited = true;  // The owner's own has no limits.
    // Of its own instead of the server's; 0 is none.
    std::optional<int> limit_running;  // Tasks worked on at once.
    std::optional<int> limit_queued;   // Tasks that wait.
    std::optional<int> limit_rps;      // Requests a second.
    // What may be spent with it at most, what was, and what tasks that have not ended may cost yet.
    std::optional<Credits> limited_amount;
    Credits used_amount, held_amount;
    std::optional<TimePoint> expires_at;
    std::optional<TimePoint> used_at;  // Lately; a minute's precision.
    TimePoint created_at{};
};

// With an empty balance.
void insert_application(Session& session, const ApplicationRow& application);
void remove_application(Session& session, ApplicationId id);
// Writes disabled, allow_consume_global and the secret.
void update_application(Session& session, const ApplicationRow& application);
std::optional<ApplicationRow> find_application(Session& session, ApplicationId id);
// The same for who is going to write it: nobody else changes it until the transaction's end.
std::optional<ApplicationRow> find_application_to_change(Session& session, ApplicationId id);
// Oldest first.
std::vector<ApplicationRow> applications_of(Session& session, UserId user_id);
// One user's, or everybody's.
Listed<ApplicationRow> list_applications(Session& session, std::optional<UserId> user_id,
                                         const Slice& slice);

// The application that a user got of a service; of the nil service, the general balance.
std::optional<ApplicationId> find_acquired(Session& session, UserId user, ServiceId service);
// False where the user has one already: of two racers one wins. After insert_application.
bool note_acquired(Session& session, const ApplicationRow& application);

void insert_credential(Session& session, const CredentialRow& credential);
// Writes name, disabled, expires_at and limited_amount.
void update_credential(Session& session, const CredentialRow& credential);
bool remove_credential(Session& session, CredentialId id);
std::optional<CredentialRow> find_credential(Session& session, CredentialId id);
std::vector<CredentialRow> credentials_of(Session& session, ApplicationId application_id);
struct CredentialFilter {
    UserId user_id;
    std::optional<ApplicationId> application_id;
    std::string prefix;  // The first characters of the token; empty: all.
    Slice slice;
};
Listed<CredentialRow> list_credentials(Session& session, const CredentialFilter& filter);
// Gives the credential another token; the former one is unknown from this commit on.
void replace_token(Session& session, CredentialId id, std::string_view token_hash,
                   std::string_view token_prefix);
// Notes when it was used; nobody has to read anything anew for that.
void touch_credential(Session& session, CredentialId id, TimePoint at);

// What a call needs to know of the one who makes it.
struct CallerRow {
    CredentialRow credential;
    ApplicationRow application;
    UserRow user;
};
std::optional<CallerRow> find_caller(Session& session, std::string_view token_hash);
// By the credential itself, for its user.
std::optional<CallerRow> find_caller(Session& session, CredentialId id, UserId user);

}  // namespace kinora::storage
