#include "accounts/passwords.hpp"

#include <sodium.h>
#include <algorithm>
#include <array>
#include <new>

namespace kinora::accounts {
namespace {

Error unusable(const std::string& what) {
    return {ErrorCode::bad_request, "`password` " + what};
}

}  // namespace

Result<void> check_password(std::string_view password, std::string_view email) {
    // As a person counts: what goes on a character of UTF-8 is none of its own.
    const auto length = std::ranges::count_if(
        password, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    if (static_cast<std::size_t>(length) < kPasswordLengthMin) {
        return unusable("needs at least " + std::to_string(kPasswordLengthMin) + " characters.");
    }
    if (password.size() > kPasswordLengthMax) {
        return unusable("may have at most " + std::to_string(kPasswordLengthMax) + " bytes.");
    }
    const bool one_character = std::all_of(password.begin(), password.end(),
                                           [&](char c) { return c == password.front(); });
    if (one_character) return unusable("is one character repeated; choose another.");
    if (password == email) return unusable("is the e-mail address; choose another.");
    return ok();
}

Passwords::Passwords(HashCost cost) : cost_(cost), nobodys_hash_(hash("nobody has this one")) {}

std::string Passwords::hash(std::string_view password) const {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const int failed =
        crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost_.passes,
                              cost_.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) throw std::bad_alloc();
    return text.data();
}

bool Passwords::verify(const std::string& hash, std::string_view password) const {
    const auto& compared = hash.empty() ? nobodys_hash_ : hash;
    const bool same =
        crypto_pwhash_str_verify(compared.c_str(), password.data(), password.size()) == 0;
    return same && !hash.empty();
}

}  // namespace kinora::accounts
