#include "accounts/people.hpp"

#include "accounts/applications.hpp"
#include "accounts/token.hpp"
#include "storage/ledger_rows.hpp"

#include <algorithm>
#include <array>

namespace kinora::accounts {
namespace {

using storage::CodePurpose;
using storage::Session;

constexpr std::array<std::string_view, 3> kModes{"open", "invite", "closed"};

}  // namespace

Error unknown_code() {
    return {ErrorCode::bad_request,
            "`code` is unknown, was used already, or its time is over. Ask for a new link."};
}

Error not_open() {
    return {ErrorCode::forbidden,
            "Nobody can register here. Ask the administrator for an account."};
}

Error not_invited() {
    return {
        ErrorCode::forbidden,
        "`invitation` is needed to register here, and this one is missing, unknown, used, over, "
        "or for another address. Ask the administrator for one."};
}

std::string_view to_string(Registration mode) {
    return kModes[static_cast<std::size_t>(mode)];
}

std::optional<Registration> parse_registration(std::string_view word) {
    const auto found = std::find(kModes.begin(), kModes.end(), word);
    if (found == kModes.end()) return std::nullopt;
    return static_cast<Registration>(found - kModes.begin());
}

Result<storage::UserRow> add_user(Session& session, const NewUser& user, Random& random,
                                  TimePoint now) {
    storage::UserRow row;
    row.id = UserId::make(random);
    row.email = user.email;
    row.nickname = user.nickname;
    row.role = to_string(user.role);
    row.password_hash = user.password_hash;
    row.created_at = now;
    if (!storage::insert_user(session, row)) {
        return Error(ErrorCode::conflict,
                     "`email` has an account here already. Log in, or ask for a new password.");
    }
    general_balance(session, row.id, random, now);
    return row;
}

Result<storage::UserRow> register_user(Session& session, const NewUser& user, Registration mode,
                                       std::string_view invitation, Random& random, TimePoint now) {
    if (mode == Registration::closed) return not_open();
    // Asked first: who is not invited does not learn who has an account.
    const auto code = hash_token(invitation);
    const bool needed = mode == Registration::invite;
    if (needed && !storage::is_invitation_good(session, code, user.email, now))
        return not_invited();
    auto row = add_user(session, user, random, now);
    if (!row || !needed) return row;
    if (storage::take_invitation(session, code, user.email, now)) return row;
    storage::remove_user(session, row->id);
    return not_invited();
}

LoginSecrets log_in(Session& session, UserId user, Random& random, TimePoint now) {
    LoginSecrets secrets;
    secrets.cookie = make_token(random);
    secrets.csrf_token = csrf_token_of(secrets.cookie.reveal());
    secrets.expires_at = now + kLoginHolds;
    storage::insert_login(
        session, {hash_token(secrets.cookie.reveal()), user, now, now, secrets.expires_at});
    storage::keep_logins(session, user, kLoginsMax);
    return secrets;
}

Code make_code(Session& session, UserId user, CodePurpose purpose, Random& random, TimePoint now) {
    const auto holds =
        purpose == CodePurpose::password ? kPasswordCodeHolds : kVerificationCodeHolds;
    Code code{make_token(random), now + holds};
    storage::insert_code(session,
                         {hash_token(code.text.reveal()), user, purpose, now, code.expires_at});
    return code;
}

std::string link_to(std::string_view base_url, CodePurpose purpose, const Code& code) {
    return std::string(base_url) + (purpose == CodePurpose::password ? "/setup" : "/verify") +
           "#code=" + code.text.reveal();
}

void set_password(Session& session, storage::UserRow user, std::string password_hash,
                  std::string_view kept) {
    user.password_hash = std::move(password_hash);
    storage::update_user(session, user);
    storage::remove_logins(session, user.id, kept);
    storage::remove_codes(session, user.id);
}

Result<storage::UserRow> redeem_password_code(Session& session, std::string_view code,
                                              std::string password_hash, TimePoint now) {
    const auto id = storage::take_code(session, hash_token(code), CodePurpose::password, now);
    if (!id) return unknown_code();
    const auto user = storage::find_user_to_change(session, *id);
    if (!user) return unknown_code();
    set_password(session, *user, std::move(password_hash), {});
    return *storage::find_user(session, *id);
}

Result<storage::UserRow> redeem_verification_code(Session& session, std::string_view code,
                                                  TimePoint now) {
    const auto id = storage::take_code(session, hash_token(code), CodePurpose::verification, now);
    if (!id) return unknown_code();
    auto user = storage::find_user_to_change(session, *id);
    if (!user) return unknown_code();
    user->verified_at = now;
    storage::update_user(session, *user);
    return *user;
}

Result<void> delete_user(Session& session, UserId id, TimePoint now) {
    auto user = storage::find_user_to_change(session, id);
    if (!user || user->deleted_at) return ok();
    if (user->role == to_string(Role::owner)) {
        return Error(ErrorCode::forbidden, "The owner's account cannot be deleted.");
    }
    const auto applications = storage::applications_of(session, id);
    // The keys go first: after them nobody begins what would be paid for.
    for (const auto& application : applications) {
        for (const auto& credential : storage::credentials_of(session, application.id))
            storage::remove_credential(session, credential.id);
    }
    storage::cancel_tasks_of(session, id, "The account was deleted.", now);
    for (const auto& application : applications) storage::forfeit(session, application.id, now);
    storage::remove_logins(session, id);
    storage::remove_platform_tokens(session, id);
    storage::remove_codes(session, id);
    user->email = "deleted-" + id.str();
    user->nickname.clear();
    user->password_hash.clear();
    user->deleted_at = now;
    storage::update_user(session, *user);
    return ok();
}

}  // namespace kinora::accounts
