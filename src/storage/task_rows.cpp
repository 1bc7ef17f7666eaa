// storage/task_rows.cpp: tasks written, found and listed; lease_rows.cpp has the moves.
#include "storage/task_rows.hpp"

#include "storage/listing.hpp"
#include "storage/queue_rows.hpp"
#include "storage/task_record.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace kinora::storage {

namespace {

constexpr std::array<std::pair<TaskState, std::string_view>, 5> kStates = {{
    {TaskState::pending, "pending"},
    {TaskState::processing, "processing"},
    {TaskState::completed, "completed"},
    {TaskState::failed, "failed"},
    {TaskState::cancelled, "cancelled"},
}};

struct FindTask {
    explicit FindTask(Session& session)
        : query(session, TaskSelection::text() + " WHERE t.id = :id") {
        selection.bind(query);
        query.in("id", id);
    }
    std::string id;
    TaskSelection selection;
    Query query;
};

std::vector<TaskRow> all_rows(Query& query, const TaskSelection& selection) {
    std::vector<TaskRow> rows;
    for (bool more = query.first(); more; more = query.next()) rows.push_back(selection.row());
    return rows;
}

// "('...', '...')": ids are hexadecimal digits and dashes, so nothing needs quoting.
std::string in_list(const std::vector<TaskId>& ids) {
    std::string list = "(";
    for (const auto& id : ids) {
        if (list.size() > 1) list += ", ";
        list += "'" + id.str() + "'";
    }
    return list + ")";
}

}  // namespace

std::string_view to_string(TaskState state) {
    return kStates[static_cast<std::size_t>(state)].second;
}

std::optional<TaskState> parse_task_state(std::string_view word) {
    for (const auto& [state, name] : kStates) {
        if (name == word) return state;
    }
    return std::nullopt;
}

void insert_task(Session& session, const TaskRow& task) {
    auto& insert = session.prepared<Insert<TaskRecord>>();
    insert.record = TaskRecord(task);
    if (task.state == TaskState::pending) insert.record.turn = next_turn(session, task.user_id);
    insert.query.run();
    session.mark_tasks_changed();
}

std::optional<TaskRow> find_task(Session& session, TaskId id) {
    auto& find = session.prepared<FindTask>();
    find.id = id.str();
    if (!find.query.only()) return std::nullopt;
    return find.selection.row();
}

TaskPage list_tasks(Session& session, const TaskFilter& filter) {
    // An application is one user's; its index alone can count its tasks.
    Conditions where("t");
    if (filter.application_id) where.equal("application_id", filter.application_id->str());
    if (filter.user_id && !filter.application_id) where.equal("user_id", filter.user_id->str());
    if (filter.state) where.equal("state", std::string(to_string(*filter.state)));
    where.at_least("created_at", filter.created_at_min);
    where.at_most("created_at", filter.created_at_max);

    TaskPage page;
    page.count = count_matching(session, "tasks", where);
    int limit = std::max(filter.limit, 0);
    int offset = std::max(filter.offset, 0);
    TaskSelection selection;
    Query listing(session,
                  TaskSelection::text() + where.text() +
                      " ORDER BY t.created_at DESC, t.id LIMIT :row_limit OFFSET :row_offset");
    selection.bind(listing);
    where.bind(listing);
    listing.in("row_limit", limit).in("row_offset", offset);
    page.items = all_rows(listing, selection);
    return page;
}

std::vector<TaskRow> find_tasks(Session& session, UserId user_id, const std::vector<TaskId>& ids) {
    if (ids.empty()) return {};
    auto owner = user_id.str();
    TaskSelection selection;
    Query query(session,
                TaskSelection::text() + " WHERE t.user_id = :user_id AND t.id IN " + in_list(ids));
    selection.bind(query);
    query.in("user_id", owner);

    std::unordered_map<TaskId, TaskRow> found;
    for (auto& row : all_rows(query, selection)) {
        const auto id = row.id;
        found.emplace(id, std::move(row));
    }
    std::vector<TaskRow> rows;
    for (const auto& id : ids) {
        if (auto node = found.extract(id)) rows.push_back(std::move(node.mapped()));
    }
    return rows;
}

std::vector<TaskId> tasks_finished_since(Session& session, TimePoint since, int limit) {
    long long from = to_unix_ms(since);
    std::string id;
    Query query(session,
                "SELECT id FROM (SELECT id, finished_at AS at FROM tasks WHERE finished_at >= "
                ":since UNION ALL SELECT id, deleted_at AS at FROM deleted_tasks "
                "WHERE deleted_at >= :also_since) gone ORDER BY at, id LIMIT :row_limit");
    query.out(id).in("since", from).in("also_since", from).in("row_limit", limit);
    std::vector<TaskId> ids;
    for (bool more = query.first(); more; more = query.next()) ids.push_back(id_of<TaskId>(id));
    return ids;
}

std::vector<TaskId> ended_among(Session& session, const std::vector<TaskId>& ids) {
    if (ids.empty()) return {};
    std::string id;
    const auto list = in_list(ids);
    Query query(session,
                "SELECT id FROM tasks WHERE state IN ('completed', 'failed', 'cancelled') "
                "AND id IN " +
                    list + " UNION ALL SELECT id FROM deleted_tasks WHERE id IN " + list);
    query.out(id);
    std::vector<TaskId> ended;
    for (bool more = query.first(); more; more = query.next()) ended.push_back(id_of<TaskId>(id));
    return ended;
}

std::int64_t count_tasks(Session& session, TaskState state) {
    std::string name(to_string(state));
    long long count = 0;
    Query query(session, "SELECT count(*) FROM tasks WHERE state = :state");
    query.out(count).in("state", name).only();
    return count;
}

namespace {
constexpr const char* kClipSource =
    "SELECT v.video_name, t.brief_json, CASE WHEN v.expired_at IS NULL THEN 0 ELSE 1 END FROM "
    "videos v JOIN tasks t ON t.id = v.task_id WHERE ";
}

std::optional<ClipSource> find_clip(Session& session, UserId user_id, VideoId id) {
    auto wanted = id.str();
    auto owner = user_id.str();
    ClipSource clip;
    int expired = 0;
    Query query(session, kClipSource + std::string("v.id = :id AND v.user_id = :user_id"));
    query.out(clip.video_name).out(clip.brief_json).out(expired);
    query.in("id", wanted).in("user_id", owner);
    if (!query.only()) return std::nullopt;
    clip.expired = expired != 0;
    return clip;
}

std::optional<ClipSource> find_clip(Session& session, std::string_view video_name) {
    std::string wanted(video_name);
    ClipSource clip;
    int expired = 0;
    Query query(session, kClipSource + std::string("v.video_name = :name"));
    query.out(clip.video_name).out(clip.brief_json).out(expired).in("name", wanted);
    if (!query.only()) return std::nullopt;
    clip.expired = expired != 0;
    return clip;
}

}  // namespace kinora::storage
