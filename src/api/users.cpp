#include "api/users.hpp"

#include "accounts/names.hpp"
#include "accounts/token.hpp"
#include "api/body.hpp"
#include "api/fields.hpp"
#include "api/platform_json.hpp"

#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

using accounts::Role;
using http::Method;
using storage::CodePurpose;
using storage::Session;

constexpr Milliseconds kMinute{60'000};

Result<std::string> nickname_of(const json::object& fields) {
    const auto nickname = text(fields, "nickname");
    if (!nickname) return nickname.error();
    if (!*nickname || (*nickname)->empty()) return std::string();
    return accounts::clean_name("nickname", **nickname);
}

Result<accounts::NewUser> read_user(const json::object& fields) {
    accounts::NewUser user;
    const auto email = required_text(fields, "email");
    if (!email) return email.error();
    auto address = accounts::clean_email(*email);
    if (!address) return address.error();
    user.email = std::move(*address);
    auto nickname = nickname_of(fields);
    if (!nickname) return nickname.error();
    user.nickname = std::move(*nickname);
    return user;
}

Result<std::string> read_new_password(const json::object& fields, std::string_view email) {
    auto password = required_text(fields, "password");
    if (!password) return password.error();
    const auto usable = accounts::check_password(*password, email);
    if (!usable) return usable.error();
    return password;
}

void owe_mail(Session& session, UserId user, CodePurpose purpose, std::string base_url,
              Random& random, TimePoint now) {
    storage::insert_mail(session,
                         {MailId::make(random), user, purpose, std::move(base_url), 0, now, now});
}

}  // namespace

void Users::routes(http::Router& router) {
    const auto own = [&](Method method, const char* pattern, auto handler) {
        parts_.access.route(router, method, pattern, Role::user, this, handler);
    };
    add_open_route(router, Method::post, "/api/v1/users",
                   [this](http::Request& request) { return register_user(request); });
    own(Method::get, "/api/v1/users/me", &Users::me);
    own(Method::patch, "/api/v1/users/me", &Users::change_me);
    own(Method::del, "/api/v1/users/me", &Users::delete_me);
    own(Method::post, "/api/v1/users/me/password", &Users::change_password);
    own(Method::post, "/api/v1/email-verifications", &Users::send_verification);
    add_open_route(router, Method::post, "/api/v1/email-verifications/confirm",
                   [this](http::Request& request) { return confirm_verification(request); });
}

Async<Result<http::Response>> Users::register_user(http::Request& request) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    auto user = read_user(*fields);
    if (!user) co_return user.error();
    auto password = read_new_password(*fields, user->email);
    if (!password) co_return password.error();
    const auto invitation = text(*fields, "invitation");
    if (!invitation) co_return invitation.error();
    // Twenty an hour.
    const auto allowed = co_await parts_.throttle.take(
        of_address("register", request.remote_address, 20, 3 * kMinute));
    if (!allowed) co_return allowed.error();
    // Hashing is dear, so what cannot work is told before.
    if (parts_.registration == accounts::Registration::closed) co_return accounts::not_open();
    if (parts_.registration == accounts::Registration::invite) {
        auto look = [code = invitation->value_or(""), email = user->email,
                     now = parts_.clock.now()](Session& session) {
            return storage::is_invitation_good(session, accounts::hash_token(code), email, now);
        };
        const bool is_good = co_await parts_.database.read(std::move(look));
        if (!is_good) co_return accounts::not_invited();
    }
    auto hash = co_await parts_.passwords.hash(std::move(*password));
    if (!hash) co_return hash.error();
    user->password_hash = std::move(*hash);

    auto write = [this, user = *user, code = invitation->value_or(""),
                  base_url = request.base_url](Session& session) -> Result<storage::UserRow> {
        const auto now = parts_.clock.now();
        auto row =
            accounts::register_user(session, user, parts_.registration, code, parts_.random, now);
        if (row && parts_.sends_mail) {
            owe_mail(session, row->id, CodePurpose::verification, base_url, parts_.random, now);
        }
        return row;
    };
    const auto row = co_await parts_.database.write(std::move(write));
    if (!row) co_return row.error();
    co_return http::Response::json(201, user_json(*row));
}

Async<Result<http::Response>> Users::me(http::Request&, Person person) {
    auto find = [id = person.user_id](Session& session) { return storage::find_user(session, id); };
    const auto row = co_await parts_.database.read(std::move(find));
    if (!row) co_return Error(ErrorCode::invalid_token, "The account is gone.");
    co_return http::Response::json(200, user_json(*row));
}

Async<Result<http::Response>> Users::change_me(http::Request& request, Person person) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    const bool renames = fields->contains("nickname");
    auto nickname = nickname_of(*fields);
    if (!nickname) co_return nickname.error();
    auto write = [id = person.user_id, renames, nickname = *nickname](Session& session) {
        auto row = storage::find_user_to_change(session, id);
        if (row && renames) {
            row->nickname = nickname;
            storage::update_user(session, *row);
        }
        return row;
    };
    const auto row = co_await parts_.database.write(std::move(write));
    if (!row) co_return Error(ErrorCode::invalid_token, "The account is gone.");
    co_return http::Response::json(200, user_json(*row));
}

Async<Result<storage::UserRow>> Users::check_password(UserId user, std::string field,
                                                      std::string password) {
    // Ten in a quarter of an hour: a stolen session must not find the password out.
    std::vector<Allowed> wanted{{person_key("password", user.str()), 10, kMinute * 3 / 2}};
    const auto allowed = co_await parts_.throttle.take(std::move(wanted));
    if (!allowed) co_return allowed.error();
    auto find = [user](Session& session) { return storage::find_user(session, user); };
    auto row = co_await parts_.database.read(std::move(find));
    if (!row) co_return Error(ErrorCode::invalid_token, "The account is gone.");
    const auto same = co_await parts_.passwords.verify(row->password_hash, std::move(password));
    if (!same) co_return same.error();
    if (!*same) co_return field_error(field, "is not your password.");
    co_return std::move(*row);
}

Async<Result<http::Response>> Users::delete_me(http::Request& request, Person person) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    auto password = required_text(*fields, "password");
    if (!password) co_return password.error();
    if (person.role == Role::owner)
        co_return Error(ErrorCode::forbidden, "The owner's account cannot be deleted.");
    const auto user = co_await check_password(person.user_id, "password", std::move(*password));
    if (!user) co_return user.error();
    auto write = [this, id = person.user_id](Session& session) {
        return accounts::delete_user(session, id, parts_.clock.now());
    };
    const auto deleted = co_await parts_.database.write(std::move(write));
    if (!deleted) co_return deleted.error();
    co_await parts_.access.let_all_forget();
    co_return http::Response::empty(204);
}

Async<Result<http::Response>> Users::change_password(http::Request& request, Person person) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    auto current = required_text(*fields, "current_password");
    if (!current) co_return current.error();
    auto password = read_new_password(*fields, person.email);
    if (!password) co_return password.error();
    const auto user =
        co_await check_password(person.user_id, "current_password", std::move(*current));
    if (!user) co_return user.error();
    auto hash = co_await parts_.passwords.hash(std::move(*password));
    if (!hash) co_return hash.error();
    auto write = [user = *user, hash = std::move(*hash),
                  kept = person.login ? person.login->hash : std::string()](Session& session) {
        const auto row = storage::find_user_to_change(session, user.id);
        // Somebody else may have set one meanwhile; that one was the later.
        if (row && row->password_hash == user.password_hash)
            accounts::set_password(session, *row, hash, kept);
    };
    co_await parts_.database.write(std::move(write));
    co_return http::Response::empty(204);
}

Async<Result<http::Response>> Users::send_verification(http::Request& request, Person person) {
    if (!parts_.sends_mail)
        co_return Error(ErrorCode::forbidden, "This server sends no mail, so it verifies nobody.");
    std::vector<Allowed> wanted{{person_key("verify", person.email), 3, 20 * kMinute}};
    const auto allowed = co_await parts_.throttle.take(std::move(wanted));
    if (!allowed) co_return allowed.error();
    if (!person.verified) {
        auto write = [this, id = person.user_id, base_url = request.base_url](Session& session) {
            owe_mail(session, id, CodePurpose::verification, base_url, parts_.random,
                     parts_.clock.now());
        };
        co_await parts_.database.write(std::move(write));
    }
    co_return http::Response::json(202, json::object{{"accepted", true}});
}

Async<Result<http::Response>> Users::confirm_verification(http::Request& request) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    const auto code = required_text(*fields, "code");
    if (!code) co_return code.error();
    auto write = [this, code = *code](Session& session) {
        return accounts::redeem_verification_code(session, code, parts_.clock.now());
    };
    const auto user = co_await parts_.database.write(std::move(write));
    if (!user) co_return user.error();
    co_return http::Response::json(200, json::object{{"user", user_json(*user)}});
}

}  // namespace kinora::api
