// accounts/passwords.hpp: passwords, and what is kept of them (Argon2id, RFC 9106).
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kinora::accounts {

inline constexpr std::size_t kPasswordLengthMin = 8;
inline constexpr std::size_t kPasswordLengthMax = 1024;  // Bytes: hashing must stay bounded.

// How much work a hash is.
struct HashCost {
    unsigned long long passes = 2;
    std::size_t memory_bytes = 64 * 1024 * 1024;  // libsodium's cost for logging in.
};

// Whether it may become somebody's password. Fails with bad_request about `password`.
Result<void> check_password(std::string_view password, std::string_view email);

class Passwords {
public:
    // Throws std::bad_alloc where there is no memory for a hash.
    explicit Passwords(HashCost cost = {});

    // Both take as long as the cost says, a tenth of a second: not for threads that wait for
    // others. Safe from any thread.
    std::string hash(std::string_view password) const;
    // False for an empty hash too, after the same work: nobody learns from the time that it takes
    // whether there is such a user.
    bool verify(const std::string& hash, std::string_view password) const;

private:
    const HashCost cost_;
    const std::string nobodys_hash_;
};

}  // namespace kinora::accounts
