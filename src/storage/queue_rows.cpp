#include "storage/queue_rows.hpp"

#include "storage/dialect.hpp"
#include "storage/event_rows.hpp"
#include "storage/task_record.hpp"

#include <algorithm>

namespace kinora::storage {

namespace {

struct LowestTurn {
    explicit LowestTurn(Session& session)
        : query(session,
                "SELECT turn FROM tasks WHERE state = 'pending' "
                "ORDER BY turn, created_at, id LIMIT 1") {
        query.out(turn);
    }
    long long turn = 0;
    Query query;
};

struct LastTurn {
    explicit LastTurn(Session& session)
        : query(session,
                "SELECT turn FROM tasks WHERE state = 'pending' AND user_id = :user_id "
                "ORDER BY turn DESC LIMIT 1") {
        query.out(turn).in("user_id", user_id);
    }
    std::string user_id;
    long long turn = 0;
    Query query;
};

// Whose turn it is. `but` leaves out credentials that may run no more.
struct NextTurn {
    explicit NextTurn(Session& session, const std::string& but = {})
        : query(session, "SELECT id, user_id, turn FROM tasks WHERE state = 'pending'" + but +
                             " ORDER BY turn, created_at, id LIMIT 1" +
                             session.dialect().claiming()) {
        query.out(id).out(user_id).out(turn);
    }
    std::string id, user_id;
    long long turn = 0;
    Query query;
};

// What that user wants first.
struct FirstOfUser {
    explicit FirstOfUser(Session& session, const std::string& but = {})
        : query(session,
                "SELECT id, turn FROM tasks WHERE state = 'pending' AND user_id = :user_id" + but +
                    " ORDER BY priority DESC, created_at, turn, id LIMIT 1" +
                    session.dialect().claiming()) {
        query.out(id).out(turn).in("user_id", user_id);
    }
    std::string id, user_id;
    long long turn = 0;
    Query query;
};

struct SetTurn {
    explicit SetTurn(Session& session)
        : query(session, "UPDATE tasks SET turn = :turn WHERE id = :id AND state = 'pending'") {
        query.in("turn", turn).in("id", id);
    }
    std::string id;
    long long turn = 0;
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

struct RunningCredentials {
    explicit RunningCredentials(Session& session)
        : query(session,
                "SELECT t.credential_id, coalesce(c.limited, 1), c.limit_running, count(*) "
                "FROM tasks t LEFT JOIN credentials c ON c.id = t.credential_id "
                "WHERE t.state = 'processing' "
                "GROUP BY t.credential_id, c.limited, c.limit_running") {
        query.out(id).out(limited).out(limit, has_limit).out(running);
    }
    std::string id;
    int limited = 1, limit = 0;
    soci::indicator has_limit = soci::i_null;
    long long running = 0;
    Query query;
};

// " AND credential_id NOT IN ('...')" for those that run as many as they may; or empty.
std::string exhausted(Session& session, int running_max) {
    auto& each = session.prepared<RunningCredentials>();
    std::string list;
    for (bool more = each.query.first(); more; more = each.query.next()) {
        const int limit = each.has_limit == soci::i_ok ? each.limit
                          : each.limited != 0          ? running_max
                                                       : 0;
        if (limit <= 0 || each.running < limit) continue;
        list += (list.empty() ? "'" : ", '") + id_of<CredentialId>(each.id).str() + "'";
    }
    return list.empty() ? list : " AND credential_id NOT IN (" + list + ")";
}

struct CountWaiting {
    explicit CountWaiting(Session& session)
        : query(session,
                "SELECT count(*) FROM (SELECT 1 FROM tasks WHERE state = 'pending' "
                "AND credential_id = :credential_id LIMIT :at_most) few") {
        query.out(count).in("credential_id", id).in("at_most", at_most);
    }
    std::string id;
    long long at_most = 0, count = 0;
    Query query;
};

// The user whose turn it is gets the task that it wants first; the two change turns.
std::optional<std::string> choose(Session& session, NextTurn& next, FirstOfUser& first) {
    if (!next.query.only()) return std::nullopt;
    first.user_id = next.user_id;
    if (!first.query.only() || first.id == next.id) return next.id;
    auto& set = session.prepared<SetTurn>();
    set.id = next.id;
    set.turn = first.turn;
    set.query.run();
    return first.id;
}

}  // namespace

std::int64_t next_turn(Session& session, UserId user) {
    auto& last = session.prepared<LastTurn>();
    last.user_id = user.str();
    if (last.query.only()) return last.turn + 1;
    auto& lowest = session.prepared<LowestTurn>();
    return lowest.query.only() ? lowest.turn : 0;
}

std::optional<TaskRow> claim_task(Session& session, const ClaimTerms& terms) {
    session.dialect().lock_claims(session.sql());
    const auto but = exhausted(session, terms.running_max);
    std::optional<std::string> chosen;
    if (but.empty()) {
        chosen = choose(session, session.prepared<NextTurn>(), session.prepared<FirstOfUser>());
    } else {
        NextTurn next(session, but);
        FirstOfUser first(session, but);
        chosen = choose(session, next, first);
    }
    if (!chosen) return std::nullopt;
    auto& take = session.prepared<TakeTask>();
    take.id = *chosen;
    take.owner = terms.owner;
    take.now = to_unix_ms(terms.now);
    take.until = to_unix_ms(terms.until);
    if (take.query.run() == 0) return std::nullopt;
    const auto id = id_of<TaskId>(take.id);
    log_event(session, id, terms.now);
    session.mark_tasks_changed();
    return find_task(session, id);
}

QueueView view_queue(Session& session, int waiting_max) {
    QueueView view;
    std::string id, user_id;
    long long turn = 0, created_at = 0;
    int priority = 0;
    Query waiting(session,
                  "SELECT id, user_id, turn, priority, created_at FROM tasks "
                  "WHERE state = 'pending' ORDER BY turn, created_at, id LIMIT :row_limit");
    waiting.out(id).out(user_id).out(turn).out(priority).out(created_at);
    waiting.in("row_limit", waiting_max);
    for (bool more = waiting.first(); more; more = waiting.next()) {
        view.waiting.push_back(
            {id_of<TaskId>(id), id_of<UserId>(user_id), turn, priority, from_unix_ms(created_at)});
    }
    int progress = 0;
    Query running(session, "SELECT progress FROM tasks WHERE state = 'processing'");
    running.out(progress);
    for (bool more = running.first(); more; more = running.next())
        view.progress.push_back(progress);

    long long worked_ms = 0;
    Query worked(session,
                 "SELECT worked_ms FROM (SELECT worked_ms, state FROM tasks "
                 "WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 40) lately "
                 "WHERE state = 'completed' LIMIT 20");
    worked.out(worked_ms);
    for (bool more = worked.first(); more; more = worked.next())
        view.worked.push_back(Milliseconds(worked_ms));
    return view;
}

std::int64_t count_waiting(Session& session, CredentialId id, std::int64_t at_most) {
    auto& waiting = session.prepared<CountWaiting>();
    waiting.id = id.str();
    waiting.at_most = at_most;
    waiting.query.only();
    return waiting.count;
}

std::int64_t count_waiting(Session& session, std::int64_t at_most) {
    long long limit = at_most;
    long long count = 0;
    Query query(session,
                "SELECT count(*) FROM (SELECT 1 FROM tasks WHERE state = 'pending' "
                "LIMIT :at_most) few");
    query.out(count).in("at_most", limit).only();
    return count;
}

}  // namespace kinora::storage
