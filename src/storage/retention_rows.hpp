// storage/retention_rows.hpp: which files there should be, and when they stop being.
//
// A row is changed first, in a durable commit, and its file removed afterwards: a crash in between
// leaves a file without a reason, which the sweep finds, never a task that claims a file that is
// gone.
#pragma once

#include "storage/task_rows.hpp"

namespace kinora::storage {

// A picture that a caller brought along.
struct FileRow {
    std::string name;
    UserId user_id;
    TaskId task_id;  // That it came with.
    std::uint64_t size_bytes = 0;
    TimePoint created_at{};
    std::optional<TimePoint> expired_at;
};
void insert_file(Session& session, const FileRow& file);

// What there should be of a file of that name.
enum class FileFate { unknown, kept, expired };
FileFate fate_of(Session& session, std::string_view name);
// Those of `names` that there should not be; at most 500 names a call.
std::vector<std::string> unwanted_among(Session& session, const std::vector<std::string>& names);

// Marks clips and files from before `before` as expired (none where there is no such time), and
// uploads whose own time is over, at most `limit` of each; files that an unfinished task of their
// owner starts from stay for now. Gives the names to remove.
std::vector<std::string> expire_files(Session& session, std::optional<TimePoint> before,
                                      TimePoint now, int limit);

// Removes an ended task with its rows; gives the names of its files to remove. A file that another
// unfinished task of the user starts from becomes that one's. A delivery that is kept has a body.
enum class Delivery { removed, kept };
std::vector<std::string> delete_task(Session& session, const TaskRow& task, Delivery delivery,
                                     TimePoint now);
// Whether the user deleted a task with that id lately.
bool was_deleted(Session& session, TaskId id, UserId user, ApplicationId application);
std::int64_t forget_deleted(Session& session, TimePoint before);

// Those of `ids` that are being worked on; at most 500 ids a call.
std::vector<TaskId> processing_among(Session& session, const std::vector<TaskId>& ids);

}  // namespace kinora::storage
