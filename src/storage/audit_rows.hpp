// storage/audit_rows.hpp: what those who run the server did, and which processes run it, as rows.
//
// Rows of the trail are only added, which the database itself sees to.
#pragma once

#include "storage/user_rows.hpp"

namespace kinora {
using AuditId = Id<struct AuditTag>;
}

namespace kinora::storage {

struct AuditRow {
    AuditId id;
    TimePoint at{};
    std::optional<UserId> actor_id;  // None: the command line.
    std::string actor;               // The address at that time, or "command line".
    std::string action;              // "user.disabled", "balance.topped_up".
    std::string object_type;         // "user", "application", ...
    std::string object_id;
    std::string details_json;    // A JSON object: what was changed, without secrets.
    std::string trace_id;        // Of the call; empty: none.
    std::string remote_address;  // Where it came from; empty: this machine's command line.
};
void insert_audit(Session& session, const AuditRow& event);
struct AuditFilter {
    std::optional<UserId> actor_id;
    std::string action, object_id;  // Empty: any.
    std::optional<TimePoint> at_min, at_max;
    Slice slice;
};
Listed<AuditRow> list_audit(Session& session, const AuditFilter& filter);

struct NodeRow {
    std::string id;
    std::string kind;  // "server" or "worker".
    std::string host;
    std::string version;
    TimePoint started_at{};
    TimePoint seen_at{};
};
// Adds the row, or says that the process still lives.
void beat_node(Session& session, const NodeRow& node);
void remove_node(Session& session, std::string_view id);
// Those seen at `since` or later, by kind, then age.
std::vector<NodeRow> nodes_since(Session& session, TimePoint since);
void forget_nodes(Session& session, TimePoint before);
// The task that each worker works on, by the worker's name.
struct WorkerTask {
    std::string worker;
    TaskId task_id;
};
std::vector<WorkerTask> worker_tasks(Session& session);

}  // namespace kinora::storage
