// accounts/administration.hpp: what those who run the server do, by the API or the command line.
//
// Each function is part of a transaction, and writes down in the audit trail what it did.
#pragma once

#include "accounts/applications.hpp"
#include "accounts/audit.hpp"
#include "accounts/people.hpp"
#include "storage/token_rows.hpp"

namespace kinora::accounts {

// What an act needs to be done and written down.
struct Office {
    storage::Session& session;
    const Actor& actor;
    Role role = Role::owner;  // Of who acts; the command line is the owner's.
    Random& random;
    TimePoint now{};

    void note(const Act& act) const { note_act(session, actor, act, random, now); }
};

// An account for somebody. Only the owner makes administrators; fails with forbidden, conflict.
Result<storage::UserRow> create_user(const Office& office, const NewUser& user);

struct UserChange {
    std::optional<std::string> nickname;
    std::optional<bool> disabled;
    std::optional<Role> role;  // admin or user; the owner's alone to change.
};
// Fails with not_found, and with forbidden where the user's role is not below that of who acts.
Result<storage::UserRow> change_user(const Office& office, UserId user, const UserChange& change);
// Fails in the same way.
Result<void> remove_user(const Office& office, UserId user);

// What brings somebody back in, and what programs come in by. Each fails as change_user does; the
// command line may do it for the owner too, who may have lost the password.

// A code that sets the user's password.
Result<Code> make_reset_code(const Office& office, UserId user);
// Ends all log-ins.
Result<storage::UserRow> replace_password(const Office& office, UserId user,
                                          std::string password_hash);

struct NewToken {
    UserId user_id;
    std::optional<ServiceId> service_id;  // None: the general balance pays.
    std::string name;                     // As clean_name gives it.
    std::optional<Credits> limited_amount;
    std::optional<TimePoint> expires_at;
};
// A token of an application that open_application finds.
Result<IssuedCredential> issue_token(const Office& office, const NewToken& token);

struct IssuedPlatformToken {
    storage::PlatformTokenRow row;
    Secret<std::string> token;
};
Result<IssuedPlatformToken> issue_platform_token(const Office& office, UserId user,
                                                 std::string name,
                                                 std::optional<TimePoint> expires_at);
void revoke_token(const Office& office, const storage::FoundToken& token);

// The user's application of that service, acquired where it is missing; without a service, the
// general balance. Fails with not_found.
Result<storage::ApplicationRow> open_application(const Office& office, UserId user,
                                                 std::optional<ServiceId> service);

Result<storage::ApplicationRow> suspend_application(const Office& office, ApplicationId application,
                                                    bool disabled);
Result<storage::TransferRow> top_up(const Office& office, const TopUp& wanted);

struct ServiceChange {
    std::optional<std::string> title, description;
    std::optional<Credits> price, free_amount;
    std::optional<bool> enabled;
};
Result<storage::ServiceRow> change_service(const Office& office, ServiceId service,
                                           const ServiceChange& change);

struct Invitation {
    storage::InvitationRow row;
    Secret<std::string> code;
};
Invitation invite(const Office& office, std::string_view email, Milliseconds holds);
// False where there is no such invitation.
bool withdraw_invitation(const Office& office, InvitationId invitation);

}  // namespace kinora::accounts
