#include "accounts/webhook.hpp"

#include "base/ensure.hpp"

#include <sodium.h>
#include <array>
#include <vector>

namespace kinora::accounts {
namespace {

constexpr std::string_view kPrefix = "whsec_";

std::vector<unsigned char> key_of(const std::string& secret) {
    ensure(secret.starts_with(kPrefix), "a webhook secret begins with whsec_");
    const auto text = std::string_view(secret).substr(kPrefix.size());
    std::vector<unsigned char> key(text.size());
    std::size_t size = 0;
    const int failed = sodium_base642bin(key.data(), key.size(), text.data(), text.size(), nullptr,
                                         &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
    ensure(failed == 0, "a webhook secret is base64");
    key.resize(size);
    return key;
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string sign_webhook(const Secret<std::string>& secret, std::string_view id, TimePoint time,
                         std::string_view body) {
    const auto key = key_of(secret.reveal());
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    const auto head = std::string(id) + '.' + std::to_string(seconds) + '.';
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(head), head.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(body), body.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256_final(&state, mac.data());
    std::array<char, sodium_base64_ENCODED_LEN(sizeof(mac), sodium_base64_VARIANT_ORIGINAL)> text{};
    sodium_bin2base64(text.data(), text.size(), mac.data(), mac.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    return "v1," + std::string(text.data());
}

}  // namespace kinora::accounts
