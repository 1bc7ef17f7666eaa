// api/password_desk.hpp: passwords hashed and compared without holding up anybody else.
//
// A hash takes a tenth of a second and 64 MB, so few are made at once and few may wait.
#pragma once

#include "accounts/passwords.hpp"
#include "base/pool.hpp"

#include <atomic>

namespace kinora::api {

class PasswordDesk {
public:
    explicit PasswordDesk(accounts::HashCost cost = {}) : passwords_(cost) {}

    // Both fail with too_many_requests where too many wait. Safe from any thread.
    Async<Result<std::string>> hash(std::string password);
    Async<Result<bool>> verify(std::string hash, std::string password);

private:
    class Turn;

    const accounts::Passwords passwords_;
    std::atomic<int> waiting_ = 0;
    Pool pool_{2};
};

}  // namespace kinora::api
