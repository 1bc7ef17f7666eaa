#include "api/media.hpp"

#include "api/status.hpp"
#include "http/files.hpp"

namespace kinora::api {
namespace {

// A name stands for one content for ever.
constexpr const char* kCacheControl = "public, max-age=31536000, immutable";

}  // namespace

void Media::routes(http::Router& router) {
    router.add({http::Method::get, "/media/{}",
                [this](http::Request& request) { return get(request); }, 0, http::Origins::any});
}

Async<http::Response> Media::get(http::Request& request) {
    auto open = [this, name = request.parameters.front()] { return folder_.open_file(name); };
    const auto file = co_await pool_.run(std::move(open));
    if (!file) co_return to_response(file.error(), request.trace_id);
    const auto& name = request.parameters.front();
    http::FileFacts facts;
    facts.size_bytes = file->size_bytes;
    facts.etag = '"' + name.substr(0, name.find('.')) + '"';
    facts.content_type = storage::media_type_of(name);
    facts.cache_control = kCacheControl;
    facts.modified = from_unix_ms(file->modified_unix_s * 1000);
    auto response = http::serve_file(request, file->descriptor, facts);
    // Some of them are strangers' bytes: they are what we say, and never a page.
    response.set("X-Content-Type-Options", "nosniff");
    co_return response;
}

}  // namespace kinora::api
