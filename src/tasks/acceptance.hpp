// tasks/acceptance.hpp: whether a call makes a task or joins the one that it made before.
//
// Both are decided in one transaction, so that of racing calls with one key one makes the task, and
// of racing resends one joins it.
#pragma once

#include "accounts/caller.hpp"
#include "base/result.hpp"
#include "storage/resend_rows.hpp"
#include "storage/retention_rows.hpp"
#include "storage/task_rows.hpp"

#include <string>
#include <vector>

namespace kinora::tasks {

inline constexpr Milliseconds kKeyHolds{24 * 60 * 60'000};
inline constexpr Milliseconds kEndedIsJoined{10 * 60'000};  // After its end, where nobody saw it.
inline constexpr Milliseconds kServerHolds{3'000};          // After a server last said it lives.
inline constexpr std::int64_t kQueuedMax = 100'000;         // Of the whole server.

// A server process whose calls wait for tasks.
struct ServerName {
    std::string id;       // Of this process alone.
    std::string node_id;  // The same at every start on its data folder.
};

// What a call is known by when it comes again.
struct Recognition {
    accounts::Caller caller;
    std::string key;           // Idempotency-Key; empty: none was sent.
    std::string request_hash;  // Of the body, whatever its form.
    bool blocking = false;     // The call waits for the end.
    ServerName server;         // Where it waits.
    std::string id;            // Its own, which no other call has.
    // Calls of this server whose clients have gone. What is not committed yet is known here
    // already.
    std::vector<std::string> gone;

    storage::Waiter waiter() const { return {server.id, id}; }
};

struct Acceptance {
    TaskId id;
    bool joined = false;  // It was there before.
};

// The task that the call joins; nothing where it has to make one. Fails with `conflict` where the
// key was used with another body. Changes who waits for the task.
Result<std::optional<Acceptance>> join_task(storage::Session& session, const Recognition& call,
                                            TimePoint now);

// The same, and where there is none to join, `task` and the files that came with it are written,
// and what it costs is held. Fails with too_many_requests where too many wait already, and as
// accounts::take_payment does; nothing is written then.
Result<Acceptance> accept_task(storage::Session& session, const Recognition& call,
                               const storage::TaskRow& task,
                               const std::vector<storage::FileRow>& files, TimePoint now);

// SHA-256, hex, of a body in the form that all its spellings share (api/canonical_json.hpp).
std::string hash_request(std::string_view canonical);

}  // namespace kinora::tasks
