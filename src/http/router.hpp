// http/router.hpp: which handler answers which path.
#pragma once

#include "http/message.hpp"

#include <functional>
#include <map>
#include <memory>

namespace kinora::http {

// Runs on the connection's strand; may suspend for as long as it likes. What it throws becomes a
// 500 and a line in the log.
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
    // A GET route answers HEAD too; the server leaves the body out. `ensure`s that no route
    // repeats.
    void add(Route route);

    struct Match {
        const Route* route = nullptr;
        std::vector<std::string> parameters;
        bool path_known = false;      // False: 404. True without a route: 405.
        std::vector<Method> allowed;  // What the path takes, for `Allow`.
        Origins origins = Origins::same;
    };
    // A literal path wins over one with places. The route lives as long as the router.
    Match find(Method method, std::string_view path) const;
    // All that were added, by pattern.
    std::vector<std::pair<Method, std::string>> routes() const;

private:
    // Shared, for a router is copied into its server and a Match points at the route.
    using Group = std::vector<std::shared_ptr<const Route>>;
    static void collect(const Group& group, Method method, std::vector<std::string> parameters,
                        Match& match);

    std::map<std::string, Group, std::less<>> literal_;      // By the whole path.
    std::map<std::string, Group, std::less<>> with_places_;  // By pattern.
};

}  // namespace kinora::http
