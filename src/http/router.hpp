// http/router.hpp: which handler answers which path.
#pragma once

#include "http/message.hpp"

#include <map>

namespace kinora::http {

// Runs on the connection's strand; may suspend for as long as it likes. What it throws becomes a 500
// and a line in the log.
using Handler = std::function<Async<Response>(Request&)>;

enum class Origins {
    same,  // No CORS headers.
    any,   // Every origin, without credentials; preflights are answered by the router.
};

struct Route {
    Method method = Method::get;
    std::string pattern;  // "/luma/videos", "/media/{}": `{}` matches one segment.
    Handler handler;
    std::size_t body_limit_bytes = 1024 * 1024;
    Origins origins = Origins::same;
};

class Router {
public:
    // A GET route answers HEAD too; the server leaves the body out. `ensure`s that no route repeats.
    void add(Route route);

    struct Match {
        const Route* route = nullptr;
        std::vector<std::string> parameters;
        bool path_known = false;      // False: 404. True without a route: 405.
        std::vector<Method> allowed;  // What the path takes, for `Allow`.
        Origins origins = Origins::same;
    };
    Match find(Method method, std::string_view path) const;

private:
    std::vector<Route> routes_;
};

}  // namespace kinora::http
