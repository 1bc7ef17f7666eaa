// accounts/caller.hpp: who makes a call.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "storage/account_rows.hpp"

#include <string>
#include <string_view>

namespace kinora::accounts {

// How much one token may ask for; 0 is no limit.
struct CallLimits {
    int running = 0;  // Tasks worked on at once; more of them wait.
    int queued = 0;   // Tasks that wait.
    int rps = 0;      // Requests a second.
};

// The user behind a token, and what the token belongs to.
struct Caller {
    UserId user_id;
    ApplicationId application_id;
    CredentialId credential_id;
    CallLimits limits{};
};

// SHA-256 of the token in an `Authorization` header ("Bearer <token>"; the word in any case). Fails
// with no_token where there is none, invalid_token where it cannot be a token.
Result<std::string> token_hash_of(std::string_view authorization);

// Whether the caller found for a token may call at `now`: fails with invalid_token, token_expired
// or disabled. `limits` are those of a token that has none of its own; the owner's has no limit.
Result<Caller> admit(const std::optional<storage::CallerRow>& row, TimePoint now,
                     const CallLimits& limits = {});

}  // namespace kinora::accounts
