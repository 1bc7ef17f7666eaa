// storage/user_rows.hpp: people, as rows.
//
// All functions run inside the caller's transaction and throw where the database fails. Those that
// change a row mark the session, so that what is remembered of callers is read again.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "storage/page.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::storage {

class Session;

struct UserRow {
    UserId id;
    std::string email;  // Unique, lower case.
    std::string nickname;
    std::string role;           // "owner", "admin" or "user".
    std::string password_hash;  // Empty: no password is set yet.
    bool disabled = false;
    std::optional<TimePoint> verified_at;  // When the address was shown to be the user's.
    std::optional<TimePoint> deleted_at;   // Is being removed, with all that is the user's.
    TimePoint created_at{};
};

// False where somebody has that address.
bool insert_user(Session& session, const UserRow& user);
// Writes everything but id and created_at.
void update_user(Session& session, const UserRow& user);

std::optional<UserRow> find_owner(Session& session);
std::optional<UserRow> find_user(Session& session, UserId id);
// The same for who is going to update it: nobody else does before the transaction's end.
std::optional<UserRow> find_user_to_change(Session& session, UserId id);
// Not those that are being removed.
std::optional<UserRow> find_user_by_email(Session& session, std::string_view email);

struct UserFilter {
    std::string part;  // Of the address or the nickname, in either case; empty: all.
    std::string role;  // Empty: all.
    Slice slice;
};
Listed<UserRow> list_users(Session& session, const UserFilter& filter);
std::int64_t count_users(Session& session);

// Those that are being removed, at most `limit`.
std::vector<UserId> deleted_users(Session& session, int limit);
// Names of media files that are the user's own and there still.
std::vector<std::string> files_of(Session& session, UserId id);
// Takes every row that refers to the user along. Its tasks must have gone before.
void remove_user(Session& session, UserId id);

}  // namespace kinora::storage
