// storage/lease_rows.cpp: the moves of a task that is claimed, worked on and ended.
//
// Each is an UPDATE that names the state, the owner and the attempt that it starts from.
#include "storage/dialect.hpp"
#include "storage/task_record.hpp"
#include "storage/task_rows.hpp"

namespace kinora::storage {

namespace {

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

struct NextTask {
    explicit NextTask(Session& session)
        : query(session,
                "SELECT id FROM tasks WHERE state = 'pending' "
                "ORDER BY priority DESC, created_at, id LIMIT 1" +
                    session.dialect().claiming()) {
        query.out(id);
    }
    std::string id;
    Query query;
};

struct TakeTask {
    explicit TakeTask(Session& session)
        : query(session,
                "UPDATE tasks SET state = 'processing', attempt = attempt + 1, "
                "lease_owner = :lease_owner, lease_until = :lease_until, "
                "started_at = coalesce(started_at, :now) "
                "WHERE id = :id AND state = 'pending'") {
        query.in("lease_owner", owner).in("lease_until", until).in("now", now).in("id", id);
    }
    std::string id, owner;
    long long now = 0, until = 0;
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

std::optional<TaskRow> claim_task(Session& session, std::string_view owner, TimePoint now,
                                  TimePoint until) {
    auto& next = session.prepared<NextTask>();
    if (!next.query.only()) return std::nullopt;
    auto& take = session.prepared<TakeTask>();
    take.id = next.id;
    take.owner = owner;
    take.now = to_unix_ms(now);
    take.until = to_unix_ms(until);
    if (take.query.run() == 0) return std::nullopt;
    session.mark_tasks_changed();
    return find_task(session, id_of<TaskId>(take.id));
}

bool extend_lease(Session& session, const Claim& claim, int progress, Milliseconds worked,
                  TimePoint until) {
    auto& extend = session.prepared<ExtendLease>();
    extend.until = to_unix_ms(until);
    extend.progress = progress;
    return extend.run(session, claim, worked);
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
    return move.run(session, claim, worked);
}

bool return_task(Session& session, const Claim& claim, Milliseconds worked, TimePoint) {
    ClaimedMove move(session,
                     "state = 'pending', attempt = attempt - 1, worked_ms = :worked_ms, "
                     "lease_owner = '', lease_until = NULL");
    return move.run(session, claim, worked);
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
        const bool ran_out = held.until.get().value_or(TimePoint::min()) < now;
        if (!dead && !ran_out) continue;
        lease = held;
        id = held.id.str();
        const bool last_attempt = held.attempt >= max_attempts;
        if ((last_attempt ? give_up : give_back).run() == 0) continue;
        (last_attempt ? lost.failed : lost.returned).push_back(held.id);
        session.mark_tasks_changed();
    }
    return lost;
}

}  // namespace kinora::storage
