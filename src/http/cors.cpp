// http/cors.cpp: words the CORS headers.
#include "http/cors.hpp"

#include "http/authority.hpp"

#include <algorithm>

namespace kinora::http {
namespace {

constexpr std::string_view kUsualHeaders =
    "Authorization, Content-Type, Accept, Idempotency-Key, X-Trace-Id";

bool is_header_list(std::string_view list) {
    if (list.empty() || list.size() > 4096) return false;
    while (true) {
        const auto comma = std::min(list.find(','), list.size());
        auto name = list.substr(0, comma);
        while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
        while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
        if (!is_token(name)) return false;
        if (comma == list.size()) return true;
        list.remove_prefix(comma + 1);
    }
}

}  // namespace

std::string allow_list(const std::vector<Method>& allowed) {
    std::string list;
    for (const auto method : allowed) {
        if (method == Method::options) continue;
        list += name_of(method);
        list += ", ";
    }
    return list + "OPTIONS";
}

// "*" would leave out Authorization, which has to be named (Fetch, "CORS-safelisted").
std::string allowed_headers(std::string_view asked) {
    return std::string(is_header_list(asked) ? asked : kUsualHeaders);
}

Response answer_options(const Request& request, const Router::Match& match) {
    auto response = Response::empty(204);
    const bool is_preflight = !request.header("Access-Control-Request-Method").empty();
    if (!is_preflight || match.origins != Origins::any) {
        response.set("Allow", allow_list(match.allowed));
        return response;
    }
    response.set("Access-Control-Allow-Methods", allow_list(match.allowed));
    response.set("Access-Control-Allow-Headers",
                 allowed_headers(request.header("Access-Control-Request-Headers")));
    response.set("Access-Control-Max-Age", "86400");
    return response;
}

std::string_view open_origin_lines() {
    return "Access-Control-Allow-Origin: *\r\n"
           "Access-Control-Expose-Headers: X-Trace-Id, Location, Retry-After, RateLimit-Limit, "
           "RateLimit-Remaining, RateLimit-Reset, ETag, Content-Range, Accept-Ranges\r\n";
}

}  // namespace kinora::http
