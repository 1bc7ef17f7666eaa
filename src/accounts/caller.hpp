// accounts/caller.hpp: who makes a call.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "storage/account_rows.hpp"

#include <string>
#include <string_view>

namespace kinora::accounts {

// The user behind a token, and what the token belongs to.
struct Caller {
    UserId user_id;
    ApplicationId application_id;
    CredentialId credential_id;
};

// SHA-256 of the token in an `Authorization` header ("Bearer <token>"; the word in any case). Fails
// with no_token where there is none, invalid_token where it cannot be a token.
Result<std::string> token_hash_of(std::string_view authorization);

// Whether the caller found for a token may call at `now`: fails with invalid_token, token_expired
// or disabled.
Result<Caller> admit(const std::optional<storage::CallerRow>& row, TimePoint now);

}  // namespace kinora::accounts
