// accounts/token.hpp: bearer tokens, one-use codes, and what is kept of them.
#pragma once

#include "base/random.hpp"
#include "base/secret.hpp"

#include <string>
#include <string_view>

namespace kinora::accounts {

inline constexpr std::size_t kTokenLengthMin = 16;  // Of a token that the operator chose.
inline constexpr std::size_t kTokenLengthMax = 512;
inline constexpr std::size_t kTokenPrefixLength = 6;  // Characters kept for display.

// 32 hex characters: 128 random bits.
Secret<std::string> make_token(Random& random);
// "whsec_" and the base64 of 32 random bytes, as Standard Webhooks write a symmetric secret.
Secret<std::string> make_webhook_secret(Random& random);
// SHA-256, 64 hex characters. Enough for secrets of 128 random bits, which nobody can guess.
std::string hash_token(std::string_view token);
std::string token_prefix(std::string_view token);

}  // namespace kinora::accounts
