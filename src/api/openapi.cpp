#include "api/openapi.hpp"

#include "api/openapi_text.hpp"
#include "base/ensure.hpp"

#include <array>
#include <boost/json.hpp>
#include <cstdio>

namespace kinora::api {
namespace json = boost::json;
namespace {

// FNV-1a, which goes on from where it was; the same on every server of a version.
std::uint64_t hash_on(std::uint64_t hash, std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

std::string tag_of(std::uint64_t hash) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "\"%016llx\"", static_cast<unsigned long long>(hash));
    return text.data();
}

}  // namespace

OpenApi::OpenApi() {
    constexpr std::string_view kPlace = "kinora:base-url";
    auto document = json::parse({kOpenApiText.data(), kOpenApiText.size()}).as_object();
    document["servers"] = json::array{json::object{{"url", kPlace}}};
    const auto text = json::serialize(document);
    const auto at = text.find(kPlace);
    ensure(at != std::string::npos, "the document names its server");
    before_url_ = text.substr(0, at - 1);  // With neither of the place's quotes.
    after_url_ = text.substr(at + kPlace.size() + 1);
    hash_ = hash_on(hash_on(0xcbf29ce484222325ULL, before_url_), after_url_);
}

void OpenApi::routes(http::Router& router) {
    router.add({http::Method::get, "/openapi.json",
                [this](http::Request& request) { return get(request); }, 0, http::Origins::any});
}

Async<http::Response> OpenApi::get(http::Request& request) const {
    const auto tag = tag_of(hash_on(hash_, request.base_url));
    // Ours has no comma and no quote inside, so it can only be found as a whole.
    const auto known = request.header("If-None-Match");
    http::Response response;
    if (known == "*" || known.find(tag) != std::string_view::npos) {
        response = http::Response::empty(304);
    } else {
        const auto url = json::serialize(json::value(request.base_url));
        std::string text;
        text.reserve(before_url_.size() + url.size() + after_url_.size());
        text.append(before_url_).append(url).append(after_url_);
        response = http::Response::json_text(200, std::move(text));
    }
    response.set("ETag", tag);
    response.set("Cache-Control", "no-cache");
    co_return response;
}

}  // namespace kinora::api
