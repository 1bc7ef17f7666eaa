// storage/resend_rows.hpp: how a call that comes again finds the task it made before.
//
// With a key it is the key that decides, for a day. Without one, a blocking call joins the task of
// the same token and body whose caller is gone without the result. A caller is gone when its server
// says so, or when that server itself is gone: one whose calls wait says now and then that it
// lives.
#pragma once

#include "storage/task_rows.hpp"

namespace kinora::storage {

struct IdempotencyKey {
    CredentialId credential_id;
    std::string key;
    std::string request_hash;
    TaskId task_id;
    TimePoint created_at{};
};
// Nothing where there is none, or one from before `since`.
std::optional<IdempotencyKey> find_key(Session& session, CredentialId credential,
                                       std::string_view key, TimePoint since);
// False where the key is taken, since `since`; an older one is replaced.
bool insert_key(Session& session, const IdempotencyKey& key, TimePoint since);
std::int64_t forget_keys(Session& session, TimePoint before);

// A call that waits for a task: which of which server process. Empty: none.
struct Waiter {
    std::string server;
    std::string call;  // No other call has it.
    friend bool operator==(const Waiter&, const Waiter&) = default;
};

struct Unseen {
    TaskId id;
    Waiter waiter;
    // When that process says again that it lives, or is held for dead; nothing: it is dead.
    std::optional<TimePoint> waiter_alive_until;
    TimePoint waiter_beaten_at{};
};
// Tasks of blocking calls with that hash whose result nobody has got, unfinished or ended since
// `ended_since`: first those for which nobody waits, then server by server, oldest first; of each
// kind 100 at most.
std::vector<Unseen> find_unseen(Session& session, CredentialId credential,
                                std::string_view request_hash, TimePoint now,
                                TimePoint ended_since);
// From now on `waiter` waits for it. False where it is seen by now, or `former` does not wait for
// it any more.
bool take_over(Session& session, TaskId id, const Waiter& former, const Waiter& waiter);
// `waiter` does not wait for it any more. Nothing where another call does by now.
void leave_task(Session& session, TaskId id, const Waiter& waiter);
// Somebody has got the result.
void mark_seen(Session& session, TaskId id);
// The same for those of `ids` that have ended and for which nobody waits.
void mark_seen(Session& session, const std::vector<TaskId>& ids);

struct ServerBeat {
    std::string id;       // Of the process.
    std::string node_id;  // Of the data folder, the same at every start.
    TimePoint now{};
    TimePoint alive_until{};
};
void beat(Session& session, const ServerBeat& beat);
// All processes of that node are gone.
void forget_servers(Session& session, std::string_view node_id);

}  // namespace kinora::storage
