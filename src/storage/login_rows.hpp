// storage/login_rows.hpp: who is logged in, and people's tokens for programs, as rows.
//
// Secrets are never stored: both are found by the SHA-256 of what the client holds. All functions
// run inside the caller's transaction and throw where the database fails.
#pragma once

#include "storage/user_rows.hpp"

namespace kinora {
using PlatformTokenId = Id<struct PlatformTokenTag>;
}

namespace kinora::storage {

struct LoginRow {
    std::string hash;  // SHA-256 of the cookie's secret, hex.
    UserId user_id;
    TimePoint created_at{};
    TimePoint used_at{};  // Lately; an hour's precision.
    TimePoint expires_at{};
};
void insert_login(Session& session, const LoginRow& login);
struct LoggedIn {
    LoginRow login;
    UserRow user;
};
std::optional<LoggedIn> find_login(Session& session, std::string_view hash);
// Notes its use and gives it more time.
void prolong_login(Session& session, std::string_view hash, TimePoint used_at,
                   TimePoint expires_at);
bool remove_login(Session& session, std::string_view hash);
// All of the user's but `kept` (a hash; empty: none).
void remove_logins(Session& session, UserId user, std::string_view kept = {});
// The `count` used last stay.
void keep_logins(Session& session, UserId user, int count);
std::int64_t forget_logins(Session& session, TimePoint before);

struct PlatformTokenRow {
    PlatformTokenId id;
    UserId user_id;
    std::string name;
    std::string token_hash;    // SHA-256 of the token, hex. Unique.
    std::string token_prefix;  // First characters, for display.
    std::optional<TimePoint> expires_at;
    std::optional<TimePoint> used_at;  // Lately; a minute's precision.
    TimePoint created_at{};
};
void insert_platform_token(Session& session, const PlatformTokenRow& token);
struct TokenHolder {
    PlatformTokenRow token;
    UserRow user;
};
std::optional<TokenHolder> find_platform_token(Session& session, std::string_view token_hash);
Listed<PlatformTokenRow> list_platform_tokens(Session& session, UserId user, const Slice& slice);
void touch_platform_token(Session& session, PlatformTokenId id, TimePoint at);
// False where the user has none of that id.
bool remove_platform_token(Session& session, PlatformTokenId id, UserId user);
void remove_platform_tokens(Session& session, UserId user);

}  // namespace kinora::storage
