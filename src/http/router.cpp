// http/router.cpp: literal paths by lookup, the few patterns with `{}` one by one.
#include "http/router.hpp"

#include "base/ensure.hpp"

#include <algorithm>

namespace kinora::http {
namespace {

bool has_place(std::string_view pattern) {
    return pattern.find("{}") != std::string_view::npos;
}

// Takes the first segment (without its '/') off `path`.
std::string_view next_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    const auto segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

std::optional<std::vector<std::string>> match_places(std::string_view pattern,
                                                     std::string_view path) {
    std::vector<std::string> parameters;
    while (!pattern.empty() && !path.empty()) {
        const auto wanted = next_segment(pattern);
        const auto found = next_segment(path);
        if (wanted == "{}") {
            if (found.empty()) return std::nullopt;
            parameters.emplace_back(found);
        } else if (wanted != found) {
            return std::nullopt;
        }
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return parameters;
}

bool answers(const Route& route, Method method) {
    return route.method == method || (method == Method::head && route.method == Method::get);
}

void allow(std::vector<Method>& allowed, Method method) {
    if (std::find(allowed.begin(), allowed.end(), method) == allowed.end())
        allowed.push_back(method);
}

}  // namespace

void Router::add(Route route) {
    const auto& pattern = route.pattern;
    ensure(!pattern.empty() && pattern.front() == '/', "a route's pattern begins with '/'");
    ensure(pattern == "/" || pattern.back() != '/', "a route's pattern has no slash at its end");
    auto& group = has_place(pattern) ? with_places_[pattern] : literal_[pattern];
    for (const auto& other : group)
        ensure(other->method != route.method, "a route was added twice");
    group.push_back(std::make_shared<const Route>(std::move(route)));
}

void Router::collect(const Group& group, Method method, std::vector<std::string> parameters,
                     Match& match) {
    match.path_known = true;
    for (const auto& route : group) {
        allow(match.allowed, route->method);
        if (route->method == Method::get) allow(match.allowed, Method::head);
        if (route->origins == Origins::any) match.origins = Origins::any;
        const bool exact = match.route != nullptr && match.route->method == method;
        if (exact || !answers(*route, method)) continue;
        if (match.route != nullptr && route->method != method) continue;
        match.route = route.get();
        match.parameters = parameters;
    }
}

Router::Match Router::find(Method method, std::string_view path) const {
    Match match;
    if (path.empty() || path.front() != '/') return match;
    const auto literal = literal_.find(path);
    if (literal != literal_.end()) collect(literal->second, method, {}, match);
    if (match.route != nullptr) return match;
    for (const auto& [pattern, group] : with_places_) {
        auto parameters = match_places(pattern, path);
        if (parameters) collect(group, method, std::move(*parameters), match);
    }
    return match;
}

std::vector<std::pair<Method, std::string>> Router::routes() const {
    std::vector<std::pair<Method, std::string>> all;
    for (const auto* groups : {&literal_, &with_places_}) {
        for (const auto& [pattern, group] : *groups) {
            for (const auto& route : group) all.emplace_back(route->method, pattern);
        }
    }
    return all;
}

}  // namespace kinora::http
