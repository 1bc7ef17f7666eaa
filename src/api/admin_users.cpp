#include "api/admin_users.hpp"

#include "accounts/names.hpp"
#include "api/admin_json.hpp"
#include "api/body.hpp"
#include "api/fields.hpp"
#include "api/page.hpp"
#include "api/times.hpp"

#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

using accounts::Role;
using http::Method;
using storage::Session;

constexpr std::int64_t kInvitationHolds_s = 7 * 24 * 3'600;
constexpr std::int64_t kInvitationHoldsMax_s = 365 * 24 * 3'600;

UserId user_in(const http::Request& request) {
    return UserId::parse(request.parameters.front()).value_or(UserId());
}

Result<std::optional<Role>> read_role(const json::object& fields) {
    const auto word = text(fields, "role");
    if (!word) return word.error();
    if (!*word) return std::optional<Role>();
    const auto role = accounts::parse_role(**word);
    if (!role || *role == Role::owner) return field_error("role", "must be `user` or `admin`.");
    return role;
}

Result<std::optional<std::string>> read_nickname(const json::object& fields) {
    const auto nickname = text(fields, "nickname");
    if (!nickname) return nickname.error();
    if (!*nickname || (*nickname)->empty()) return *nickname;
    auto clean = accounts::clean_name("nickname", **nickname);
    if (!clean) return clean.error();
    return std::optional(std::move(*clean));
}

http::Response secret(int status, const json::object& object) {
    auto response = http::Response::json_text(status, to_text(object));
    response.set("Cache-Control", "no-store");
    return response;
}

}  // namespace

void AdminUsers::routes(http::Router& router) {
    const auto add = [&](Method method, const char* pattern, auto handler) {
        parts_.access.route(router, method, pattern, accounts::Role::admin, this, handler);
    };
    add(Method::get, "/api/v1/admin/users", &AdminUsers::list);
    add(Method::post, "/api/v1/admin/users", &AdminUsers::create);
    add(Method::get, "/api/v1/admin/users/{}", &AdminUsers::get);
    add(Method::patch, "/api/v1/admin/users/{}", &AdminUsers::change);
    add(Method::del, "/api/v1/admin/users/{}", &AdminUsers::remove);
    add(Method::post, "/api/v1/admin/users/{}/reset-link", &AdminUsers::make_reset_link);
    add(Method::get, "/api/v1/admin/invitations", &AdminUsers::list_invitations);
    add(Method::post, "/api/v1/admin/invitations", &AdminUsers::invite);
    add(Method::del, "/api/v1/admin/invitations/{}", &AdminUsers::withdraw);
}

Async<Result<http::Response>> AdminUsers::list(http::Request& request, Person) {
    const auto slice = read_slice(request.query);
    if (!slice) co_return slice.error();
    storage::UserFilter filter{query_value(request.query, "q"), query_value(request.query, "role"),
                               *slice};
    if (!filter.role.empty() && !accounts::parse_role(filter.role))
        co_return field_error("role", "must be `user`, `admin` or `owner`.");
    auto find = [filter](Session& session) {
        return list_text(storage::list_users(session, filter), user_json);
    };
    co_return http::Response::json_text(200, co_await parts_.database.read(std::move(find)));
}

Async<Result<http::Response>> AdminUsers::create(http::Request& request, Person person) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    accounts::NewUser user;
    const auto email = required_text(*fields, "email");
    if (!email) co_return email.error();
    auto address = accounts::clean_email(*email);
    if (!address) co_return address.error();
    user.email = std::move(*address);
    const auto nickname = read_nickname(*fields);
    if (!nickname) co_return nickname.error();
    user.nickname = nickname->value_or("");
    const auto role = read_role(*fields);
    if (!role) co_return role.error();
    user.role = role->value_or(Role::user);
    auto password = text(*fields, "password");
    if (!password) co_return password.error();
    if (*password) {
        const auto usable = accounts::check_password(**password, user.email);
        if (!usable) co_return usable.error();
        auto hash = co_await parts_.passwords.hash(std::move(**password));
        if (!hash) co_return hash.error();
        user.password_hash = std::move(*hash);
    }
    auto act = [user, base_url = request.base_url](
                   const accounts::Office& office) -> Result<json::object> {
        const auto row = accounts::create_user(office, user);
        if (!row) return row.error();
        auto object = user_json(*row);
        if (user.password_hash.empty()) {
            const auto purpose = storage::CodePurpose::password;
            const auto code =
                accounts::make_code(office.session, row->id, purpose, office.random, office.now);
            object["setup_url"] = accounts::link_to(base_url, purpose, code);
        }
        return object;
    };
    const auto object = co_await in_office(parts_, person, request, std::move(act));
    if (!object) co_return object.error();
    co_return secret(201, *object);
}

Async<Result<http::Response>> AdminUsers::get(http::Request& request, Person) {
    auto find = [id = user_in(request)](Session& session) -> std::optional<std::string> {
        const auto row = storage::find_user(session, id);
        if (!row || row->deleted_at) return std::nullopt;
        return to_text(detailed_user_json(session, *row));
    };
    auto text = co_await parts_.database.read(std::move(find));
    if (!text) co_return Error(ErrorCode::not_found, "There is no user with this id.");
    co_return http::Response::json_text(200, std::move(*text));
}

Async<Result<http::Response>> AdminUsers::change(http::Request& request, Person person) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    accounts::UserChange change;
    const auto nickname = read_nickname(*fields);
    if (!nickname) co_return nickname.error();
    change.nickname = *nickname;
    const auto disabled = flag(*fields, "disabled");
    if (!disabled) co_return disabled.error();
    change.disabled = *disabled;
    const auto role = read_role(*fields);
    if (!role) co_return role.error();
    change.role = *role;
    auto act = [change,
                id = user_in(request)](const accounts::Office& office) -> Result<std::string> {
        const auto row = accounts::change_user(office, id, change);
        if (!row) return row.error();
        return to_text(detailed_user_json(office.session, *row));
    };
    auto text = co_await in_office(parts_, person, request, std::move(act));
    if (!text) co_return text.error();
    co_await parts_.access.let_all_forget();
    co_return http::Response::json_text(200, std::move(*text));
}

Async<Result<http::Response>> AdminUsers::remove(http::Request& request, Person person) {
    auto act = [id = user_in(request)](const accounts::Office& office) {
        return accounts::remove_user(office, id);
    };
    const auto removed = co_await in_office(parts_, person, request, std::move(act));
    if (!removed) co_return removed.error();
    co_await parts_.access.let_all_forget();
    co_return http::Response::empty(204);
}

Async<Result<http::Response>> AdminUsers::make_reset_link(http::Request& request, Person person) {
    auto act = [id = user_in(request)](const accounts::Office& office) {
        return accounts::make_reset_code(office, id);
    };
    const auto code = co_await in_office(parts_, person, request, std::move(act));
    if (!code) co_return code.error();
    const auto url = accounts::link_to(request.base_url, storage::CodePurpose::password, *code);
    co_return secret(201, {{"url", url}, {"expires_at", to_rfc3339(code->expires_at)}});
}

Async<Result<http::Response>> AdminUsers::list_invitations(http::Request& request, Person) {
    const auto slice = read_slice(request.query);
    if (!slice) co_return slice.error();
    auto find = [slice = *slice](Session& session) {
        return list_text(storage::list_invitations(session, slice), invitation_json);
    };
    co_return http::Response::json_text(200, co_await parts_.database.read(std::move(find)));
}

Async<Result<http::Response>> AdminUsers::invite(http::Request& request, Person person) {
    const auto fields = co_await read_object_if_any(request);
    if (!fields) co_return fields.error();
    const auto email = text(*fields, "email");
    if (!email) co_return email.error();
    std::string address;
    if (*email) {
        auto clean = accounts::clean_email(**email);
        if (!clean) co_return clean.error();
        address = std::move(*clean);
    }
    const auto holds = whole(*fields, "expires_in", 60, kInvitationHoldsMax_s);
    if (!holds) co_return holds.error();
    const std::chrono::seconds time(holds->value_or(kInvitationHolds_s));
    auto act = [address, time](const accounts::Office& office) {
        return accounts::invite(office, address, time);
    };
    const auto invitation = co_await in_office(parts_, person, request, std::move(act));
    auto object = invitation_json(invitation.row);
    object["code"] = invitation.code.reveal();
    object["url"] = request.base_url + "/register#invitation=" + invitation.code.reveal();
    co_return secret(201, object);
}

Async<Result<http::Response>> AdminUsers::withdraw(http::Request& request, Person person) {
    const auto id = InvitationId::parse(request.parameters.front()).value_or(InvitationId());
    auto act = [id](const accounts::Office& office) {
        return accounts::withdraw_invitation(office, id);
    };
    const bool withdrawn = co_await in_office(parts_, person, request, std::move(act));
    if (!withdrawn) co_return Error(ErrorCode::not_found, "There is no invitation with this id.");
    co_return http::Response::empty(204);
}

}  // namespace kinora::api
