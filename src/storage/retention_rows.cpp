#include "storage/retention_rows.hpp"

#include "base/ensure.hpp"
#include "storage/columns.hpp"
#include "storage/delivery_rows.hpp"
#include "storage/in_use.hpp"
#include "storage/media_folder.hpp"

#include <algorithm>
#include <set>

namespace kinora::storage {

namespace {

// "('...', '...')": media names and ids need no quoting.
template <class Items, class Word>
std::string in_list(const Items& items, Word word) {
    std::string list = "(";
    for (const auto& item : items) list += (list.size() > 1 ? ", '" : "'") + word(item) + "'";
    return list + ")";
}

std::string checked(const std::string& name) {
    ensure(is_media_name(name), "a media file has a media name");
    return name;
}

std::vector<std::string> column_of(Session& session, const std::string& text) {
    std::string value;
    Query query(session, text);
    query.out(value);
    std::vector<std::string> values;
    for (bool more = query.first(); more; more = query.next()) values.push_back(value);
    return values;
}

struct Expiring {
    std::string key, user_id, name, also;
};

std::vector<Expiring> expiring(Session& session, const std::string& text, TimePoint before,
                               int limit) {
    Expiring each;
    long long until = to_unix_ms(before);
    Query query(session, text);
    query.out(each.key).out(each.user_id).out(each.name).out(each.also);
    query.in("until", until).in("row_limit", limit);
    std::vector<Expiring> all;
    for (bool more = query.first(); more; more = query.next()) all.push_back(each);
    return all;
}

}  // namespace

void insert_file(Session& session, const FileRow& file) {
    auto name = checked(file.name);
    auto user_id = file.user_id.str();
    auto task_id = file.task_id.str();
    auto size_bytes = static_cast<long long>(file.size_bytes);
    long long created_at = to_unix_ms(file.created_at);
    Query query(session,
                "INSERT INTO files (name, user_id, task_id, size_bytes, created_at) "
                "VALUES (:name, :user_id, :task_id, :size_bytes, :created_at)");
    query.in("name", name).in("user_id", user_id).in("task_id", task_id);
    query.in("size_bytes", size_bytes).in("created_at", created_at).run();
}

FileFate fate_of(Session& session, std::string_view name) {
    std::string video(name), thumbnail(name), file(name);
    int expired = 0;
    Query query(session,
                "SELECT CASE WHEN expired_at IS NULL THEN 0 ELSE 1 END FROM videos "
                "WHERE video_name = :video OR thumbnail_name = :thumbnail UNION ALL "
                "SELECT CASE WHEN expired_at IS NULL THEN 0 ELSE 1 END FROM files "
                "WHERE name = :file");
    query.out(expired).in("video", video).in("thumbnail", thumbnail).in("file", file);
    if (!query.only()) return FileFate::unknown;
    return expired != 0 ? FileFate::expired : FileFate::kept;
}

std::vector<std::string> unwanted_among(Session& session, const std::vector<std::string>& names) {
    if (names.empty()) return {};
    const auto list = in_list(names, checked);
    std::set<std::string> wanted;
    for (const auto* text :
         {"SELECT video_name FROM videos WHERE expired_at IS NULL AND video_name IN ",
          "SELECT thumbnail_name FROM videos WHERE expired_at IS NULL AND thumbnail_name IN ",
          "SELECT name FROM files WHERE expired_at IS NULL AND name IN "}) {
        for (auto& name : column_of(session, text + list)) wanted.insert(std::move(name));
    }
    std::vector<std::string> unwanted;
    std::copy_if(names.begin(), names.end(), std::back_inserter(unwanted),
                 [&](const auto& name) { return !wanted.contains(name); });
    return unwanted;
}

std::vector<std::string> expire_files(Session& session, std::optional<TimePoint> before,
                                      TimePoint now, int limit) {
    InUse in_use(session);
    std::string key;
    long long expired_at = to_unix_ms(now);
    std::vector<std::string> names;
    const auto expire_all = [&](TimePoint until, const char* select, const char* update) {
        Query mark(session, update);
        mark.in("expired_at", expired_at).in("key", key);
        for (const auto& each : expiring(session, select, until, limit)) {
            if (in_use(each.user_id, each.name)) continue;
            key = each.key;
            if (mark.run() == 0) continue;
            names.push_back(each.name);
            if (!each.also.empty()) names.push_back(each.also);
        }
    };
    constexpr auto kMarkFile =
        "UPDATE files SET expired_at = :expired_at WHERE name = :key AND expired_at IS NULL";
    if (before) {
        expire_all(
            *before,
            "SELECT id, user_id, video_name, thumbnail_name FROM videos WHERE expired_at IS NULL "
            "AND created_at < :until ORDER BY created_at LIMIT :row_limit",
            "UPDATE videos SET expired_at = :expired_at WHERE id = :key AND expired_at IS NULL");
        expire_all(*before,
                   "SELECT name, user_id, name, '' FROM files WHERE expired_at IS NULL "
                   "AND expires_at IS NULL AND created_at < :until ORDER BY created_at "
                   "LIMIT :row_limit",
                   kMarkFile);
    }
    expire_all(now,
               "SELECT name, user_id, name, '' FROM files WHERE expired_at IS NULL "
               "AND expires_at IS NOT NULL AND expires_at <= :until ORDER BY expires_at "
               "LIMIT :row_limit",
               kMarkFile);
    if (!names.empty()) session.mark_tasks_changed();
    return names;
}

std::vector<std::string> delete_task(Session& session, const TaskRow& task, Delivery delivery,
                                     TimePoint now) {
    auto id = task.id.str();
    auto user_id = task.user_id.str();
    auto application_id = task.application_id.str();
    long long deleted_at = to_unix_ms(now);
    std::string name;
    Query brought(session, "SELECT name FROM files WHERE task_id = :id AND expired_at IS NULL");
    brought.out(name).in("id", id);
    std::vector<std::string> names;
    for (bool more = brought.first(); more; more = brought.next()) names.push_back(name);
    if (task.video) {
        names.push_back(task.video->video_name);
        names.push_back(task.video->thumbnail_name);
    }
    Query remove_row(session, "DELETE FROM tasks WHERE id = :id");
    remove_row.in("id", id).run();
    if (delivery == Delivery::removed) remove_delivery(session, task.id);
    std::string heir;
    Query remove(session, "DELETE FROM files WHERE name = :name");
    remove.in("name", name);
    Query hand_on(session,
                  "INSERT INTO files (name, user_id, task_id, size_bytes, created_at) "
                  "VALUES (:name, :user_id, :task_id, 0, :created_at)");
    hand_on.in("name", name).in("user_id", user_id).in("task_id", heir);
    hand_on.in("created_at", deleted_at);
    InUse in_use(session);
    std::vector<std::string> unwanted;
    for (const auto& each : names) {
        name = each;
        remove.run();
        const auto user = in_use(user_id, each);
        if (!user) {
            unwanted.push_back(each);
            continue;
        }
        heir = *user;
        hand_on.run();
    }
    Query bury(session,
               "INSERT INTO deleted_tasks (id, user_id, application_id, deleted_at) "
               "VALUES (:id, :user_id, :application_id, :deleted_at)");
    bury.in("id", id).in("user_id", user_id).in("application_id", application_id);
    bury.in("deleted_at", deleted_at).run();
    session.mark_tasks_changed();
    return unwanted;
}

bool was_deleted(Session& session, TaskId id, UserId user, ApplicationId application) {
    auto key = id.str();
    auto user_id = user.str();
    auto application_id = application.str();
    int found = 0;
    Query query(session,
                "SELECT 1 FROM deleted_tasks WHERE id = :id AND user_id = :user_id "
                "AND application_id = :application_id");
    query.out(found).in("id", key).in("user_id", user_id);
    return query.in("application_id", application_id).only();
}

std::int64_t forget_deleted(Session& session, TimePoint before) {
    long long until = to_unix_ms(before);
    Query query(session, "DELETE FROM deleted_tasks WHERE deleted_at < :until");
    return query.in("until", until).run();
}

std::vector<TaskId> processing_among(Session& session, const std::vector<TaskId>& ids) {
    if (ids.empty()) return {};
    const auto list = in_list(ids, [](const TaskId& id) { return id.str(); });
    std::vector<TaskId> found;
    for (const auto& id :
         column_of(session, "SELECT id FROM tasks WHERE state = 'processing' AND id IN " + list)) {
        found.push_back(id_of<TaskId>(id));
    }
    return found;
}

}  // namespace kinora::storage
