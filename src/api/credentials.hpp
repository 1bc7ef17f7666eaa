// api/credentials.hpp: /api/v1/credentials/ and /api/v1/platform-tokens/, keys for programs.
//
// A token is shown by the call that makes it, and never again.
#pragma once

#include "api/access.hpp"

namespace kinora::api {

class Credentials {
public:
    // All of these outlive the server.
    Credentials(storage::Database& database, Access& access, const Clock& clock, Random& random)
        : database_(database), access_(access), clock_(clock), random_(random) {}

    void routes(http::Router& router);

private:
    using Person = accounts::Person;
    Async<Result<http::Response>> list(http::Request& request, Person person);
    Async<Result<http::Response>> issue(http::Request& request, Person person);
    Async<Result<http::Response>> get(http::Request& request, Person person);
    Async<Result<http::Response>> change(http::Request& request, Person person);
    Async<Result<http::Response>> rotate(http::Request& request, Person person);
    Async<Result<http::Response>> revoke(http::Request& request, Person person);

    storage::Database& database_;
    Access& access_;
    const Clock& clock_;
    Random& random_;
};

class PlatformTokens {
public:
    PlatformTokens(storage::Database& database, Access& access, const Clock& clock, Random& random)
        : database_(database), access_(access), clock_(clock), random_(random) {}

    void routes(http::Router& router);

private:
    using Person = accounts::Person;
    Async<Result<http::Response>> list(http::Request& request, Person person);
    Async<Result<http::Response>> issue(http::Request& request, Person person);
    Async<Result<http::Response>> revoke(http::Request& request, Person person);

    storage::Database& database_;
    Access& access_;
    const Clock& clock_;
    Random& random_;
};

// `name` of a key, clean; empty where there is none.
Result<std::string> read_key_name(const boost::json::object& fields);
// `expired_at`, which must lie ahead.
Result<std::optional<TimePoint>> read_expiry(const boost::json::object& fields, TimePoint now);

}  // namespace kinora::api
