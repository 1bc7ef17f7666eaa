// accounts/people.hpp: accounts made, changed and ended.
//
// Each function is part of a transaction: what it writes is written together with what its caller
// adds, or not at all.
#pragma once

#include "accounts/person.hpp"
#include "storage/code_rows.hpp"

namespace kinora::accounts {

// Who may make an account without an administrator.
enum class Registration { open, invite, closed };
std::string_view to_string(Registration mode);
std::optional<Registration> parse_registration(std::string_view word);

struct NewUser {
    std::string email;     // As clean_email gives it.
    std::string nickname;  // As clean_name gives it.
    std::string password_hash;
    Role role = Role::user;
};
// The user with an empty general balance. Fails with conflict where the address is taken.
Result<storage::UserRow> add_user(storage::Session& session, const NewUser& user, Random& random,
                                  TimePoint now);
// The same for who comes by himself; `invitation` is the code that he has, or empty. Fails with
// forbidden where he may not.
Result<storage::UserRow> register_user(storage::Session& session, const NewUser& user,
                                       Registration mode, std::string_view invitation,
                                       Random& random, TimePoint now);

// Why somebody may not register, or a code does not work.
Error not_open();
Error not_invited();
Error unknown_code();

inline constexpr int kLoginsMax = 50;  // Of one user; the ones used longest ago go.
// Opens a log-in.
LoginSecrets log_in(storage::Session& session, UserId user, Random& random, TimePoint now);

// A code that sets a password (an hour), or confirms an address (three days).
inline constexpr Milliseconds kPasswordCodeHolds{3'600'000};
inline constexpr Milliseconds kVerificationCodeHolds{3LL * 24 * 3'600'000};
struct Code {
    Secret<std::string> text;  // 32 hex characters.
    TimePoint expires_at{};
};
Code make_code(storage::Session& session, UserId user, storage::CodePurpose purpose, Random& random,
               TimePoint now);
// Where the code goes, in a page of ours: behind '#', which browsers do not send and servers do not
// log.
std::string link_to(std::string_view base_url, storage::CodePurpose purpose, const Code& code);

// Ends every log-in but `kept` (a hash; empty: none), and every code that could set another one.
void set_password(storage::Session& session, storage::UserRow user, std::string password_hash,
                  std::string_view kept);
// The user that the code belongs to, with the password set. Fails with bad_request.
Result<storage::UserRow> redeem_password_code(storage::Session& session, std::string_view code,
                                              std::string password_hash, TimePoint now);
Result<storage::UserRow> redeem_verification_code(storage::Session& session, std::string_view code,
                                                  TimePoint now);

// Stops all that the user has running, takes all keys away and gives what is left back to the
// house. The rows go later, a batch at a time (tasks/erasure.hpp); nobody can tell any more that
// the address was used. Fails with forbidden for the owner.
Result<void> delete_user(storage::Session& session, UserId user, TimePoint now);

}  // namespace kinora::accounts
