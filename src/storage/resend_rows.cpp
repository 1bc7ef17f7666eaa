#include "storage/resend_rows.hpp"

#include "storage/columns.hpp"

namespace kinora::storage {

namespace {

// Of those that wait at one server, or at none: an index away, however many there are.
struct FindUnseen {
    FindUnseen(Session& session, const std::string& which)
        : query(session,
                "SELECT t.id, t.waiter, t.waiter_call, s.alive_until, coalesce(s.beaten_at, 0) "
                "FROM tasks t LEFT JOIN servers s ON s.id = t.waiter AND s.alive_until >= :now "
                "WHERE t.seen = 0 AND t.credential_id = :credential_id "
                "AND t.request_hash = :request_hash AND t.waiter " +
                    which +
                    " :server AND (t.finished_at IS NULL OR t.finished_at >= :ended_since) "
                    "ORDER BY t.waiter, t.created_at LIMIT 100") {
        query.out(id).out(waiter).out(waiter_call).out(alive_until).out(beaten_at);
        query.in("now", now).in("credential_id", credential_id).in("server", server);
        query.in("request_hash", request_hash).in("ended_since", ended_since);
    }
    std::string id, waiter, waiter_call, credential_id, request_hash, server;
    NullableTime alive_until;
    long long beaten_at = 0, now = 0, ended_since = 0;
    Query query;
};
struct FindUnseenOf : FindUnseen {
    explicit FindUnseenOf(Session& session) : FindUnseen(session, "=") {}
};
struct FindUnseenAfter : FindUnseen {
    explicit FindUnseenAfter(Session& session) : FindUnseen(session, ">") {}
};

struct MarkSeen {
    explicit MarkSeen(Session& session)
        : query(session,
                "UPDATE tasks SET seen = 1, waiter = '', waiter_call = '' WHERE id = :id AND seen "
                "= 0") {
        query.in("id", id);
    }
    std::string id;
    Query query;
};

}  // namespace

std::optional<IdempotencyKey> find_key(Session& session, CredentialId credential,
                                       std::string_view key, TimePoint since) {
    auto credential_id = credential.str();
    std::string wanted(key);
    long long from = to_unix_ms(since);
    std::string request_hash, task_id;
    long long created_at = 0;
    Query query(session,
                "SELECT request_hash, task_id, created_at FROM idempotency_keys "
                "WHERE credential_id = :credential_id AND key = :key AND created_at >= :since");
    query.out(request_hash).out(task_id).out(created_at);
    query.in("credential_id", credential_id).in("key", wanted).in("since", from);
    if (!query.only()) return std::nullopt;
    return IdempotencyKey{credential, wanted, request_hash, id_of<TaskId>(task_id),
                          from_unix_ms(created_at)};
}

bool insert_key(Session& session, const IdempotencyKey& row, TimePoint since) {
    auto credential_id = row.credential_id.str();
    auto key = row.key;
    auto request_hash = row.request_hash;
    auto task_id = row.task_id.str();
    long long created_at = to_unix_ms(row.created_at);
    long long from = to_unix_ms(since);
    Query insert(session,
                 "INSERT INTO idempotency_keys (credential_id, key, request_hash, task_id, "
                 "created_at) VALUES (:credential_id, :key, :request_hash, :task_id, :created_at) "
                 "ON CONFLICT (credential_id, key) DO UPDATE SET request_hash = "
                 "excluded.request_hash, task_id = excluded.task_id, created_at = "
                 "excluded.created_at WHERE idempotency_keys.created_at < :since");
    insert.in("credential_id", credential_id).in("key", key).in("request_hash", request_hash);
    insert.in("task_id", task_id).in("created_at", created_at).in("since", from);
    return insert.run() > 0;
}

std::int64_t forget_keys(Session& session, TimePoint before) {
    long long until = to_unix_ms(before);
    Query query(session, "DELETE FROM idempotency_keys WHERE created_at < :until");
    return query.in("until", until).run();
}

std::vector<Unseen> find_unseen(Session& session, CredentialId credential,
                                std::string_view request_hash, TimePoint now,
                                TimePoint ended_since) {
    std::vector<Unseen> found;
    const auto add = [&](FindUnseen& find, const std::string& server) {
        find.credential_id = credential.str();
        find.request_hash = request_hash;
        find.server = server;
        find.now = to_unix_ms(now);
        find.ended_since = to_unix_ms(ended_since);
        std::size_t count = 0;
        for (bool more = find.query.first(); more; more = find.query.next(), ++count) {
            found.push_back({id_of<TaskId>(find.id),
                             {find.waiter, find.waiter_call},
                             find.alive_until.get(),
                             from_unix_ms(find.beaten_at)});
        }
        return count;
    };
    add(session.prepared<FindUnseenOf>(), "");
    // Server by server, for each has its share.
    std::string after;
    while (add(session.prepared<FindUnseenAfter>(), after) == 100)
        after = found.back().waiter.server;
    return found;
}

bool take_over(Session& session, TaskId id, const Waiter& former, const Waiter& waiter) {
    auto key = id.str();
    auto before = former;
    auto after = waiter;
    Query query(session,
                "UPDATE tasks SET waiter = :server, waiter_call = :call WHERE id = :id "
                "AND seen = 0 AND waiter = :former_server AND waiter_call = :former_call");
    query.in("server", after.server).in("call", after.call).in("id", key);
    query.in("former_server", before.server).in("former_call", before.call);
    return query.run() > 0;
}

void leave_task(Session& session, TaskId id, const Waiter& waiter) {
    auto key = id.str();
    auto mine = waiter;
    Query query(session,
                "UPDATE tasks SET waiter = '', waiter_call = '' WHERE id = :id "
                "AND waiter = :server AND waiter_call = :call");
    query.in("id", key).in("server", mine.server).in("call", mine.call).run();
}

void mark_seen(Session& session, TaskId id) {
    auto& mark = session.prepared<MarkSeen>();
    mark.id = id.str();
    mark.query.run();
}

void mark_seen(Session& session, const std::vector<TaskId>& ids) {
    for (const auto& id : ids) {
        auto key = id.str();
        Query query(session,
                    "UPDATE tasks SET seen = 1 WHERE id = :id AND seen = 0 AND waiter = '' "
                    "AND finished_at IS NOT NULL");
        query.in("id", key).run();
    }
}

void beat(Session& session, const ServerBeat& beat) {
    auto id = beat.id;
    auto node_id = beat.node_id;
    long long now = to_unix_ms(beat.now);
    long long until = to_unix_ms(beat.alive_until);
    Query query(session,
                "INSERT INTO servers (id, node_id, alive_until, beaten_at) VALUES (:id, :node_id, "
                ":alive_until, :beaten_at) ON CONFLICT (id) DO UPDATE SET alive_until = "
                "excluded.alive_until, beaten_at = excluded.beaten_at");
    query.in("id", id).in("node_id", node_id).in("alive_until", until).in("beaten_at", now).run();
}

void forget_servers(Session& session, std::string_view node_id) {
    std::string node(node_id);
    Query query(session, "DELETE FROM servers WHERE node_id = :node_id");
    query.in("node_id", node).run();
}

}  // namespace kinora::storage
