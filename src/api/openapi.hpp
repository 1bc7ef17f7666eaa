// api/openapi.hpp: GET /openapi.json, the description of all that this server answers.
//
// Public: it is for who does not know yet how to call. `servers` says where the caller reached us.
#pragma once

#include "http/router.hpp"

#include <cstdint>
#include <string>

namespace kinora::api {

class OpenApi {
public:
    // Reads the document that the build put into the program.
    OpenApi();

    void routes(http::Router& router);

private:
    Async<http::Response> get(http::Request& request) const;

    std::string before_url_;
    std::string after_url_;
    std::uint64_t hash_ = 0;  // Of the two.
};

}  // namespace kinora::api
