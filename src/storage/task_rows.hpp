// storage/task_rows.hpp: a task and its clip, as rows.
//
// Which move of a task is allowed is settled in tasks/; here a move is applied only where the row
// is still in the state that the move starts from, so of two racers one wins and the other is told.
// All functions run inside the caller's transaction and throw where the database fails.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::storage {

class Session;

enum class TaskState { pending, processing, completed, failed, cancelled };
std::string_view to_string(TaskState state);
std::optional<TaskState> parse_task_state(std::string_view word);

// A clip that exists. The files' names are `<32 hex>.mp4` and `<32 hex>.jpg` in the media folder.
struct VideoRow {
    VideoId id;
    TaskId task_id;
    UserId user_id;
    std::string video_name;
    std::string thumbnail_name;
    int width = 0;
    int height = 0;
    int thumbnail_width = 0;
    int thumbnail_height = 0;
    double fps = 0;
    std::int64_t frame_count = 0;
    Milliseconds duration{0};
    std::string engine;
    std::uint64_t seed = 0;
    std::string notes_json;  // A JSON array of sentences.
    TimePoint created_at{};
    std::optional<TimePoint> expired_at;  // Its files are gone, or going.
};

struct TaskRow {
    TaskId id;
    UserId user_id;
    ApplicationId application_id;
    CredentialId credential_id;
    TraceId trace_id;
    std::string type;  // "videos".
    std::string api_id;
    TaskState state = TaskState::pending;
    std::string request_json;       // As the caller sent it.
    std::string brief_json;         // What tasks/ made of it: all a worker needs.
    std::string base_url;           // Of the submitting call: where links in callbacks start.
    std::string callback_url;       // Where its end is told; empty: nowhere.
    std::string callback_receiver;  // Host, port and path of that: "hooks.example:443/a".
    // Of a blocking call, so that a resend of it can join: what it asked for, the server process
    // whose call waits (empty: none), which call that is, and whether a caller has got the result.
    std::string request_hash;
    std::string waiter;
    std::string waiter_call;
    bool seen = true;
    int priority = 0;       // Higher goes first among the waiting of one user.
    std::int64_t turn = 0;  // Lower goes first; given by insert_task, see queue_rows.hpp.
    TimePoint created_at{};
    std::optional<TimePoint> started_at;  // Of the first attempt.
    std::optional<TimePoint> finished_at;
    int progress = 0;         // Percent, never falls.
    int attempt = 0;          // Attempts begun and not given back.
    Milliseconds worked{0};   // Work of all attempts together.
    std::string lease_owner;  // Empty: nobody works on it.
    std::optional<TimePoint> lease_until;
    std::string error_code;  // Of a failed or cancelled one: the contract's word.
    std::string error_message;
    std::optional<VideoRow> video;  // Of a completed one.
};

// Gives a waiting task its turn.
void insert_task(Session& session, const TaskRow& task);
std::optional<TaskRow> find_task(Session& session, TaskId id);

struct TaskFilter {
    std::optional<UserId> user_id;                // None: everybody's.
    std::optional<ApplicationId> application_id;  // Of that user, where one is named.
    std::optional<TaskState> state;
    std::optional<TimePoint> created_at_min;  // Inclusive, both.
    std::optional<TimePoint> created_at_max;
    int limit = 12;
    int offset = 0;
};
// Cancels every task of the user that has not ended.
void cancel_tasks_of(Session& session, UserId user, std::string_view message, TimePoint now);

struct TaskPage {
    std::vector<TaskRow> items;  // Newest first; ties by id.
    std::int64_t count = 0;      // All that match, whatever limit and offset.
};
TaskPage list_tasks(Session& session, const TaskFilter& filter);
// Those of `ids` that the user owns, in the order asked, each once.
std::vector<TaskRow> find_tasks(Session& session, UserId user_id, const std::vector<TaskId>& ids);

// Who holds a task: writes of a worker count only while its claim is the current one.
struct Claim {
    TaskId id;
    std::string owner;
    int attempt = 0;
};
// The next four answer false, and change nothing, where the claim is no longer the current one.
bool extend_lease(Session& session, const Claim& claim, int progress, Milliseconds worked,
                  TimePoint now, TimePoint until);
// Also inserts the clip's row.
bool complete_task(Session& session, const Claim& claim, const VideoRow& video, Milliseconds worked,
                   TimePoint now);
bool fail_task(Session& session, const Claim& claim, std::string_view code,
               std::string_view message, Milliseconds worked, TimePoint now);
// Back to pending with the attempt not counted.
bool return_task(Session& session, const Claim& claim, Milliseconds worked, TimePoint now);

// Whether the claim is still the current one.
bool is_current(Session& session, const Claim& claim);
// Until when somebody wants to see frames as they are drawn; nothing where nobody does.
std::optional<TimePoint> previews_wanted(Session& session, TaskId id);
void want_previews(Session& session, TaskId id, TimePoint until);

// Ends a task that has not ended; false, and nothing changed, where it has, or there is none.
bool cancel_task(Session& session, TaskId id, std::string_view message, TimePoint now);

struct LostLeases {
    std::vector<TaskId> returned;  // Pending again, the attempt counted.
    std::vector<TaskId> failed;    // `max_attempts` were begun: failed with `code` and `message`.
};
// Takes back leases that ran out before `now` (or lie so far ahead that the clock must have been
// set back), and every lease whose owner begins with `dead_owner_prefix` where that is not empty.
LostLeases take_back_leases(Session& session, TimePoint now, std::string_view dead_owner_prefix,
                            int max_attempts, std::string_view code, std::string_view message);

// Ids of tasks that ended, or were deleted, at `since` or later, at most `limit`.
std::vector<TaskId> tasks_finished_since(Session& session, TimePoint since, int limit);
// Those of `ids` that have ended or were deleted. For waiters' sweep; at most 500 ids a call.
std::vector<TaskId> ended_among(Session& session, const std::vector<TaskId>& ids);
std::int64_t count_tasks(Session& session, TaskState state);

// A finished clip, and what it was made for.
struct ClipSource {
    std::string video_name;
    std::string brief_json;
    bool expired = false;
};
// Nothing where there is no such clip or it is somebody else's.
std::optional<ClipSource> find_clip(Session& session, UserId user_id, VideoId id);
// By the name of its media file, whoever owns it: the name is a secret that its owner told.
std::optional<ClipSource> find_clip(Session& session, std::string_view video_name);

}  // namespace kinora::storage
