#include "storage/upload_rows.hpp"

#include "storage/in_use.hpp"
#include "storage/listing.hpp"

namespace kinora::storage {

namespace {

struct UploadRecord {
    static constexpr const char* kTable = "files";

    UploadRecord() = default;
    explicit UploadRecord(const UploadRow& row)
        : name(row.name),
          user_id(row.user_id.str()),
          task_id(TaskId().str()),
          size_bytes(static_cast<long long>(row.size_bytes)),
          created_at(to_unix_ms(row.created_at)),
          expires_at(row.expires_at) {}
    UploadRow row() const {
        return {name, id_of<UserId>(user_id), static_cast<std::uint64_t>(size_bytes),
                from_unix_ms(created_at), expires_at.get()};
    }
    template <class F>
    void each_column(F&& f) {
        f("name", name);
        f("user_id", user_id);
        f("task_id", task_id);
        f("size_bytes", size_bytes);
        f("created_at", created_at);
        f("expires_at", expires_at);
    }
    std::string name, user_id, task_id;
    long long size_bytes = 0, created_at = 0;
    NullableTime expires_at;
};

// As the index has it.
const char* const kIsKeptUpload =
    "r.task_id = '00000000-0000-0000-0000-000000000000' AND r.expired_at IS NULL";

// What the user still sees of them.
Conditions seen_by(UserId user, TimePoint now) {
    Conditions where;
    where.equal("user_id", user.str());
    where.raw(kIsKeptUpload);
    where.raw("(r.expires_at IS NULL OR r.expires_at > " + std::to_string(to_unix_ms(now)) + ')');
    return where;
}

}  // namespace

void insert_upload(Session& session, const UploadRow& upload) {
    insert_row<UploadRecord>(session, upload);
}

Listed<UploadRow> list_uploads(Session& session, UserId user, TimePoint now, const Slice& slice) {
    auto where = seen_by(user, now);
    return list_matching<UploadRecord>(session, where, slice, "created_at", "name");
}

std::uint64_t uploaded_bytes(Session& session, UserId user) {
    long long sum = 0;
    Conditions where;
    where.equal("user_id", user.str());
    where.raw(kIsKeptUpload);
    Query query(session, "SELECT CAST(coalesce(sum(r.size_bytes), 0) AS BIGINT) FROM files r" +
                             where.text());
    query.out(sum);
    where.bind(query);
    query.only();
    return static_cast<std::uint64_t>(sum);
}

UploadEnd end_upload(Session& session, UserId user, std::string_view name, TimePoint now) {
    auto where = seen_by(user, now);
    where.equal("name", std::string(name));
    if (count_matching(session, UploadRecord::kTable, where) == 0) return UploadEnd::unknown;
    InUse in_use(session);
    const bool needed = in_use(user.str(), std::string(name)).has_value();
    change(session,
           std::string("UPDATE files SET ") + (needed ? "expires_at" : "expired_at") +
               " = :now WHERE name = :name",
           {{"name", std::string(name)}}, now);
    return needed ? UploadEnd::hidden : UploadEnd::expired;
}

}  // namespace kinora::storage
