#include "storage/login_rows.hpp"

#include "storage/account_records.hpp"
#include "storage/listing.hpp"

namespace kinora::storage {

namespace {

struct LoginRecord {
    static constexpr const char* kTable = "logins";

    LoginRecord() = default;
    explicit LoginRecord(const LoginRow& row)
        : hash(row.hash),
          user_id(row.user_id.str()),
          created_at(to_unix_ms(row.created_at)),
          used_at(to_unix_ms(row.used_at)),
          expires_at(to_unix_ms(row.expires_at)) {}
    LoginRow row() const {
        return {hash, id_of<UserId>(user_id), from_unix_ms(created_at), from_unix_ms(used_at),
                from_unix_ms(expires_at)};
    }
    template <class F>
    void each_column(F&& f) {
        f("hash", hash);
        f("user_id", user_id);
        f("created_at", created_at);
        f("used_at", used_at);
        f("expires_at", expires_at);
    }
    std::string hash, user_id;
    long long created_at = 0, used_at = 0, expires_at = 0;
};

struct PlatformTokenRecord {
    static constexpr const char* kTable = "platform_tokens";

    PlatformTokenRecord() = default;
    explicit PlatformTokenRecord(const PlatformTokenRow& row)
        : id(row.id.str()),
          user_id(row.user_id.str()),
          name(row.name),
          token_hash(row.token_hash),
          token_prefix(row.token_prefix),
          expires_at(row.expires_at),
          used_at(row.used_at),
          created_at(to_unix_ms(row.created_at)) {}
    PlatformTokenRow row() const {
        PlatformTokenRow row;
        row.id = id_of<PlatformTokenId>(id);
        row.user_id = id_of<UserId>(user_id);
        row.name = name;
        row.token_hash = token_hash;
        row.token_prefix = token_prefix;
        row.expires_at = expires_at.get();
        row.used_at = used_at.get();
        row.created_at = from_unix_ms(created_at);
        return row;
    }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("user_id", user_id);
        f("name", name);
        f("token_hash", token_hash);
        f("token_prefix", token_prefix);
        f("expires_at", expires_at);
        f("used_at", used_at);
        f("created_at", created_at);
    }
    std::string id, user_id, name, token_hash, token_prefix;
    NullableTime expires_at, used_at;
    long long created_at = 0;
};

// Either of them with its user, by `column`; kept prepared.
template <class Record>
struct FindHolder {
    FindHolder(Session& session, const std::string& column)
        : query(session, "SELECT " + column_list<Record>("h") + ", " +
                             column_list<UserRecord>("u") + " FROM " + Record::kTable +
                             " h JOIN users u ON u.id = h.user_id WHERE h." + column + " = :hash") {
        bind_outputs(query, record);
        bind_outputs(query, user);
        query.in("hash", hash);
    }
    std::string hash;
    Record record;
    UserRecord user;
    Query query;
};
struct FindLogin : FindHolder<LoginRecord> {
    explicit FindLogin(Session& session) : FindHolder(session, "hash") {}
};
struct FindToken : FindHolder<PlatformTokenRecord> {
    explicit FindToken(Session& session) : FindHolder(session, "token_hash") {}
};

}  // namespace

void insert_login(Session& session, const LoginRow& login) {
    insert_row<LoginRecord>(session, login);
}

std::optional<LoggedIn> find_login(Session& session, std::string_view hash) {
    auto& find = session.prepared<FindLogin>();
    find.hash = hash;
    if (!find.query.only()) return std::nullopt;
    return LoggedIn{find.record.row(), find.user.row()};
}

void prolong_login(Session& session, std::string_view hash, TimePoint used_at,
                   TimePoint expires_at) {
    std::string key(hash);
    long long used_ms = to_unix_ms(used_at), expires_ms = to_unix_ms(expires_at);
    Query query(
        session,
        "UPDATE logins SET used_at = :used_at, expires_at = :expires_at WHERE hash = :hash");
    query.in("used_at", used_ms).in("expires_at", expires_ms).in("hash", key).run();
}

bool remove_login(Session& session, std::string_view hash) {
    return change(session, "DELETE FROM logins WHERE hash = :hash", {{"hash", std::string(hash)}}) >
           0;
}

void remove_logins(Session& session, UserId user, std::string_view kept) {
    change(session, "DELETE FROM logins WHERE user_id = :user_id AND hash <> :kept",
           {{"user_id", user.str()}, {"kept", std::string(kept)}});
}

void keep_logins(Session& session, UserId user, int count) {
    change(session,
           "DELETE FROM logins WHERE user_id = :user_id AND hash NOT IN (SELECT hash FROM logins "
           "WHERE user_id = :same_user ORDER BY used_at DESC, created_at DESC LIMIT " +
               std::to_string(count) + ")",
           {{"user_id", user.str()}, {"same_user", user.str()}});
}

std::int64_t forget_logins(Session& session, TimePoint before) {
    return change(session, "DELETE FROM logins WHERE expires_at < :now", {}, before);
}

void insert_platform_token(Session& session, const PlatformTokenRow& token) {
    insert_row<PlatformTokenRecord>(session, token);
}

std::optional<TokenHolder> find_platform_token(Session& session, std::string_view token_hash) {
    auto& find = session.prepared<FindToken>();
    find.hash = token_hash;
    if (!find.query.only()) return std::nullopt;
    return TokenHolder{find.record.row(), find.user.row()};
}

Listed<PlatformTokenRow> list_platform_tokens(Session& session, UserId user, const Slice& slice) {
    Conditions where;
    where.equal("user_id", user.str());
    return list_matching<PlatformTokenRecord>(session, where, slice);
}

void touch_platform_token(Session& session, PlatformTokenId id, TimePoint at) {
    change(session, "UPDATE platform_tokens SET used_at = :now WHERE id = :id", {{"id", id.str()}},
           at);
}

bool remove_platform_token(Session& session, PlatformTokenId id, UserId user) {
    return change(session, "DELETE FROM platform_tokens WHERE id = :id AND user_id = :user_id",
                  {{"id", id.str()}, {"user_id", user.str()}}) > 0;
}

void remove_platform_tokens(Session& session, UserId user) {
    change(session, "DELETE FROM platform_tokens WHERE user_id = :user_id",
           {{"user_id", user.str()}});
}

}  // namespace kinora::storage
