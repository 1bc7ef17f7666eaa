#include "accounts/token.hpp"

#include "base/ensure.hpp"

#include <sodium.h>
#include <array>

namespace kinora::accounts {

Secret<std::string> make_token(Random& random) {
    return Secret<std::string>(random.hex(16));
}

Secret<std::string> make_webhook_secret(Random& random) {
    std::array<std::byte, 32> bytes{};
    random.fill(bytes);
    std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_ORIGINAL)> text{};
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    return Secret<std::string>("whsec_" + std::string(text.data()));
}

std::string hash_token(std::string_view token) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    const int failed = crypto_hash_sha256(
        digest.data(), reinterpret_cast<const unsigned char*>(token.data()), token.size());
    ensure(failed == 0, "SHA-256 cannot fail");
    return to_hex(std::as_bytes(std::span(digest)));
}

std::string token_prefix(std::string_view token) {
    return std::string(token.substr(0, kTokenPrefixLength));
}

}  // namespace kinora::accounts
