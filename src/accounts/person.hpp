// accounts/person.hpp: who uses the platform, and by which secret.
#pragma once

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "storage/login_rows.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kinora::accounts {

// Each may do what those before it may.
enum class Role { user, admin, owner };
std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view word);

// Somebody who is logged in, or whose program sent a platform token.
struct Person {
    UserId user_id;
    std::string email;
    Role role = Role::user;
    bool verified = false;                           // The address was shown to be theirs.
    std::optional<storage::LoginRow> login;          // Who is logged in.
    std::optional<storage::PlatformTokenRow> token;  // Whose program calls.
};

inline constexpr std::string_view kPlatformTokenStart = "platform-";
// "platform-" and 32 hex characters.
Secret<std::string> make_platform_token(Random& random);
bool is_platform_token(std::string_view token);

inline constexpr Milliseconds kLoginHolds{30LL * 24 * 3'600'000};  // After its last use.

// What a browser keeps of a log-in: the cookie's secret, and what it sends back beside it.
struct LoginSecrets {
    Secret<std::string> cookie;
    std::string csrf_token;
    TimePoint expires_at{};
};
// HMAC-SHA256 of a fixed word under the cookie's secret, hex: whoever cannot read the cookie cannot
// make it (the "HMAC based token" pattern of OWASP's CSRF cheat sheet).
std::string csrf_token_of(std::string_view cookie);
// Takes the same time wherever the two differ.
bool same_secret(std::string_view one, std::string_view other);

// Whether the user may come in at all: fails with disabled.
Result<void> admit(const storage::UserRow& user);
// Who that is.
Person person_of(const storage::UserRow& user);

}  // namespace kinora::accounts
