// api/admin_desk.hpp: what the endpoints under /api/v1/admin/ share.
#pragma once

#include "accounts/administration.hpp"
#include "api/access.hpp"
#include "api/password_desk.hpp"

#include <boost/json/object.hpp>

namespace kinora::api {

struct AdminParts {
    storage::Database& database;
    Access& access;
    PasswordDesk& passwords;
    const Clock& clock;
    Random& random;
};

// Runs `act(office)` in a transaction of its own.
template <class F>
auto in_office(AdminParts parts, const accounts::Person& person, const http::Request& request,
               F act) {
    auto write = [parts, actor = actor_of(person, request), role = person.role,
                  act = std::move(act)](storage::Session& session) {
        const accounts::Office office{session, actor, role, parts.random, parts.clock.now()};
        return act(office);
    };
    return parts.database.write(std::move(write));
}

}  // namespace kinora::api
