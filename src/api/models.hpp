// api/models.hpp: GET /api/v1/models/ and /api/v1/models/{id}/, what can be asked of this server.
//
// Public: a page offers these choices before anybody has logged in.
#pragma once

#include "engines/model.hpp"
#include "http/router.hpp"

#include <boost/json/object.hpp>
#include <vector>

namespace kinora::api {

class Models {
public:
    // Those that the workers of this server run.
    explicit Models(const std::vector<engines::Model>& models);

    void routes(http::Router& router);

private:
    Async<http::Response> list(http::Request& request) const;
    Async<http::Response> get(http::Request& request) const;

    std::vector<boost::json::object> models_;
};

}  // namespace kinora::api
