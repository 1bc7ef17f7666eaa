#include "api/files.hpp"

#include "api/fields.hpp"
#include "api/json_text.hpp"
#include "api/page.hpp"
#include "api/status.hpp"
#include "api/times.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace kinora::api {
namespace json = boost::json;
namespace {

// Beside the file: boundaries, headers and small fields of the form.
constexpr std::size_t kFormBytes = 256 * 1024;

std::string url_of(const storage::UploadRow& file, const std::string& base_url) {
    return base_url + "/media/" + file.name;
}

json::value expiry_of(const storage::UploadRow& file) {
    return file.expires_at ? json::value(to_rfc3339(*file.expires_at)) : json::value();
}

json::object file_json(const storage::UploadRow& file, const std::string& base_url) {
    return {{"name", file.name},
            {"url", url_of(file, base_url)},
            {"size", file.size_bytes},
            {"content_type", storage::media_type_of(file.name)},
            {"created_at", to_rfc3339(file.created_at)},
            {"expires_at", expiry_of(file)}};
}

}  // namespace

void Files::routes(http::Router& router) {
    const auto body_limit =
        std::max(options_.limits.image_bytes_max, options_.limits.video_bytes_max) + kFormBytes;
    for (const auto* path : {"/files/upload", "/api/v1/files"}) {
        router.add({http::Method::post, path,
                    [this](http::Request& request) { return post(request); }, body_limit,
                    http::Origins::any});
    }
    router.add({http::Method::get, "/api/v1/files",
                [this](http::Request& request) { return list(request); }, 0, http::Origins::any});
    router.add({http::Method::del, "/api/v1/files/{}",
                [this](http::Request& request) { return remove(request); }, 0, http::Origins::any});
}

Async<http::Response> Files::post(http::Request& request) {
    const auto file = co_await receive(request);
    if (!file) co_return to_response(file.error(), request.trace_id);
    const json::object body{{"success", true},
                            {"url", url_of(*file, request.base_url)},
                            {"expires_at", expiry_of(*file)},
                            {"name", file->name},
                            {"size", file->size_bytes},
                            {"content_type", storage::media_type_of(file->name)}};
    co_return http::Response::json_text(201, to_text(body));
}

Async<http::Response> Files::list(http::Request& request) {
    const auto reach = co_await parts_.access.reader(request);
    if (!reach) co_return to_response(reach.error(), request.trace_id);
    const auto slice = read_slice(request.query);
    if (!slice) co_return to_response(slice.error(), request.trace_id);
    auto find = [user = reach->user_id, slice = *slice,
                 now = parts_.clock.now()](storage::Session& session) {
        return storage::list_uploads(session, user, now, slice);
    };
    const auto files = co_await parts_.database.read(std::move(find));
    const auto to_json = [&](const auto& file) { return file_json(file, request.base_url); };
    co_return http::Response::json_text(200, list_text(files, to_json));
}

Async<http::Response> Files::remove(http::Request& request) {
    const auto reach = co_await parts_.access.reader(request);
    if (!reach) co_return to_response(reach.error(), request.trace_id);
    const auto name = request.parameters.front();
    auto end = [user = reach->user_id, name, now = parts_.clock.now()](storage::Session& session) {
        return storage::end_upload(session, user, name, now);
    };
    const auto ended = co_await parts_.database.write(std::move(end));
    if (ended == storage::UploadEnd::unknown) {
        const Error error(ErrorCode::not_found, "You have no file of this name.");
        co_return to_response(error, request.trace_id);
    }
    if (ended == storage::UploadEnd::expired) {
        auto remove = [this, name] {
            parts_.media.remove(name);
            return true;
        };
        co_await parts_.pool.run(std::move(remove));
    }
    co_return http::Response::empty(204);
}

Async<Result<storage::UploadRow>> Files::receive(http::Request& request) {
    const auto reach = co_await parts_.access.reader(request);
    if (!reach) co_return reach.error();
    const auto room = co_await check_room(reach->user_id);
    if (!room) co_return room.error();
    Upload upload(parts_.media, parts_.room, parts_.pool, parts_.random, options_.limits);
    const auto received = co_await upload.receive(request);
    if (!received) co_return received.error();
    co_return co_await publish(reach->user_id, upload);
}

Async<Result<void>> Files::check_room(UserId user) {
    auto check = [this] { return parts_.room.check(); };
    const auto room = co_await parts_.pool.run(std::move(check));
    if (!room) co_return room.error();
    auto sum = [user](storage::Session& session) { return storage::uploaded_bytes(session, user); };
    const auto kept_bytes = co_await parts_.database.read(std::move(sum));
    if (kept_bytes >= options_.user_bytes_max) co_return has_enough();
    co_return ok();
}

Async<Result<storage::UploadRow>> Files::publish(UserId user, Upload& upload) {
    storage::UploadRow row;
    row.name = storage::make_media_name(upload.ending(), parts_.random);
    row.user_id = user;
    row.size_bytes = upload.file().size_bytes();
    row.created_at = parts_.clock.now();
    if (options_.kept.count() > 0) row.expires_at = row.created_at + options_.kept;
    auto give_name = [&upload, name = row.name] { return upload.file().publish(name); };
    const auto named = co_await parts_.pool.run(std::move(give_name));
    if (!named) co_return named.error();
    // Uploads that came at the same time do not see each other before this.
    auto insert = [row, bytes_max = options_.user_bytes_max](storage::Session& session) {
        const bool fits =
            storage::uploaded_bytes(session, row.user_id) + row.size_bytes <= bytes_max;
        if (fits) storage::insert_upload(session, row);
        return fits;
    };
    bool fits = false;
    try {
        fits = co_await parts_.database.write(std::move(insert));
    } catch (const storage::DiskFull&) {
        throw;  // Nothing was written.
    } catch (...) {
        upload.file().keep();  // The commit may have happened; the sweep finds an orphan.
        throw;
    }
    if (!fits) co_return has_enough();
    upload.file().keep();
    co_return row;
}

Error Files::has_enough() const {
    return {ErrorCode::too_large, "With this file your uploads would take more than the " +
                                      std::to_string(options_.user_bytes_max) +
                                      " bytes that are kept; delete some of them."};
}

}  // namespace kinora::api
