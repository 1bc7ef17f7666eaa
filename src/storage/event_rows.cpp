#include "storage/event_rows.hpp"

#include "storage/columns.hpp"

namespace kinora::storage {

namespace {

constexpr const char* kLog =
    "INSERT INTO task_events (task_id, number, at, state, progress) "
    "SELECT t.id, 1 + (SELECT coalesce(max(e.number), 1) FROM task_events e WHERE e.task_id = "
    "t.id), CAST(:at AS BIGINT), t.state, t.progress FROM tasks t WHERE t.id = :id";

template <class Tag>
struct LogEvent {
    explicit LogEvent(Session& session) : query(session, std::string(kLog) + Tag::kIf) {
        query.in("at", at).in("id", id);
    }
    void run(TaskId task, TimePoint now) {
        id = task.str();
        at = to_unix_ms(now);
        query.run();
    }
    std::string id;
    long long at = 0;
    Query query;
};
struct Always {
    static constexpr const char* kIf = "";
};
struct IfMore {
    static constexpr const char* kIf =
        " AND t.progress > (SELECT coalesce(max(e.progress), 0) FROM task_events e WHERE "
        "e.task_id = t.id)";
};

struct EventsAfter {
    explicit EventsAfter(Session& session)
        : query(session,
                "SELECT number, at, state, progress FROM task_events "
                "WHERE task_id = :id AND number > :number ORDER BY number LIMIT 1000") {
        query.out(found).out(at).out(state).out(progress).in("id", id).in("number", number);
    }
    std::string id, state;
    int number = 0, found = 0, progress = 0;
    long long at = 0;
    Query query;
};

}  // namespace

void log_event(Session& session, TaskId id, TimePoint now) {
    session.prepared<LogEvent<Always>>().run(id, now);
}

void log_progress(Session& session, TaskId id, TimePoint now) {
    session.prepared<LogEvent<IfMore>>().run(id, now);
}

std::vector<TaskEvent> events_after(Session& session, TaskId id, int number) {
    auto& find = session.prepared<EventsAfter>();
    find.id = id.str();
    find.number = number;
    std::vector<TaskEvent> events;
    for (bool more = find.query.first(); more; more = find.query.next()) {
        const auto state = parse_task_state(find.state);
        if (!state) throw std::runtime_error("the database holds an unknown state of a task");
        events.push_back({find.found, from_unix_ms(find.at), *state, find.progress});
    }
    return events;
}

std::int64_t forget_events(Session& session, TimePoint before, int limit) {
    long long until = to_unix_ms(before);
    Query query(session,
                "DELETE FROM task_events WHERE task_id IN (SELECT e.task_id FROM task_events e "
                "JOIN tasks t ON t.id = e.task_id WHERE t.finished_at < :until "
                "AND e.number = 2 LIMIT :row_limit)");
    return query.in("until", until).in("row_limit", limit).run();
}

}  // namespace kinora::storage
