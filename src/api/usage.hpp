// api/usage.hpp: /api/v1/usage/apis/, what each call cost, and the sums of that, also as CSV.
#pragma once

#include "api/access.hpp"

namespace kinora::api {

class Usage {
public:
    // Both outlive the server.
    Usage(storage::Database& database, Access& access) : database_(database), access_(access) {}

    void routes(http::Router& router);

private:
    using Person = accounts::Person;
    Async<Result<http::Response>> list(http::Request& request, Person person);
    Async<Result<http::Response>> sum(http::Request& request, Person person);

    storage::Database& database_;
    Access& access_;
};

}  // namespace kinora::api
