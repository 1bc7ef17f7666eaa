#include "api/media.hpp"

#include "api/status.hpp"
#include "http/files.hpp"
#include "storage/retention_rows.hpp"

#include <algorithm>

namespace kinora::api {
namespace {

// A name stands for one content for ever; caches need not keep it longer than we do.
std::string cache_control(Milliseconds retention) {
    constexpr std::chrono::seconds kYear{31'536'000};
    const auto kept = std::chrono::duration_cast<std::chrono::seconds>(retention);
    const auto age = retention.count() == 0 ? kYear : std::min(kept, kYear);
    return "public, max-age=" + std::to_string(age.count()) + ", immutable";
}

}  // namespace

void Media::routes(http::Router& router) {
    router.add({http::Method::get, "/media/{}",
                [this](http::Request& request) { return get(request); }, 0, http::Origins::any});
}

Async<http::Response> Media::get(http::Request& request) {
    auto open = [this, name = request.parameters.front()] { return folder_.open_file(name); };
    const auto file = co_await pool_.run(std::move(open));
    if (!file) {
        auto error = file.error();
        if (error.code() == ErrorCode::not_found)
            error = co_await why_missing(request.parameters.front());
        co_return to_response(error, request.trace_id);
    }
    const auto& name = request.parameters.front();
    http::FileFacts facts;
    facts.size_bytes = file->size_bytes;
    facts.etag = '"' + name.substr(0, name.find('.')) + '"';
    facts.content_type = storage::media_type_of(name);
    facts.cache_control = cache_control(retention_);
    facts.modified = from_unix_ms(file->modified_unix_s * 1000);
    // Some of them are strangers' bytes, and never a page: every answer says `nosniff`
    // (http/head.cpp).
    co_return http::serve_file(request, file->descriptor, facts);
}

Async<Error> Media::why_missing(std::string name) {
    auto fate = storage::FileFate::unknown;
    if (storage::is_media_name(name)) {
        auto look = [&name](storage::Session& session) { return storage::fate_of(session, name); };
        fate = co_await database_.read(std::move(look));
    }
    if (fate == storage::FileFate::expired) {
        co_return Error(ErrorCode::expired, "This file was kept for its time, and that is over.");
    }
    co_return Error(ErrorCode::not_found, "There is no such file.");
}

}  // namespace kinora::api
