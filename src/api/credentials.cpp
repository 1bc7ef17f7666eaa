#include "api/credentials.hpp"

#include "accounts/applications.hpp"
#include "accounts/names.hpp"
#include "api/applications.hpp"
#include "api/body.hpp"
#include "api/fields.hpp"
#include "api/page.hpp"
#include "api/platform_json.hpp"

#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

using accounts::Role;
using http::Method;
using storage::Session;

// So that nobody fills the database with keys.
constexpr std::int64_t kKeysMax = 1'000;

Error no_such_credential() {
    return {ErrorCode::not_found, "You have no credential with this id; see /api/v1/credentials/."};
}

std::optional<storage::CredentialRow> own_credential(Session& session, UserId user,
                                                     std::string_view id) {
    const auto wanted = CredentialId::parse(id);
    if (!wanted) return std::nullopt;
    auto row = storage::find_credential(session, *wanted);
    if (!row || row->user_id != user) return std::nullopt;
    return row;
}

http::Response shown_once(int status, const accounts::IssuedCredential& issued) {
    auto object = credential_json(issued.credential);
    object["token"] = issued.token.reveal();
    auto response = http::Response::json_text(status, to_text(object));
    response.set("Cache-Control", "no-store");
    return response;
}

// What the fields change of a key.
struct Change {
    std::optional<std::string> name;
    std::optional<bool> disabled;
    std::optional<std::optional<TimePoint>> expires_at;
    std::optional<std::optional<Credits>> limited_amount;
};

Result<Change> read_change(const json::object& fields, TimePoint now) {
    Change change;
    if (has(fields, "name")) {
        auto name = read_key_name(fields);
        if (!name) return name.error();
        change.name = std::move(*name);
    }
    const auto disabled = flag(fields, "disabled");
    if (!disabled) return disabled.error();
    change.disabled = *disabled;
    if (fields.contains("expired_at")) {
        const auto expiry = read_expiry(fields, now);
        if (!expiry) return expiry.error();
        change.expires_at = *expiry;
    }
    if (fields.contains("limited_amount")) {
        const auto limit = amount(fields, "limited_amount");
        if (!limit) return limit.error();
        change.limited_amount = *limit;
    }
    return change;
}

void apply(const Change& change, storage::CredentialRow& row) {
    if (change.name) row.name = *change.name;
    if (change.disabled) row.disabled = *change.disabled;
    if (change.expires_at) row.expires_at = *change.expires_at;
    if (change.limited_amount) row.limited_amount = *change.limited_amount;
}

Result<storage::CredentialFilter> read_filter(const std::string& query, UserId user) {
    storage::CredentialFilter filter;
    filter.user_id = user;
    const auto slice = read_slice(query);
    if (!slice) return slice.error();
    filter.slice = *slice;
    filter.application_id = query_id<ApplicationId>(query, "application_id");
    filter.prefix = query_value(query, "prefix");
    return filter;
}

}  // namespace

Result<std::string> read_key_name(const json::object& fields) {
    const auto name = text(fields, "name");
    if (!name) return name.error();
    if (!*name || (*name)->empty()) return std::string();
    return accounts::clean_name("name", **name);
}

Result<std::optional<TimePoint>> read_expiry(const json::object& fields, TimePoint now) {
    const auto expiry = time(fields, "expired_at");
    if (!expiry) return expiry.error();
    if (*expiry && **expiry <= now) return field_error("expired_at", "must lie ahead.");
    return *expiry;
}

void Credentials::routes(http::Router& router) {
    const auto own = [&](Method method, const char* pattern, auto handler) {
        access_.route(router, method, pattern, Role::user, this, handler);
    };
    own(Method::get, "/api/v1/credentials", &Credentials::list);
    own(Method::post, "/api/v1/credentials", &Credentials::issue);
    own(Method::get, "/api/v1/credentials/{}", &Credentials::get);
    own(Method::patch, "/api/v1/credentials/{}", &Credentials::change);
    own(Method::del, "/api/v1/credentials/{}", &Credentials::revoke);
    own(Method::post, "/api/v1/credentials/{}/rotate", &Credentials::rotate);
}

Async<Result<http::Response>> Credentials::list(http::Request& request, Person person) {
    const auto filter = read_filter(request.query, person.user_id);
    if (!filter) co_return filter.error();
    auto find = [filter = *filter](Session& session) {
        return list_text(storage::list_credentials(session, filter), credential_json);
    };
    co_return http::Response::json_text(200, co_await database_.read(std::move(find)));
}

Async<Result<http::Response>> Credentials::issue(http::Request& request, Person person) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    const auto application = required_text(*fields, "application_id");
    if (!application) co_return application.error();
    const auto change = read_change(*fields, clock_.now());
    if (!change) co_return change.error();
    auto write = [this, user = person.user_id, id = *application,
                  change = *change](Session& session) -> Result<accounts::IssuedCredential> {
        const auto row = own_application(session, user, id);
        if (!row) return no_such_application();
        storage::CredentialFilter all;
        all.user_id = user;
        all.slice.limit = 0;
        if (storage::list_credentials(session, all).count >= kKeysMax) {
            return Error(ErrorCode::bad_request, "You have " + std::to_string(kKeysMax) +
                                                     " credentials, which is all you may. Revoke "
                                                     "some first.");
        }
        storage::CredentialRow wanted;
        wanted.application_id = row->id;
        wanted.user_id = user;
        wanted.limited = row->metered;  // The owner's own has no limits.
        apply(change, wanted);
        return accounts::issue_credential(session, wanted, random_, clock_.now());
    };
    const auto issued = co_await database_.write(std::move(write));
    if (!issued) co_return issued.error();
    co_return shown_once(201, *issued);
}

Async<Result<http::Response>> Credentials::get(http::Request& request, Person person) {
    auto find = [user = person.user_id, id = request.parameters.front()](Session& session) {
        return own_credential(session, user, id);
    };
    const auto row = co_await database_.read(std::move(find));
    if (!row) co_return no_such_credential();
    co_return http::Response::json_text(200, to_text(credential_json(*row)));
}

Async<Result<http::Response>> Credentials::change(http::Request& request, Person person) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    const auto change = read_change(*fields, clock_.now());
    if (!change) co_return change.error();
    auto write = [user = person.user_id, id = request.parameters.front(),
                  change = *change](Session& session) {
        auto row = own_credential(session, user, id);
        if (!row) return row;
        apply(change, *row);
        storage::update_credential(session, *row);
        return row;
    };
    const auto row = co_await database_.write(std::move(write));
    if (!row) co_return no_such_credential();
    co_await access_.let_all_forget();
    co_return http::Response::json_text(200, to_text(credential_json(*row)));
}

Async<Result<http::Response>> Credentials::rotate(http::Request& request, Person person) {
    auto write = [this, user = person.user_id, id = request.parameters.front()](
                     Session& session) -> Result<accounts::IssuedCredential> {
        const auto row = own_credential(session, user, id);
        if (!row) return no_such_credential();
        auto issued = accounts::rotate_credential(session, row->id, random_);
        if (!issued) return no_such_credential();  // Another server revoked it just now.
        return std::move(*issued);
    };
    const auto issued = co_await database_.write(std::move(write));
    if (!issued) co_return issued.error();
    co_await access_.let_all_forget();
    co_return shown_once(200, *issued);
}

Async<Result<http::Response>> Credentials::revoke(http::Request& request, Person person) {
    auto write = [user = person.user_id, id = request.parameters.front()](Session& session) {
        const auto row = own_credential(session, user, id);
        return row && storage::remove_credential(session, row->id);
    };
    const bool revoked = co_await database_.write(std::move(write));
    if (!revoked) co_return no_such_credential();
    co_await access_.let_all_forget();
    co_return http::Response::empty(204);
}

}  // namespace kinora::api
