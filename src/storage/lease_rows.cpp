// storage/lease_rows.cpp: the moves of a task that is claimed, worked on and ended; queue_rows.cpp
// has the claim itself.
//
// Each is an UPDATE that names the state, the owner and the attempt that it starts from.
#include "storage/delivery_rows.hpp"
#include "storage/event_rows.hpp"
#include "storage/ledger_rows.hpp"
#include "storage/task_record.hpp"
#include "storage/task_rows.hpp"

namespace kinora::storage {

namespace {

// No lease is ever this long.
constexpr Milliseconds kFarAhead{10 * 60'000};

// What goes with every end, in the same transaction.
void end_task(Session& session, TaskId id, TimePoint now) {
    log_event(session, id, now);
    owe_delivery(session, id, now);
    settle_task(session, id, now);
    session.mark_tasks_changed();
}

constexpr const char* kIfClaimed =
    " WHERE id = :id AND state = 'processing' AND lease_owner = :lease_owner AND attempt = "
    ":attempt";

// What every move of a claim binds; `set` may use :worked_ms, and what `bind` adds.
struct ClaimedMove {
    ClaimedMove(Session& session, const std::string& set)
        : query(session, "UPDATE tasks SET " + set + kIfClaimed) {
        query.in("worked_ms", worked_ms)
            .in("id", id)
            .in("lease_owner", owner)
            .in("attempt", attempt);
    }
    bool run(Session& session, const Claim& claim, Milliseconds worked) {
        id = claim.id.str();
        owner = claim.owner;
        attempt = claim.attempt;
        worked_ms = worked.count();
        if (query.run() == 0) return false;
        session.mark_tasks_changed();
        return true;
    }

    std::string id, owner;
    int attempt = 0;
    long long worked_ms = 0;
    Query query;
};

struct ExtendLease : ClaimedMove {
    explicit ExtendLease(Session& session)
        : ClaimedMove(session,
                      "worked_ms = :worked_ms, lease_until = :lease_until, progress = "
                      "CASE WHEN progress < :reached THEN :progress ELSE progress END") {
        query.in("lease_until", until).in("reached", progress).in("progress", progress);
    }
    long long until = 0;
    int progress = 0;
};

struct HeldLease {
    TaskId id;
    std::string owner;
    int attempt = 0;
    NullableTime until;
};

// Few: no more than there are workers' threads.
std::vector<HeldLease> held_leases(Session& session) {
    std::string id;
    HeldLease lease;
    Query query(session,
                "SELECT id, lease_owner, attempt, lease_until FROM tasks "
                "WHERE state = 'processing' ORDER BY created_at, id");
    query.out(id).out(lease.owner).out(lease.attempt).out(lease.until);
    std::vector<HeldLease> leases;
    for (bool more = query.first(); more; more = query.next()) {
        lease.id = id_of<TaskId>(id);
        leases.push_back(lease);
    }
    return leases;
}

}  // namespace

bool extend_lease(Session& session, const Claim& claim, int progress, Milliseconds worked,
                  TimePoint now, TimePoint until) {
    auto& extend = session.prepared<ExtendLease>();
    extend.until = to_unix_ms(until);
    extend.progress = progress;
    if (!extend.run(session, claim, worked)) return false;
    log_progress(session, claim.id, now);
    return true;
}

bool complete_task(Session& session, const Claim& claim, const VideoRow& video, Milliseconds worked,
                   TimePoint now) {
    long long finished_at = to_unix_ms(now);
    ClaimedMove move(session,
                     "state = 'completed', progress = 100, worked_ms = :worked_ms, "
                     "finished_at = :finished_at, lease_owner = '', lease_until = NULL");
    move.query.in("finished_at", finished_at);
    if (!move.run(session, claim, worked)) return false;

    auto& insert = session.prepared<Insert<VideoRecord>>();
    insert.record = VideoRecord(video);
    insert.query.run();
    end_task(session, claim.id, now);
    return true;
}

bool fail_task(Session& session, const Claim& claim, std::string_view code,
               std::string_view message, Milliseconds worked, TimePoint now) {
    long long finished_at = to_unix_ms(now);
    std::string error_code(code);
    std::string error_message(message);
    ClaimedMove move(session,
                     "state = 'failed', worked_ms = :worked_ms, "
                     "error_code = :error_code, error_message = :error_message, "
                     "finished_at = :finished_at, lease_owner = '', lease_until = NULL");
    move.query.in("error_code", error_code)
        .in("error_message", error_message)
        .in("finished_at", finished_at);
    if (!move.run(session, claim, worked)) return false;
    end_task(session, claim.id, now);
    return true;
}

bool return_task(Session& session, const Claim& claim, Milliseconds worked, TimePoint now) {
    ClaimedMove move(session,
                     "state = 'pending', attempt = attempt - 1, worked_ms = :worked_ms, "
                     "lease_owner = '', lease_until = NULL");
    if (!move.run(session, claim, worked)) return false;
    log_event(session, claim.id, now);
    return true;
}

bool is_current(Session& session, const Claim& claim) {
    auto id = claim.id.str();
    auto owner = claim.owner;
    auto attempt = claim.attempt;
    int found = 0;
    Query query(session, std::string("SELECT 1 FROM tasks") + kIfClaimed);
    return query.out(found).in("id", id).in("lease_owner", owner).in("attempt", attempt).only();
}

std::optional<TimePoint> previews_wanted(Session& session, TaskId id) {
    auto key = id.str();
    NullableTime until;
    Query query(session, "SELECT previews_until FROM tasks WHERE id = :id");
    query.out(until).in("id", key).only();
    return until.get();
}

void want_previews(Session& session, TaskId id, TimePoint until) {
    auto key = id.str();
    long long until_ms = to_unix_ms(until);
    Query query(session, "UPDATE tasks SET previews_until = :until WHERE id = :id");
    if (query.in("until", until_ms).in("id", key).run() > 0) session.mark_tasks_changed();
}

bool cancel_task(Session& session, TaskId id, std::string_view message, TimePoint now) {
    auto key = id.str();
    std::string error_message(message);
    long long finished_at = to_unix_ms(now);
    Query query(session,
                "UPDATE tasks SET state = 'cancelled', error_code = 'cancelled', "
                "error_message = :error_message, finished_at = :finished_at, lease_owner = '', "
                "lease_until = NULL WHERE id = :id AND state IN ('pending', 'processing')");
    query.in("error_message", error_message).in("finished_at", finished_at).in("id", key);
    if (query.run() == 0) return false;
    end_task(session, id, now);
    return true;
}

void cancel_tasks_of(Session& session, UserId user, std::string_view message, TimePoint now) {
    std::vector<TaskId> ids;
    for (const std::string state : {"pending", "processing"}) {
        std::string id, user_id = user.str();
        Query query(session, "SELECT id FROM tasks WHERE user_id = :user_id AND state = '" + state +
                                 "' ORDER BY created_at, id");
        query.out(id).in("user_id", user_id);
        for (bool more = query.first(); more; more = query.next()) ids.push_back(id_of<TaskId>(id));
    }
    for (const auto& id : ids) cancel_task(session, id, message, now);
}

LostLeases take_back_leases(Session& session, TimePoint now, std::string_view dead_owner_prefix,
                            int max_attempts, std::string_view code, std::string_view message) {
    // The lease's end is in the condition too: a heartbeat may have come since it was looked at.
    static const std::string kIfHeld = std::string(kIfClaimed) + " AND lease_until = :lease_until";
    HeldLease lease;
    std::string id;
    std::string error_code(code);
    std::string error_message(message);
    long long finished_at = to_unix_ms(now);
    const auto bind_lease = [&](Query& query) {
        query.in("id", id)
            .in("lease_owner", lease.owner)
            .in("attempt", lease.attempt)
            .in("lease_until", lease.until);
    };
    Query give_back(session,
                    "UPDATE tasks SET state = 'pending', lease_owner = '', "
                    "lease_until = NULL" +
                        kIfHeld);
    bind_lease(give_back);
    Query give_up(session,
                  "UPDATE tasks SET state = 'failed', error_code = :error_code, "
                  "error_message = :error_message, finished_at = :finished_at, "
                  "lease_owner = '', lease_until = NULL" +
                      kIfHeld);
    give_up.in("error_code", error_code)
        .in("error_message", error_message)
        .in("finished_at", finished_at);
    bind_lease(give_up);

    LostLeases lost;
    for (const auto& held : held_leases(session)) {
        const bool dead = !dead_owner_prefix.empty() && held.owner.starts_with(dead_owner_prefix);
        const auto until = held.until.get().value_or(TimePoint::min());
        const bool ran_out = until < now || until > now + kFarAhead;
        if (!dead && !ran_out) continue;
        lease = held;
        id = held.id.str();
        const bool last_attempt = held.attempt >= max_attempts;
        if ((last_attempt ? give_up : give_back).run() == 0) continue;
        (last_attempt ? lost.failed : lost.returned).push_back(held.id);
        if (last_attempt) {
            end_task(session, held.id, now);
        } else {
            log_event(session, held.id, now);
            session.mark_tasks_changed();
        }
    }
    return lost;
}

}  // namespace kinora::storage
