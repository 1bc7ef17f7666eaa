#include "accounts/person.hpp"

#include "base/ensure.hpp"

#include <sodium.h>
#include <algorithm>
#include <array>
#include <span>

namespace kinora::accounts {
namespace {

constexpr std::array<std::string_view, 3> kRoles{"user", "admin", "owner"};
constexpr std::string_view kCsrfWord = "kinora csrf token";

}  // namespace

std::string_view to_string(Role role) {
    return kRoles[static_cast<std::size_t>(role)];
}

std::optional<Role> parse_role(std::string_view word) {
    const auto found = std::find(kRoles.begin(), kRoles.end(), word);
    if (found == kRoles.end()) return std::nullopt;
    return static_cast<Role>(found - kRoles.begin());
}

Secret<std::string> make_platform_token(Random& random) {
    return Secret<std::string>(std::string(kPlatformTokenStart) + random.hex(16));
}

bool is_platform_token(std::string_view token) {
    return token.starts_with(kPlatformTokenStart);
}

std::string csrf_token_of(std::string_view cookie) {
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> code{};
    crypto_auth_hmacsha256_state state{};
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(cookie.data()),
                                cookie.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(kCsrfWord.data()),
                                  kCsrfWord.size());
    crypto_auth_hmacsha256_final(&state, code.data());
    return to_hex(std::as_bytes(std::span(code)).first(16));
}

bool same_secret(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

Result<void> admit(const storage::UserRow& user) {
    if (user.disabled || user.deleted_at) {
        return Error(ErrorCode::disabled,
                     "This account is disabled. Ask the administrator of this server.");
    }
    return ok();
}

Person person_of(const storage::UserRow& user) {
    Person person;
    person.user_id = user.id;
    person.email = user.email;
    person.role = parse_role(user.role).value_or(Role::user);
    person.verified = user.verified_at.has_value();
    return person;
}

}  // namespace kinora::accounts
