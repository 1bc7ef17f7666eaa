// api/upload.hpp: one file on its way from a form into the media folder.
//
// What it is, its first bytes say; its name and its Content-Type do not count. It goes to disk as
// it comes, so that no upload is held in memory, and is gone again where the call fails.
#pragma once

#include "base/pool.hpp"
#include "base/random.hpp"
#include "http/message.hpp"
#include "http/multipart.hpp"
#include "storage/disk_room.hpp"
#include "storage/media_kind.hpp"
#include "tasks/inputs.hpp"

#include <optional>
#include <string>

namespace kinora::api {

struct UploadLimits {
    std::uint64_t image_bytes_max = tasks::kImageBytesMax;
    std::uint64_t video_bytes_max = tasks::kVideoBytesMax;
};

class Upload {
public:
    // All of these outlive it.
    Upload(const storage::MediaFolder& media, const storage::DiskRoom& room, Pool& pool,
           Random& random, UploadLimits limits)
        : media_(media), room_(room), pool_(pool), random_(random), limits_(limits) {}

    // Reads the request's form up to its end. Fails with unsupported_media_type where it is none,
    // bad_request where it is broken or its part `file` is missing or of no use, too_large, and
    // unavailable where there is no room.
    Async<Result<void>> receive(http::Request& request);

    // Once it is received.
    storage::IncomingFile& file() { return *file_; }
    std::string_view ending() const { return kind_.ending; }

private:
    Async<Result<void>> take_events(http::MultipartParser& parser);
    Async<Result<void>> take(std::string_view bytes);
    // Looks what it is.
    Async<Result<void>> begin();
    Async<Result<void>> write(std::string_view bytes);

    const storage::MediaFolder& media_;
    const storage::DiskRoom& room_;
    Pool& pool_;
    Random& random_;
    const UploadLimits limits_;
    bool in_file_ = false;  // The part that is being read is the file.
    std::string head_;      // Of the file, before it is known what it is.
    storage::FileKind kind_;
    std::optional<storage::IncomingFile> file_;
    std::uint64_t room_for_bytes_ = 0;  // Up to there the room has been looked at.
};

}  // namespace kinora::api
