// api/catalogue.hpp: GET /api/v1/services/ and /api/v1/config/, what can be had here and how.
// Public.
#pragma once

#include "http/router.hpp"
#include "storage/database.hpp"

#include <boost/json/object.hpp>

namespace kinora::api {

class Catalogue {
public:
    // `config` is told as it is, with `base_url` beside it. The database outlives the server.
    Catalogue(storage::Database& database, boost::json::object config)
        : database_(database), config_(std::move(config)) {}

    void routes(http::Router& router);

private:
    Async<http::Response> services(http::Request& request);
    Async<http::Response> service(http::Request& request);
    Async<http::Response> config(http::Request& request);

    storage::Database& database_;
    const boost::json::object config_;
};

}  // namespace kinora::api
