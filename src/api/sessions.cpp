#include "api/sessions.hpp"

#include "accounts/names.hpp"
#include "accounts/token.hpp"
#include "api/body.hpp"
#include "api/fields.hpp"
#include "api/platform_json.hpp"
#include "api/times.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

using accounts::Role;
using http::Method;
using storage::Session;

constexpr Milliseconds kMinute{60'000};

Error wrong() {
    return {ErrorCode::invalid_token, "The e-mail address or the password is wrong."};
}

// The address as it is stored. What is none may be an owner's name of the settings, in plain ASCII;
// all else is nobody's, and one text for everything that is nobody's cannot get round a limit.
std::string known_as(std::string_view given) {
    auto address = accounts::clean_email(given);
    if (address) return std::move(*address);
    const bool plain =
        std::all_of(given.begin(), given.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    return plain && given.size() <= 254 ? std::string(given) : "nobody";
}

// An attribute of the cookie keeps it from scripts, from other sites, and from plain HTTP where the
// page came by HTTPS.
std::string cookie_text(std::string_view value, std::chrono::seconds age,
                        std::string_view base_url) {
    std::string text =
        std::string(kLoginCookie) + '=' + std::string(value) +
        "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(age.count());
    if (base_url.starts_with("https://")) text += "; Secure";
    return text;
}

http::Response logged_in(int status, const storage::UserRow& user,
                         const accounts::LoginSecrets& login, std::string_view base_url) {
    auto response =
        http::Response::json(status, json::object{{"user", user_json(user)},
                                                  {"csrf_token", login.csrf_token},
                                                  {"expires_at", to_rfc3339(login.expires_at)}});
    response.set(
        "Set-Cookie",
        cookie_text(login.cookie.reveal(),
                    std::chrono::duration_cast<std::chrono::seconds>(accounts::kLoginHolds),
                    base_url));
    response.set("Cache-Control", "no-store");
    return response;
}

}  // namespace

void Sessions::routes(http::Router& router) {
    const auto own = [&](Method method, const char* pattern, auto handler) {
        parts_.access.route(router, method, pattern, Role::user, this, handler);
    };
    const auto open = [&](const char* pattern, auto handler) {
        add_open_route(router, Method::post, pattern, [this, handler](http::Request& request) {
            return (this->*handler)(request);
        });
    };
    open("/api/v1/sessions", &Sessions::log_in);
    own(Method::del, "/api/v1/sessions", &Sessions::log_out_everywhere);
    own(Method::get, "/api/v1/sessions/current", &Sessions::current);
    own(Method::del, "/api/v1/sessions/current", &Sessions::log_out);
    open("/api/v1/password-resets", &Sessions::ask_for_reset);
    open("/api/v1/password-resets/confirm", &Sessions::confirm_reset);
}

Async<Result<storage::UserRow>> Sessions::find_by_password(std::string email, std::string password,
                                                           std::string remote_address) {
    // Ten in a quarter of an hour from one place, a hundred an hour from everywhere: who does not
    // know the password cannot lock the one out who does.
    const auto here = person_key("login", email) + " at " + network_of(remote_address);
    auto wanted = of_address("login", remote_address, 200, Milliseconds(4'500));
    wanted.push_back({here, 10, kMinute * 3 / 2});
    wanted.push_back({person_key("login", email), 100, kMinute * 3 / 5});
    const auto allowed = co_await parts_.throttle.take(std::move(wanted));
    if (!allowed) co_return allowed.error();

    auto find = [email](Session& session) { return storage::find_user_by_email(session, email); };
    auto user = co_await parts_.database.read(std::move(find));
    // Named first: g++ 12 destroys what a `?:` makes within a co_await twice.
    auto hash = user ? user->password_hash : std::string();
    const auto same = co_await parts_.passwords.verify(std::move(hash), std::move(password));
    if (!same) co_return same.error();
    if (!user || !*same) co_return wrong();
    const auto admitted = accounts::admit(*user);
    if (!admitted) co_return admitted.error();
    auto reset = [here](Session& session) { storage::reset_allowance(session, here); };
    co_await parts_.database.write(std::move(reset));
    co_return std::move(*user);
}

Async<Result<http::Response>> Sessions::log_in(http::Request& request) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    const auto given = required_text(*fields, "email");
    if (!given) co_return given.error();
    auto password = required_text(*fields, "password");
    if (!password) co_return password.error();
    if (password->size() > accounts::kPasswordLengthMax) password->clear();  // Nobody has it.
    const auto user =
        co_await find_by_password(known_as(*given), std::move(*password), request.remote_address);
    if (!user) co_return user.error();
    auto write = [this, id = user->id](Session& session) {
        return accounts::log_in(session, id, parts_.random, parts_.clock.now());
    };
    const auto login = co_await parts_.database.write(std::move(write));
    co_return logged_in(201, *user, login, request.base_url);
}

Async<Result<http::Response>> Sessions::current(http::Request& request, Person person) {
    if (!person.login) {
        co_return Error(ErrorCode::bad_request,
                        "This call came with a platform token, which is no session; "
                        "/api/v1/users/me/ says whose it is.");
    }
    auto find = [id = person.user_id](Session& session) { return storage::find_user(session, id); };
    const auto user = co_await parts_.database.read(std::move(find));
    if (!user) co_return Error(ErrorCode::invalid_token, "The account is gone.");
    auto response = http::Response::json(
        200, json::object{{"user", user_json(*user)},
                          {"csrf_token", accounts::csrf_token_of(cookie_of(request, kLoginCookie))},
                          {"expires_at", to_rfc3339(person.login->expires_at)}});
    response.set("Cache-Control", "no-store");
    co_return response;
}

Async<Result<http::Response>> Sessions::log_out(http::Request& request, Person person) {
    if (!person.login) {
        co_return Error(ErrorCode::bad_request,
                        "This call came with a platform token, which is no session; revoke it at "
                        "/api/v1/platform-tokens/.");
    }
    auto write = [hash = person.login->hash](Session& session) {
        storage::remove_login(session, hash);
    };
    co_await parts_.database.write(std::move(write));
    auto response = http::Response::empty(204);
    response.set("Set-Cookie", cookie_text("", std::chrono::seconds(0), request.base_url));
    co_return response;
}

Async<Result<http::Response>> Sessions::log_out_everywhere(http::Request& request, Person person) {
    auto write = [id = person.user_id](Session& session) { storage::remove_logins(session, id); };
    co_await parts_.database.write(std::move(write));
    auto response = http::Response::empty(204);
    response.set("Set-Cookie", cookie_text("", std::chrono::seconds(0), request.base_url));
    co_return response;
}

Async<Result<http::Response>> Sessions::ask_for_reset(http::Request& request) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    const auto given = required_text(*fields, "email");
    if (!given) co_return given.error();
    const auto email = accounts::clean_email(*given);
    if (!email) co_return email.error();
    if (!parts_.sends_mail) {
        co_return Error(ErrorCode::forbidden,
                        "This server sends no mail. Ask its administrator for a link that sets a "
                        "new password.");
    }
    std::vector<Allowed> wanted{{person_key("reset", *email), 3, 20 * kMinute}};
    for (auto& each : of_address("reset", request.remote_address, 20, 3 * kMinute))
        wanted.push_back(std::move(each));
    const auto allowed = co_await parts_.throttle.take(std::move(wanted));
    if (!allowed) co_return allowed.error();
    auto write = [this, email = *email, base_url = request.base_url](Session& session) {
        const auto user = storage::find_user_by_email(session, email);
        if (!user || user->disabled) return;
        const auto now = parts_.clock.now();
        storage::insert_mail(session, {MailId::make(parts_.random), user->id,
                                       storage::CodePurpose::password, base_url, 0, now, now});
    };
    co_await parts_.database.write(std::move(write));
    co_return http::Response::json(202, json::object{{"accepted", true}});
}

Async<Result<http::Response>> Sessions::confirm_reset(http::Request& request) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    const auto code = required_text(*fields, "code");
    if (!code) co_return code.error();
    auto password = required_text(*fields, "password");
    if (!password) co_return password.error();
    const auto usable = accounts::check_password(*password, {});
    if (!usable) co_return usable.error();
    const auto allowed =
        co_await parts_.throttle.take(of_address("confirm", request.remote_address, 30, kMinute));
    if (!allowed) co_return allowed.error();
    // Hashing is dear, so what cannot work is told before.
    auto look = [code = *code, now = parts_.clock.now()](Session& session) {
        return storage::is_code_good(session, accounts::hash_token(code),
                                     storage::CodePurpose::password, now);
    };
    const bool is_good = co_await parts_.database.read(std::move(look));
    if (!is_good) co_return accounts::unknown_code();
    auto hash = co_await parts_.passwords.hash(std::move(*password));
    if (!hash) co_return hash.error();
    struct Entered {
        storage::UserRow user;
        accounts::LoginSecrets login;
    };
    auto write = [this, code = *code,
                  hash = std::move(*hash)](Session& session) -> Result<Entered> {
        const auto now = parts_.clock.now();
        const auto user = accounts::redeem_password_code(session, code, hash, now);
        if (!user) return user.error();
        // Disabled ones may have a new password, but do not get in.
        const auto admitted = accounts::admit(*user);
        if (!admitted) return admitted.error();
        return Entered{*user, accounts::log_in(session, user->id, parts_.random, now)};
    };
    const auto entered = co_await parts_.database.write(std::move(write));
    if (!entered) co_return entered.error();
    co_return logged_in(200, entered->user, entered->login, request.base_url);
}

}  // namespace kinora::api
