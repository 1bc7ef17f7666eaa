#include "tasks/acceptance.hpp"

#include "accounts/applications.hpp"
#include "accounts/token.hpp"
#include "storage/queue_rows.hpp"

#include <algorithm>

namespace kinora::tasks {
namespace {

using storage::Session;

constexpr int kRetryAfterSeconds = 5;

bool may_take_over(const storage::Unseen& task, const Recognition& call) {
    if (task.waiter.server.empty() || !task.waiter_alive_until) return true;
    return task.waiter.server == call.server.id &&
           std::find(call.gone.begin(), call.gone.end(), task.waiter.call) != call.gone.end();
}

std::optional<Acceptance> join_unseen(Session& session, const Recognition& call, TimePoint now) {
    const auto unseen = storage::find_unseen(session, call.caller.credential_id, call.request_hash,
                                             now, now - kEndedIsJoined);
    for (const auto& task : unseen) {
        if (!may_take_over(task, call)) continue;
        if (storage::take_over(session, task.id, task.waiter, call.waiter())) {
            return Acceptance{task.id, true};
        }
    }
    return std::nullopt;
}

// A blocking call with a key waits as well, so that its own going away is noticed.
void wait_with_key(Session& session, const Recognition& call, TaskId id, TimePoint now) {
    const auto unseen = storage::find_unseen(session, call.caller.credential_id, call.request_hash,
                                             now, now - kEndedIsJoined);
    for (const auto& task : unseen) {
        if (task.id == id && may_take_over(task, call))
            storage::take_over(session, id, task.waiter, call.waiter());
    }
}

void say_we_live(Session& session, const ServerName& server, TimePoint now) {
    storage::beat(session, {server.id, server.node_id, now, now + kServerHolds});
}

Result<void> check_room(Session& session, const Recognition& call) {
    const auto& limits = call.caller.limits;
    const auto waiting =
        limits.queued == 0
            ? 0
            : storage::count_waiting(session, call.caller.credential_id, limits.queued);
    if (limits.queued > 0 && waiting >= limits.queued) {
        return Error(ErrorCode::too_many_requests,
                     "This token has " + std::to_string(limits.queued) +
                         " tasks waiting, which is all it may. Wait until some are done.")
            .with({limits.queued, 0, kRetryAfterSeconds});
    }
    return ok();
}

}  // namespace

Result<std::optional<Acceptance>> join_task(Session& session, const Recognition& call,
                                            TimePoint now) {
    if (call.blocking) say_we_live(session, call.server, now);
    if (call.key.empty()) {
        return call.blocking ? join_unseen(session, call, now) : std::optional<Acceptance>();
    }
    const auto key =
        storage::find_key(session, call.caller.credential_id, call.key, now - kKeyHolds);
    if (!key) return std::optional<Acceptance>();
    if (key->request_hash != call.request_hash) {
        return Error(ErrorCode::conflict,
                     "This Idempotency-Key was used with another body. Send the same body again, "
                     "or another key.");
    }
    if (call.blocking) wait_with_key(session, call, key->task_id, now);
    return std::optional(Acceptance{key->task_id, true});
}

Result<Acceptance> accept_task(Session& session, const Recognition& call,
                               const storage::TaskRow& task,
                               const std::vector<storage::FileRow>& files, TimePoint now) {
    auto joined = join_task(session, call, now);
    if (!joined) return joined.error();
    if (*joined) return **joined;
    const auto room = check_room(session, call);
    if (!room) return room.error();
    const auto payment = accounts::take_payment(session, call.caller, task.api_id);
    if (!payment) return payment.error();
    if (!call.key.empty()) {
        const bool mine = storage::insert_key(
            session, {call.caller.credential_id, call.key, call.request_hash, task.id, now},
            now - kKeyHolds);
        if (!mine) {  // Another server was quicker, in this very moment.
            if (*payment) accounts::return_payment(session, **payment);
            joined = join_task(session, call, now);
            if (!joined) return joined.error();
            if (*joined) return **joined;
            return Error(ErrorCode::unavailable, "Another call with this key is under way.");
        }
    }
    auto row = task;
    row.request_hash = call.blocking ? call.request_hash : std::string();
    row.waiter = call.blocking ? call.server.id : std::string();
    row.waiter_call = call.blocking ? call.id : std::string();
    row.seen = !call.blocking;
    storage::insert_task(session, row);
    if (*payment) accounts::note_payment(session, **payment, row.id, now);
    for (const auto& file : files) storage::insert_file(session, file);
    return Acceptance{task.id, false};
}

std::string hash_request(std::string_view canonical) {
    return accounts::hash_token(canonical);
}

}  // namespace kinora::tasks
