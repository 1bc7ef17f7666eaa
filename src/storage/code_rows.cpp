#include "storage/code_rows.hpp"

#include "storage/dialect.hpp"
#include "storage/listing.hpp"

#include <algorithm>

namespace kinora::storage {

namespace {

CodePurpose purpose_of(std::string_view word) {
    return word == to_string(CodePurpose::password) ? CodePurpose::password
                                                    : CodePurpose::verification;
}

struct InvitationRecord {
    static constexpr const char* kTable = "invitations";

    InvitationRecord() = default;
    explicit InvitationRecord(const InvitationRow& row)
        : id(row.id.str()),
          code_hash(row.code_hash),
          email(row.email),
          created_by(row.created_by.str()),
          created_at(to_unix_ms(row.created_at)),
          expires_at(to_unix_ms(row.expires_at)),
          used_at(row.used_at) {}
    InvitationRow row() const {
        InvitationRow row;
        row.id = id_of<InvitationId>(id);
        row.code_hash = code_hash;
        row.email = email;
        row.created_by = id_of<UserId>(created_by);
        row.created_at = from_unix_ms(created_at);
        row.expires_at = from_unix_ms(expires_at);
        row.used_at = used_at.get();
        return row;
    }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("code_hash", code_hash);
        f("email", email);
        f("created_by", created_by);
        f("created_at", created_at);
        f("expires_at", expires_at);
        f("used_at", used_at);
    }
    std::string id, code_hash, email, created_by;
    long long created_at = 0, expires_at = 0;
    NullableTime used_at;
};

struct MailRecord {
    static constexpr const char* kTable = "mails";

    MailRecord() = default;
    explicit MailRecord(const MailRow& row)
        : id(row.id.str()),
          user_id(row.user_id.str()),
          purpose(to_string(row.purpose)),
          base_url(row.base_url),
          tries(row.tries),
          next_try_at(to_unix_ms(row.next_try_at)),
          created_at(to_unix_ms(row.created_at)) {}
    MailRow row() const {
        return {id_of<MailId>(id),
                id_of<UserId>(user_id),
                purpose_of(purpose),
                base_url,
                tries,
                from_unix_ms(next_try_at),
                from_unix_ms(created_at)};
    }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("user_id", user_id);
        f("purpose", purpose);
        f("base_url", base_url);
        f("tries", tries);
        f("next_try_at", next_try_at);
        f("created_at", created_at);
    }
    std::string id, user_id, purpose, base_url;
    int tries = 0;
    long long next_try_at = 0, created_at = 0;
};

}  // namespace

std::string_view to_string(CodePurpose purpose) {
    return purpose == CodePurpose::password ? "password" : "verification";
}

void insert_code(Session& session, const CodeRow& code) {
    auto hash = code.hash, user_id = code.user_id.str(),
         purpose = std::string(to_string(code.purpose));
    long long created_at = to_unix_ms(code.created_at);
    NullableTime expires_at(code.expires_at);
    Query query(session,
                "INSERT INTO codes (hash, user_id, purpose, created_at, expires_at) "
                "VALUES (:hash, :user_id, :purpose, :created_at, :expires_at)");
    query.in("hash", hash).in("user_id", user_id).in("purpose", purpose);
    query.in("created_at", created_at).in("expires_at", expires_at).run();
}

bool is_code_good(Session& session, std::string_view hash, CodePurpose purpose, TimePoint now) {
    std::string key(hash), word(to_string(purpose));
    long long now_ms = to_unix_ms(now);
    int found = 0;
    Query find(session,
               "SELECT 1 FROM codes WHERE hash = :hash AND purpose = :purpose "
               "AND (expires_at IS NULL OR expires_at > :now)");
    return find.out(found).in("hash", key).in("purpose", word).in("now", now_ms).only();
}

std::optional<UserId> take_code(Session& session, std::string_view hash, CodePurpose purpose,
                                TimePoint now) {
    std::string key(hash), word(to_string(purpose)), user_id;
    long long now_ms = to_unix_ms(now);
    Query find(session,
               "SELECT user_id FROM codes WHERE hash = :hash AND purpose = :purpose "
               "AND (expires_at IS NULL OR expires_at > :now)");
    find.out(user_id).in("hash", key).in("purpose", word).in("now", now_ms);
    if (!find.only()) return std::nullopt;
    // Of racers one removes the row.
    if (change(session, "DELETE FROM codes WHERE hash = :hash", {{"hash", key}}) == 0)
        return std::nullopt;
    change(session, "DELETE FROM codes WHERE user_id = :user_id AND purpose = :purpose",
           {{"user_id", user_id}, {"purpose", word}});
    return id_of<UserId>(user_id);
}

void remove_codes(Session& session, UserId user) {
    change(session, "DELETE FROM codes WHERE user_id = :user_id", {{"user_id", user.str()}});
}

void forget_codes(Session& session, TimePoint before) {
    change(session, "DELETE FROM codes WHERE expires_at < :now", {}, before);
}

void insert_invitation(Session& session, const InvitationRow& invitation) {
    insert_row<InvitationRecord>(session, invitation);
}

bool is_invitation_good(Session& session, std::string_view code_hash, std::string_view email,
                        TimePoint now) {
    std::string hash(code_hash), address(email);
    long long now_ms = to_unix_ms(now);
    int found = 0;
    Query query(session,
                "SELECT 1 FROM invitations WHERE code_hash = :hash AND used_at IS NULL AND "
                "expires_at > :now AND (email = '' OR email = :email)");
    return query.out(found).in("hash", hash).in("now", now_ms).in("email", address).only();
}

bool take_invitation(Session& session, std::string_view code_hash, std::string_view email,
                     TimePoint now) {
    std::string hash(code_hash), address(email);
    long long used_at = to_unix_ms(now), valid_at = used_at;
    Query query(session,
                "UPDATE invitations SET used_at = :used_at WHERE code_hash = :hash AND used_at IS "
                "NULL AND expires_at > :valid_at AND (email = '' OR email = :email)");
    query.in("used_at", used_at).in("hash", hash).in("valid_at", valid_at).in("email", address);
    return query.run() > 0;
}

Listed<InvitationRow> list_invitations(Session& session, const Slice& slice) {
    Conditions where;
    return list_matching<InvitationRecord>(session, where, slice);
}

bool remove_invitation(Session& session, InvitationId id) {
    return change(session, "DELETE FROM invitations WHERE id = :id", {{"id", id.str()}}) > 0;
}

std::optional<Milliseconds> take_allowance(Session& session, std::string_view key, int burst,
                                           Milliseconds interval, TimePoint now) {
    // Makes the row where there is none, and holds it until the transaction's end in any case.
    change(session,
           "INSERT INTO throttles (key, full_at) VALUES (:key, 0) "
           "ON CONFLICT (key) DO UPDATE SET full_at = throttles.full_at",
           {{"key", std::string(key)}});
    std::string name(key);
    long long full_at = 0;
    Query find(session, "SELECT full_at FROM throttles WHERE key = :key");
    find.out(full_at).in("key", name).only();
    const auto start = std::max(full_at, static_cast<long long>(to_unix_ms(now)));
    const auto wait = start + interval.count() - burst * interval.count() - to_unix_ms(now);
    if (wait > 0) return Milliseconds(wait);
    long long next = start + interval.count();
    Query take(session, "UPDATE throttles SET full_at = :full_at WHERE key = :key");
    take.in("full_at", next).in("key", name).run();
    return std::nullopt;
}

void reset_allowance(Session& session, std::string_view key) {
    change(session, "DELETE FROM throttles WHERE key = :key", {{"key", std::string(key)}});
}

void forget_allowances(Session& session, TimePoint now) {
    change(session, "DELETE FROM throttles WHERE full_at < :now", {}, now);
}

void insert_mail(Session& session, const MailRow& mail) {
    insert_row<MailRecord>(session, mail);
}

std::optional<MailRow> take_due_mail(Session& session, TimePoint now, TimePoint again_at) {
    long long due_ms = to_unix_ms(now), again_ms = to_unix_ms(again_at);
    MailRecord record;
    Query find(session, "SELECT " + column_list<MailRecord>("r") +
                            " FROM mails r WHERE r.next_try_at <= :due ORDER BY r.next_try_at, "
                            "r.id LIMIT 1" +
                            session.dialect().claiming());
    bind_outputs(find, record);
    find.in("due", due_ms);
    if (!find.only()) return std::nullopt;
    Query take(session, "UPDATE mails SET next_try_at = :again, tries = tries + 1 WHERE id = :id");
    take.in("again", again_ms).in("id", record.id).run();
    ++record.tries;
    return record.row();
}

bool is_mail_due(Session& session, TimePoint now) {
    long long due_ms = to_unix_ms(now);
    int found = 0;
    Query query(session, "SELECT 1 FROM mails WHERE next_try_at <= :due LIMIT 1");
    return query.out(found).in("due", due_ms).only();
}

void put_off_mail(Session& session, MailId id, TimePoint until) {
    change(session, "UPDATE mails SET next_try_at = :now WHERE id = :id", {{"id", id.str()}},
           until);
}

void remove_mail(Session& session, MailId id) {
    change(session, "DELETE FROM mails WHERE id = :id", {{"id", id.str()}});
}

}  // namespace kinora::storage
