// api/deliveries.hpp: /api/v1/deliveries/, the callbacks that were owed and what became of them.
#pragma once

#include "api/access.hpp"
#include "http/router.hpp"
#include "storage/database.hpp"

namespace kinora::api {

class Deliveries {
public:
    // All of these outlive the server that the routes go to.
    Deliveries(storage::Database& database, Access& access, const Clock& clock)
        : database_(database), access_(access), clock_(clock) {}

    void routes(http::Router& router);

private:
    Async<http::Response> list(http::Request& request);
    Async<http::Response> get(http::Request& request);
    Async<http::Response> send_again(http::Request& request);

    storage::Database& database_;
    Access& access_;
    const Clock& clock_;
};

}  // namespace kinora::api
