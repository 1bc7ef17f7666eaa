#include "accounts/administration.hpp"

#include "accounts/token.hpp"

#include <boost/json.hpp>

namespace kinora::accounts {
namespace json = boost::json;
namespace {

Error no_such_user() {
    return {ErrorCode::not_found, "There is no user with this id."};
}

Error out_of_reach(Role role) {
    return {ErrorCode::forbidden, role == Role::owner
                                      ? "The owner's account cannot be changed this way."
                                      : "Only the owner may change an administrator's account."};
}

Result<storage::UserRow> present_user(const Office& office, UserId id) {
    auto user = storage::find_user_to_change(office.session, id);
    if (!user || user->deleted_at) return no_such_user();
    return std::move(*user);
}

// The user, where who acts stands above.
Result<storage::UserRow> subject(const Office& office, UserId id) {
    auto user = present_user(office, id);
    if (!user) return user;
    const auto role = parse_role(user->role).value_or(Role::user);
    if (role >= office.role) return out_of_reach(role);
    return user;
}

// The same for what brings the user back in: there the command line stands above everybody.
Result<storage::UserRow> returning_user(const Office& office, UserId id) {
    const bool by_command_line = !office.actor.user_id;
    return by_command_line ? present_user(office, id) : subject(office, id);
}

}  // namespace

Result<storage::UserRow> create_user(const Office& office, const NewUser& user) {
    if (user.role == Role::owner)
        return Error(ErrorCode::bad_request, "`role` must be `user` or `admin`.");
    if (user.role >= office.role)
        return Error(ErrorCode::forbidden, "Only the owner may make administrators.");
    auto row = add_user(office.session, user, office.random, office.now);
    if (!row) return row.error();
    row->verified_at = office.now;  // Whoever made it vouches for it.
    storage::update_user(office.session, *row);
    office.note({"user.created", "user", row->id.str(),
                 json::serialize(json::object{{"email", row->email}, {"role", row->role}})});
    return row;
}

Result<storage::UserRow> change_user(const Office& office, UserId id, const UserChange& change) {
    auto user = subject(office, id);
    if (!user) return user.error();
    if (change.role && office.role != Role::owner)
        return Error(ErrorCode::forbidden, "Only the owner may change roles.");
    if (change.role == Role::owner)
        return Error(ErrorCode::bad_request, "`role` must be `user` or `admin`.");
    json::object details;
    if (change.nickname) details["nickname"] = user->nickname = *change.nickname;
    if (change.disabled) details["disabled"] = user->disabled = *change.disabled;
    if (change.role) details["role"] = user->role = to_string(*change.role);
    storage::update_user(office.session, *user);
    if (user->disabled) storage::remove_logins(office.session, id);
    office.note({"user.changed", "user", id.str(), json::serialize(details)});
    return user;
}

Result<void> remove_user(const Office& office, UserId id) {
    const auto user = subject(office, id);
    if (!user) return user.error();
    const auto deleted = delete_user(office.session, id, office.now);
    if (!deleted) return deleted.error();
    office.note({"user.deleted", "user", id.str()});
    return ok();
}

Result<Code> make_reset_code(const Office& office, UserId id) {
    const auto user = returning_user(office, id);
    if (!user) return user.error();
    auto code =
        make_code(office.session, id, storage::CodePurpose::password, office.random, office.now);
    office.note({"user.reset_link_made", "user", id.str()});
    return code;
}

Result<storage::UserRow> replace_password(const Office& office, UserId id,
                                          std::string password_hash) {
    auto user = returning_user(office, id);
    if (!user) return user;
    set_password(office.session, *user, std::move(password_hash), {});
    office.note({"user.password_set", "user", id.str()});
    return *storage::find_user(office.session, id);
}

Result<storage::ApplicationRow> open_application(const Office& office, UserId id,
                                                 std::optional<ServiceId> service) {
    const auto user = present_user(office, id);
    if (!user) return user.error();
    if (!service) return general_balance(office.session, id, office.random, office.now);
    auto acquired = acquire(office.session, *user, *service, office.random, office.now);
    if (!acquired) return acquired.error();
    if (acquired->is_new) {
        office.note(
            {"application.acquired", "application", acquired->application.id.str(),
             json::serialize(json::object{{"user_id", id.str()}, {"service_id", service->str()}})});
    }
    return std::move(acquired->application);
}

Result<IssuedCredential> issue_token(const Office& office, const NewToken& token) {
    const auto user = returning_user(office, token.user_id);
    if (!user) return user.error();
    const auto application = open_application(office, token.user_id, token.service_id);
    if (!application) return application.error();
    storage::CredentialRow wanted;
    wanted.application_id = application->id;
    wanted.user_id = token.user_id;
    wanted.name = token.name;
    wanted.limited = application->metered;  // The owner's own has no limits.
    wanted.limited_amount = token.limited_amount;
    wanted.expires_at = token.expires_at;
    auto issued = issue_credential(office.session, wanted, office.random, office.now);
    office.note({"token.issued", "credential", issued.credential.id.str(),
                 json::serialize(json::object{{"user_id", token.user_id.str()},
                                              {"application_id", application->id.str()},
                                              {"name", token.name}})});
    return issued;
}

Result<IssuedPlatformToken> issue_platform_token(const Office& office, UserId id, std::string name,
                                                 std::optional<TimePoint> expires_at) {
    const auto user = returning_user(office, id);
    if (!user) return user.error();
    IssuedPlatformToken issued;
    issued.token = make_platform_token(office.random);
    issued.row.id = PlatformTokenId::make(office.random);
    issued.row.user_id = id;
    issued.row.name = std::move(name);
    issued.row.token_hash = hash_token(issued.token.reveal());
    issued.row.token_prefix =
        issued.token.reveal().substr(0, kPlatformTokenStart.size() + kTokenPrefixLength);
    issued.row.expires_at = expires_at;
    issued.row.created_at = office.now;
    storage::insert_platform_token(office.session, issued.row);
    office.note({"platform_token.issued", "platform_token", issued.row.id.str(),
                 json::serialize(json::object{{"user_id", id.str()}, {"name", issued.row.name}})});
    return issued;
}

void revoke_token(const Office& office, const storage::FoundToken& token) {
    if (token.is_platform) {
        storage::remove_platform_token(office.session, *PlatformTokenId::parse(token.id),
                                       token.user_id);
    } else {
        storage::remove_credential(office.session, *CredentialId::parse(token.id));
    }
    office.note({token.is_platform ? "platform_token.revoked" : "token.revoked",
                 token.is_platform ? "platform_token" : "credential", token.id,
                 json::serialize(json::object{{"user_id", token.user_id.str()}})});
}

Result<storage::ApplicationRow> suspend_application(const Office& office, ApplicationId id,
                                                    bool disabled) {
    auto application = storage::find_application_to_change(office.session, id);
    if (!application) return Error(ErrorCode::not_found, "There is no application with this id.");
    const auto user = returning_user(office, application->user_id);
    if (!user) return user.error();
    application->disabled = disabled;
    storage::update_application(office.session, *application);
    office.note(
        {disabled ? "application.suspended" : "application.resumed", "application", id.str()});
    return std::move(*application);
}

Result<storage::TransferRow> top_up(const Office& office, const TopUp& wanted) {
    const auto transfer = top_up(office.session, wanted, office.now);
    if (!transfer) return transfer.error();
    if (transfer->id != wanted.id) return transfer;  // It was done before.
    office.note({"balance.topped_up", "application", wanted.application_id.str(),
                 json::serialize(json::object{{"amount_micros", wanted.amount.micros},
                                              {"transfer_id", wanted.id},
                                              {"note", wanted.note}})});
    return transfer;
}

Result<storage::ServiceRow> change_service(const Office& office, ServiceId id,
                                           const ServiceChange& change) {
    auto service = storage::find_service(office.session, id);
    if (!service) return Error(ErrorCode::not_found, "There is no service with this id.");
    json::object details;
    if (change.title) details["title"] = service->title = *change.title;
    if (change.description) details["description"] = service->description = *change.description;
    if (change.price) details["price_micros"] = (service->price = *change.price).micros;
    if (change.free_amount)
        details["free_amount_micros"] = (service->free_amount = *change.free_amount).micros;
    if (change.enabled) details["enabled"] = service->enabled = *change.enabled;
    storage::update_service(office.session, *service);
    office.note({"service.changed", "service", id.str(), json::serialize(details)});
    return std::move(*service);
}

Invitation invite(const Office& office, std::string_view email, Milliseconds holds) {
    Invitation invitation;
    invitation.code = make_token(office.random);
    auto& row = invitation.row;
    row.id = InvitationId::make(office.random);
    row.code_hash = hash_token(invitation.code.reveal());
    row.email = email;
    row.created_by = office.actor.user_id.value_or(UserId());
    row.created_at = office.now;
    row.expires_at = office.now + holds;
    storage::insert_invitation(office.session, row);
    office.note({"invitation.made", "invitation", row.id.str(),
                 json::serialize(json::object{{"email", row.email}})});
    return invitation;
}

bool withdraw_invitation(const Office& office, InvitationId id) {
    if (!storage::remove_invitation(office.session, id)) return false;
    office.note({"invitation.withdrawn", "invitation", id.str()});
    return true;
}

}  // namespace kinora::accounts
