// api/applications.hpp: /api/v1/applications/, what a user has acquired, and its balance.
#pragma once

#include "api/access.hpp"

namespace kinora::api {

class Applications {
public:
    // All of these outlive the server. `verified_only`: whoever acquires must have shown that the
    // address is theirs.
    Applications(storage::Database& database, Access& access, const Clock& clock, Random& random,
                 bool verified_only)
        : database_(database),
          access_(access),
          clock_(clock),
          random_(random),
          verified_only_(verified_only) {}

    void routes(http::Router& router);

private:
    using Person = accounts::Person;
    Async<Result<http::Response>> list(http::Request& request, Person person);
    Async<Result<http::Response>> acquire(http::Request& request, Person person);
    Async<Result<http::Response>> get(http::Request& request, Person person);
    Async<Result<http::Response>> change(http::Request& request, Person person);
    Async<Result<http::Response>> secret(http::Request& request, Person person);
    Async<Result<http::Response>> rotate_secret(http::Request& request, Person person);

    storage::Database& database_;
    Access& access_;
    const Clock& clock_;
    Random& random_;
    const bool verified_only_;
};

// The user's own application of that id; nothing where there is none.
std::optional<storage::ApplicationRow> own_application(storage::Session& session, UserId user,
                                                       std::string_view id);
Error no_such_application();

}  // namespace kinora::api
