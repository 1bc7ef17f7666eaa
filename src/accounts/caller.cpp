#include "accounts/caller.hpp"

#include "base/text.hpp"

#include "accounts/token.hpp"

#include <algorithm>
#include <cctype>

namespace kinora::accounts {
namespace {

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) ==
               std::tolower(static_cast<unsigned char>(y));
    });
}

Error invalid_token() {
    return {ErrorCode::invalid_token,
            "The token is unknown or was revoked. Check the token in the Authorization header."};
}

}  // namespace

Result<std::string> token_hash_of(std::string_view authorization) {
    const auto header = trim(authorization);
    if (header.empty()) {
        return Error(ErrorCode::no_token,
                     "No token was sent. Send your API token in the header "
                     "\"Authorization: Bearer YOUR_API_TOKEN\".");
    }
    const auto space = header.find(' ');
    if (space == std::string_view::npos ||
        !equals_ignoring_case(header.substr(0, space), "bearer")) {
        return Error(ErrorCode::invalid_token,
                     "The Authorization header must have the form \"Bearer YOUR_API_TOKEN\".");
    }
    const auto token = trim(header.substr(space));
    if (token.empty() || token.size() > kTokenLengthMax) return invalid_token();
    return hash_token(token);
}

Result<Caller> admit(const std::optional<storage::CallerRow>& row, TimePoint now,
                     const CallLimits& limits) {
    if (!row) return invalid_token();
    if (row->credential.expires_at && *row->credential.expires_at <= now) {
        return Error(ErrorCode::token_expired, "The token has expired. Use another token.");
    }
    if (row->credential.disabled) {
        return Error(ErrorCode::disabled, "The token is disabled. Use another token.");
    }
    if (row->application.disabled) {
        return Error(ErrorCode::disabled, "The application of this token is disabled.");
    }
    if (row->user.disabled || row->user.deleted_at) {
        return Error(ErrorCode::disabled, "The account of this token is disabled.");
    }
    const auto& credential = row->credential;
    const auto usual = credential.limited ? limits : CallLimits();
    return Caller{
        row->user.id,
        row->application.id,
        credential.id,
        {credential.limit_running.value_or(usual.running),
         credential.limit_queued.value_or(usual.queued), credential.limit_rps.value_or(usual.rps)}};
}

}  // namespace kinora::accounts
