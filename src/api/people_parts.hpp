// api/people_parts.hpp: what the endpoints about accounts share.
#pragma once

#include "accounts/people.hpp"
#include "api/access.hpp"
#include "api/password_desk.hpp"
#include "api/throttle.hpp"

namespace kinora::api {

// All of these outlive the server that the routes go to.
struct PeopleParts {
    storage::Database& database;
    Access& access;
    PasswordDesk& passwords;
    Throttle& throttle;
    const Clock& clock;
    Random& random;
    accounts::Registration registration = accounts::Registration::open;
    bool sends_mail = false;
};

}  // namespace kinora::api
