// storage/account_rows.hpp: people, their applications and their keys, as rows.
//
// Tokens are never stored: a credential is found by the SHA-256 of its token. All functions run
// inside the caller's transaction and throw where the database fails. Those that change a row mark
// the session, so that what is remembered of callers is read again.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::storage {

class Session;

struct UserRow {
    UserId id;
    std::string email;  // Unique, lower case.
    std::string nickname;
    std::string role;           // "owner", "admin" or "user".
    std::string password_hash;  // Empty: no password is set yet.
    std::string setup_hash;     // SHA-256 (hex) of the one-use code that sets it; empty: none.
    TimePoint created_at{};
};

struct ApplicationRow {
    ApplicationId id;
    UserId user_id;
    ServiceId service_id;  // Nil for the general balance.
    std::string type;      // "Usage".
    std::string scope;     // "Individual" or "Global".
    bool metered = true;   // The owner's own is not.
    bool disabled = false;
    std::string webhook_secret;  // "whsec_" and base64; signs callbacks, so it is kept readable.
    TimePoint created_at{};
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
    std::optional<TimePoint> expires_at;
    TimePoint created_at{};
};

void insert_user(Session& session, const UserRow& user);
void insert_application(Session& session, const ApplicationRow& application);
void insert_credential(Session& session, const CredentialRow& credential);

std::optional<UserRow> find_owner(Session& session);
std::optional<UserRow> find_user(Session& session, UserId id);
std::optional<ApplicationRow> find_application(Session& session, ApplicationId id);
// Oldest first.
std::vector<ApplicationRow> applications_of(Session& session, UserId user_id);
std::vector<CredentialRow> credentials_of(Session& session, ApplicationId application_id);
// Gives the credential another token; the former one is unknown from this commit on.
void replace_token(Session& session, CredentialId id, std::string_view token_hash,
                   std::string_view token_prefix);

// What a call needs to know of the one who makes it.
struct CallerRow {
    CredentialRow credential;
    ApplicationRow application;
    UserRow user;
};
std::optional<CallerRow> find_caller(Session& session, std::string_view token_hash);

}  // namespace kinora::storage
