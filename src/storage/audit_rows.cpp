#include "storage/audit_rows.hpp"

#include "storage/listing.hpp"

namespace kinora::storage {

namespace {

struct AuditRecord {
    static constexpr const char* kTable = "audit_events";

    AuditRecord() = default;
    explicit AuditRecord(const AuditRow& row)
        : id(row.id.str()),
          at(to_unix_ms(row.at)),
          actor_id(row.actor_id ? row.actor_id->str() : ""),
          actor(row.actor),
          action(row.action),
          object_type(row.object_type),
          object_id(row.object_id),
          details_json(row.details_json),
          trace_id(row.trace_id),
          remote_address(row.remote_address) {}
    AuditRow row() const {
        AuditRow row;
        row.id = id_of<AuditId>(id);
        row.at = from_unix_ms(at);
        if (!actor_id.empty()) row.actor_id = id_of<UserId>(actor_id);
        row.actor = actor;
        row.action = action;
        row.object_type = object_type;
        row.object_id = object_id;
        row.details_json = details_json;
        row.trace_id = trace_id;
        row.remote_address = remote_address;
        return row;
    }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("at", at);
        f("actor_id", actor_id);
        f("actor", actor);
        f("action", action);
        f("object_type", object_type);
        f("object_id", object_id);
        f("details_json", details_json);
        f("trace_id", trace_id);
        f("remote_address", remote_address);
    }
    std::string id;
    long long at = 0;
    std::string actor_id, actor, action, object_type, object_id, details_json, trace_id;
    std::string remote_address;
};

struct NodeRecord {
    static constexpr const char* kTable = "nodes";

    NodeRow row() const {
        return {id, kind, host, version, from_unix_ms(started_at), from_unix_ms(seen_at)};
    }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("kind", kind);
        f("host", host);
        f("version", version);
        f("started_at", started_at);
        f("seen_at", seen_at);
    }
    std::string id, kind, host, version;
    long long started_at = 0, seen_at = 0;
};

}  // namespace

void insert_audit(Session& session, const AuditRow& event) {
    insert_row<AuditRecord>(session, event);
}

Listed<AuditRow> list_audit(Session& session, const AuditFilter& filter) {
    Conditions where;
    if (filter.actor_id) where.equal("actor_id", filter.actor_id->str());
    if (!filter.action.empty()) where.equal("action", filter.action);
    if (!filter.object_id.empty()) where.equal("object_id", filter.object_id);
    where.at_least("at", filter.at_min);
    where.at_most("at", filter.at_max);
    return list_matching<AuditRecord>(session, where, filter.slice, "at");
}

void beat_node(Session& session, const NodeRow& node) {
    auto id = node.id, kind = node.kind, host = node.host, version = node.version;
    long long started_at = to_unix_ms(node.started_at), seen_at = to_unix_ms(node.seen_at);
    Query query(session,
                "INSERT INTO nodes (id, kind, host, version, started_at, seen_at) VALUES (:id, "
                ":kind, :host, :version, :started_at, :seen_at) ON CONFLICT (id) DO UPDATE SET "
                "seen_at = excluded.seen_at");
    query.in("id", id).in("kind", kind).in("host", host).in("version", version);
    query.in("started_at", started_at).in("seen_at", seen_at).run();
}

void remove_node(Session& session, std::string_view id) {
    change(session, "DELETE FROM nodes WHERE id = :id", {{"id", std::string(id)}});
}

std::vector<NodeRow> nodes_since(Session& session, TimePoint since) {
    return select_rows<NodeRecord>(
        session,
        "WHERE r.kind <> :value AND r.seen_at >= " + std::to_string(to_unix_ms(since)) +
            " ORDER BY r.kind, r.started_at, r.id",
        "");
}

void forget_nodes(Session& session, TimePoint before) {
    change(session, "DELETE FROM nodes WHERE seen_at < :now", {}, before);
}

std::vector<WorkerTask> worker_tasks(Session& session) {
    std::string worker, task;
    Query query(session, "SELECT lease_owner, id FROM tasks WHERE state = 'processing'");
    query.out(worker).out(task);
    std::vector<WorkerTask> all;
    for (bool more = query.first(); more; more = query.next())
        all.push_back({worker, id_of<TaskId>(task)});
    return all;
}

}  // namespace kinora::storage
