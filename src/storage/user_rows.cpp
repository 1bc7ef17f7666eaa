#include "storage/user_rows.hpp"

#include "storage/account_records.hpp"
#include "storage/listing.hpp"

namespace kinora::storage {

namespace {

// A text as part of a LIKE pattern: what has a meaning there has none.
std::string like_part(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!') pattern += '!';
        pattern += c;
    }
    return pattern + '%';
}

}  // namespace

bool insert_user(Session& session, const UserRow& user) {
    UserRecord record(user);
    Query query(session,
                insert_text<UserRecord>(UserRecord::kTable) + " ON CONFLICT (email) DO NOTHING");
    bind_inputs(query, record);
    session.mark_accounts_changed();
    return query.run() > 0;
}

void update_user(Session& session, const UserRow& user) {
    UserRecord record(user);
    Query query(session,
                "UPDATE users SET email = :email, nickname = :nickname, role = :role, "
                "password_hash = :password_hash, disabled = :disabled, verified_at = :verified_at, "
                "deleted_at = :deleted_at WHERE id = :id");
    query.in("email", record.email).in("nickname", record.nickname).in("role", record.role);
    query.in("password_hash", record.password_hash).in("disabled", record.disabled);
    query.in("verified_at", record.verified_at).in("deleted_at", record.deleted_at);
    query.in("id", record.id).run();
    session.mark_accounts_changed();
}

std::optional<UserRow> find_owner(Session& session) {
    return first_of(select_rows<UserRecord>(
        session, "WHERE r.role = :value ORDER BY r.created_at, r.id LIMIT 1", "owner"));
}

std::optional<UserRow> find_user(Session& session, UserId id) {
    return first_of(select_rows<UserRecord>(session, "WHERE r.id = :value", id.str()));
}

std::optional<UserRow> find_user_to_change(Session& session, UserId id) {
    change(session, "UPDATE users SET role = role WHERE id = :id", {{"id", id.str()}});  // Locked.
    return find_user(session, id);
}

std::optional<UserRow> find_user_by_email(Session& session, std::string_view email) {
    return first_of(select_rows<UserRecord>(
        session, "WHERE r.email = :value AND r.deleted_at IS NULL", std::string(email)));
}

Listed<UserRow> list_users(Session& session, const UserFilter& filter) {
    Conditions where;
    where.raw("r.deleted_at IS NULL");
    if (!filter.role.empty()) where.equal("role", filter.role);
    if (!filter.part.empty()) {
        where.with_text(like_part(filter.part), [](const std::string& name) {
            return "lower(r.email || ' ' || r.nickname) LIKE lower(" + name + ") ESCAPE '!'";
        });
    }
    return list_matching<UserRecord>(session, where, filter.slice);
}

std::int64_t count_users(Session& session) {
    Conditions where;
    return count_matching(session, "users", where);
}

std::vector<UserId> deleted_users(Session& session, int limit) {
    std::string id;
    Query query(session,
                "SELECT id FROM users WHERE deleted_at IS NOT NULL ORDER BY deleted_at, id "
                "LIMIT :row_limit");
    query.out(id).in("row_limit", limit);
    std::vector<UserId> ids;
    for (bool more = query.first(); more; more = query.next()) ids.push_back(id_of<UserId>(id));
    return ids;
}

std::vector<std::string> files_of(Session& session, UserId id) {
    std::string name, of_files = id.str(), of_videos = of_files, of_thumbnails = of_files;
    Query query(session,
                "SELECT name FROM files WHERE user_id = :a AND expired_at IS NULL UNION "
                "SELECT video_name FROM videos WHERE user_id = :b AND expired_at IS NULL UNION "
                "SELECT thumbnail_name FROM videos WHERE user_id = :c AND expired_at IS NULL");
    query.out(name).in("a", of_files).in("b", of_videos).in("c", of_thumbnails);
    std::vector<std::string> names;
    for (bool more = query.first(); more; more = query.next()) names.push_back(name);
    return names;
}

void remove_user(Session& session, UserId id) {
    change(session, "DELETE FROM users WHERE id = :id", {{"id", id.str()}});
    session.mark_accounts_changed();
}

}  // namespace kinora::storage
