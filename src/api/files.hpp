// api/files.hpp: POST /files/upload and /api/v1/files/, pictures and clips that people send ahead.
//
// The answer's URL can be named by tasks as start_image_url, end_image_url or video_url, and nobody
// can guess it. A file belongs to the user; all tokens of that user see it.
#pragma once

#include "api/access.hpp"
#include "api/upload.hpp"
#include "storage/upload_rows.hpp"

namespace kinora::api {

struct FilesOptions {
    Milliseconds kept = std::chrono::hours(7 * 24);  // 0: as long as files that came with tasks.
    std::uint64_t user_bytes_max = 2'000'000'000;    // Of all uploads of a user that are there.
    UploadLimits limits;
};

// What of the rest of the program the calls need; all of it outlives the server.
struct FilesParts {
    storage::Database& database;
    const storage::MediaFolder& media;
    const storage::DiskRoom& room;
    Pool& pool;
    Access& access;
    const Clock& clock;
    Random& random;
};

class Files {
public:
    explicit Files(FilesParts parts, FilesOptions options = {})
        : parts_(parts), options_(options) {}

    void routes(http::Router& router);

private:
    Async<http::Response> post(http::Request& request);
    Async<http::Response> list(http::Request& request);
    Async<http::Response> remove(http::Request& request);

    Async<Result<storage::UploadRow>> receive(http::Request& request);
    // Whether the user and the disk may have more; before the body is read.
    Async<Result<void>> check_room(UserId user);
    // Gives the file its name and its row. Where either fails it is gone.
    Async<Result<storage::UploadRow>> publish(UserId user, Upload& upload);
    Error has_enough() const;

    const FilesParts parts_;
    const FilesOptions options_;
};

}  // namespace kinora::api
