// api/callers.hpp: who calls, found out before the body is read.
#pragma once

#include "accounts/caller.hpp"
#include "base/async.hpp"
#include "base/clock.hpp"
#include "http/message.hpp"
#include "storage/database.hpp"

namespace kinora::api {

class Callers {
public:
    Callers(storage::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

    // Fails as accounts::token_hash_of and accounts::admit do.
    Async<Result<accounts::Caller>> identify(const http::Request& request);

private:
    storage::Database& database_;
    const Clock& clock_;
};

}  // namespace kinora::api
