// http/cors.hpp: what pages of other origins may do (the Fetch standard, "CORS protocol").
#pragma once

#include "http/router.hpp"

#include <string>
#include <string_view>

namespace kinora::http {

// "GET, HEAD, OPTIONS": the value of `Allow`. OPTIONS is always answered.
std::string allow_list(const std::vector<Method>& allowed);

// The answer to OPTIONS on a known path without a route of its own. A preflight is told the methods
// and headers only where the path is open to every origin.
Response answer_options(const Request& request, const Router::Match& match);

// Header lines of every answer of an open route.
std::string_view open_origin_lines();

// `asked` itself where it is a list of header names; the ones that our clients send otherwise.
std::string allowed_headers(std::string_view asked);

}  // namespace kinora::http
