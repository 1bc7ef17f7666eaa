// storage/upload_rows.hpp: files that people sent by themselves, before any task needs them.
//
// Each has a time of its own, which janitors keep to (expire_files in retention_rows.hpp).
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "storage/page.hpp"

#include <optional>
#include <string>

namespace kinora::storage {

class Session;

struct UploadRow {
    std::string name;  // In the media folder.
    UserId user_id;
    std::uint64_t size_bytes = 0;
    TimePoint created_at{};
    std::optional<TimePoint> expires_at;  // None: with the server's other files.
};
void insert_upload(Session& session, const UploadRow& upload);

// Of the user, and not over at `now`.
Listed<UploadRow> list_uploads(Session& session, UserId user, TimePoint now, const Slice& slice);
// What all uploads of the user take that are still there.
std::uint64_t uploaded_bytes(Session& session, UserId user);

// Ends an upload of the user before its time. One that an unfinished task starts from is only
// hidden, and goes when that task has ended.
enum class UploadEnd { unknown, hidden, expired };
UploadEnd end_upload(Session& session, UserId user, std::string_view name, TimePoint now);

}  // namespace kinora::storage
