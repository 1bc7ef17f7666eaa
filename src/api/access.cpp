#include "api/access.hpp"

#include "accounts/token.hpp"
#include "api/status.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace kinora::api {
namespace {

using accounts::Person;
using accounts::Role;

constexpr Milliseconds kTouchEvery{60'000};
constexpr Milliseconds kProlongEvery{3'600'000};

bool changes_something(http::Method method) {
    return method != http::Method::get && method != http::Method::head;
}

Error not_logged_in() {
    return {ErrorCode::no_token,
            "You are not logged in. Log in at /api/v1/sessions/, or send a platform token in the "
            "header \"Authorization: Bearer platform-…\"."};
}

Error login_is_over() {
    return {ErrorCode::invalid_token, "You are logged out, or were for too long away. Log in."};
}

Error wants_csrf() {
    return {ErrorCode::forbidden,
            "A call with a session cookie that changes something needs the header X-CSRF-Token; "
            "its value came with the log-in and is at /api/v1/sessions/current/."};
}

Error role_too_low(Role role) {
    return {ErrorCode::forbidden, role == Role::owner
                                      ? "Only the owner of this server may do this."
                                      : "Only administrators of this server may do this."};
}

// The token in "Bearer <token>"; the whole where it is something else.
std::string_view bearer(std::string_view authorization) {
    const auto text = trim(authorization, " ");
    const auto space = text.rfind(' ');
    return space == std::string_view::npos ? text : text.substr(space + 1);
}

Async<http::Response> serve_open(http::Request& request, OpenHandler handler) {
    auto response = co_await handler(request);
    if (!response) co_return to_response(response.error(), request.trace_id);
    co_return std::move(*response);
}

}  // namespace

void add_open_route(http::Router& router, http::Method method, std::string pattern,
                    OpenHandler handler) {
    auto serve_it = [handler = std::move(handler)](http::Request& request) {
        return serve_open(request, handler);
    };
    router.add({method, std::move(pattern), std::move(serve_it)});
}

std::string cookie_of(const http::Request& request, std::string_view name) {
    auto rest = request.header("Cookie");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        const auto pair = trim(rest.substr(0, end), " ");
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return std::string(pair.substr(equals + 1));
    }
    return {};
}

accounts::Actor actor_of(const Person& person, const http::Request& request) {
    return {person.user_id, person.email, request.trace_id.str(), request.remote_address};
}

Async<Result<accounts::Caller>> Access::caller(const http::Request& request) {
    const auto authorization = request.header("Authorization");
    const auto cookie = cookie_of(request, kLoginCookie);
    if (!authorization.empty() || cookie.empty()) {
        if (accounts::is_platform_token(bearer(authorization))) {
            co_return Error(ErrorCode::token_mismatched,
                            "This is a platform token, which manages an account. Send an API token "
                            "of the service.");
        }
        co_return co_await callers_.identify(request);
    }
    const auto person = co_await by_cookie(request, cookie);
    if (!person) co_return person.error();
    const auto credential = CredentialId::parse(request.header("X-Credential-Id"));
    if (!credential) {
        co_return Error(ErrorCode::no_token,
                        "A call with a session cookie needs the header X-Credential-Id, the id of "
                        "a credential of yours; see /api/v1/credentials/.");
    }
    co_return co_await callers_.identify(*credential, person->user_id);
}

Async<Result<Reach>> Access::reader(const http::Request& request) {
    const auto authorization = request.header("Authorization");
    const bool by_person = accounts::is_platform_token(bearer(authorization)) ||
                           (authorization.empty() && !cookie_of(request, kLoginCookie).empty());
    if (by_person) {
        const auto person = co_await this->person(request);
        if (!person) co_return person.error();
        co_return Reach{person->user_id, std::nullopt};
    }
    const auto caller = co_await callers_.identify(request);
    if (!caller) co_return caller.error();
    co_return Reach{caller->user_id, caller->application_id};
}

Async<Result<Person>> Access::person(const http::Request& request, Role role) {
    Result<Person> person = not_logged_in();
    if (!request.header("Authorization").empty()) {
        auto hash = accounts::token_hash_of(request.header("Authorization"));
        if (!hash) co_return hash.error();
        person = co_await by_token(request, std::move(*hash));
    } else if (auto cookie = cookie_of(request, kLoginCookie); !cookie.empty()) {
        person = co_await by_cookie(request, std::move(cookie));
    }
    if (!person) co_return person.error();
    if (person->role < role) co_return role_too_low(role);
    const auto rate = rate_.admit(person->user_id.uuid(), limit_rps_, clock_.steady());
    if (!rate) co_return rate.error();
    co_return person;
}

Async<Result<Person>> Access::by_token(const http::Request& request, std::string token_hash) {
    if (!accounts::is_platform_token(bearer(request.header("Authorization"))))
        co_return co_await why_not_a_platform_token(std::move(token_hash));
    auto find = [token_hash](storage::Session& session) {
        return storage::find_platform_token(session, token_hash);
    };
    const auto holder = co_await database_.read(std::move(find));
    if (!holder) {
        co_return Error(ErrorCode::invalid_token,
                        "The platform token is unknown or was revoked. Use another one.");
    }
    const auto now = clock_.now();
    if (holder->token.expires_at && *holder->token.expires_at <= now) {
        co_return Error(ErrorCode::token_expired, "The token has expired. Use another token.");
    }
    const auto admitted = accounts::admit(holder->user);
    if (!admitted) co_return admitted.error();
    if (!holder->token.used_at || now - *holder->token.used_at > kTouchEvery) {
        auto touch = [id = holder->token.id, now](storage::Session& session) {
            storage::touch_platform_token(session, id, now);
        };
        co_await database_.write(std::move(touch));
    }
    auto person = accounts::person_of(holder->user);
    person.token = holder->token;
    co_return person;
}

Async<Error> Access::why_not_a_platform_token(std::string token_hash) {
    auto find = [token_hash](storage::Session& session) {
        return storage::find_caller(session, token_hash).has_value();
    };
    const bool is_api_token = co_await database_.read(std::move(find));
    if (is_api_token) {
        co_return Error(ErrorCode::token_mismatched,
                        "This is an API token, which calls a service. Log in, or send a platform "
                        "token; see /api/v1/platform-tokens/.");
    }
    co_return Error(ErrorCode::invalid_token,
                    "The token is unknown or was revoked. Log in, or send a platform token.");
}

Async<Result<Person>> Access::by_cookie(const http::Request& request, std::string cookie) {
    auto find = [hash = accounts::hash_token(cookie)](storage::Session& session) {
        return storage::find_login(session, hash);
    };
    const auto found = co_await database_.read(std::move(find));
    const auto now = clock_.now();
    if (!found || found->login.expires_at <= now) co_return login_is_over();
    if (changes_something(request.method) &&
        !accounts::same_secret(request.header("X-CSRF-Token"), accounts::csrf_token_of(cookie))) {
        co_return wants_csrf();
    }
    const auto admitted = accounts::admit(found->user);
    if (!admitted) co_return admitted.error();
    if (now - found->login.used_at > kProlongEvery) {
        auto prolong = [hash = found->login.hash, now](storage::Session& session) {
            storage::prolong_login(session, hash, now, now + accounts::kLoginHolds);
        };
        co_await database_.write(std::move(prolong));
    }
    auto person = accounts::person_of(found->user);
    person.login = found->login;
    co_return person;
}

void Access::route(http::Router& router, http::Method method, std::string pattern, Role role,
                   PersonHandler handler) {
    auto serve_it = [this, role, handler = std::move(handler)](http::Request& request) {
        return serve(request, role, handler);
    };
    router.add({method, std::move(pattern), std::move(serve_it)});
}

Async<http::Response> Access::serve(http::Request& request, Role role, PersonHandler handler) {
    auto person = co_await this->person(request, role);
    if (!person) co_return to_response(person.error(), request.trace_id);
    auto response = co_await handler(request, std::move(*person));
    if (!response) co_return to_response(response.error(), request.trace_id);
    // What is somebody's own stays out of every cache.
    const bool is_said =
        std::any_of(response->headers.begin(), response->headers.end(),
                    [](const auto& each) { return each.first == "Cache-Control"; });
    if (!is_said) response->set("Cache-Control", "no-store");
    co_return std::move(*response);
}

Async<void> Access::let_all_forget() {
    return callers_.let_all_forget();
}

}  // namespace kinora::api
