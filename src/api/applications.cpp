#include "api/applications.hpp"

#include "accounts/applications.hpp"
#include "accounts/token.hpp"
#include "api/body.hpp"
#include "api/fields.hpp"
#include "api/json_text.hpp"
#include "api/page.hpp"
#include "api/platform_json.hpp"

#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

using accounts::Role;
using http::Method;
using storage::Session;
using Text = std::optional<std::string>;

Result<http::Response> answer(Text text, int status = 200) {
    if (!text) return no_such_application();
    return http::Response::json_text(status, std::move(*text));
}

std::string secret_text(const storage::ApplicationRow& row) {
    return to_text(json::object{{"secret", row.webhook_secret}});
}

}  // namespace

Error no_such_application() {
    return {ErrorCode::not_found,
            "You have no application with this id; see /api/v1/applications/."};
}

std::optional<storage::ApplicationRow> own_application(Session& session, UserId user,
                                                       std::string_view id) {
    const auto wanted = ApplicationId::parse(id);
    if (!wanted) return std::nullopt;
    auto row = storage::find_application(session, *wanted);
    if (!row || row->user_id != user) return std::nullopt;
    return row;
}

void Applications::routes(http::Router& router) {
    const auto own = [&](Method method, const char* pattern, auto handler) {
        access_.route(router, method, pattern, Role::user, this, handler);
    };
    own(Method::get, "/api/v1/applications", &Applications::list);
    own(Method::post, "/api/v1/applications", &Applications::acquire);
    own(Method::get, "/api/v1/applications/{}", &Applications::get);
    own(Method::patch, "/api/v1/applications/{}", &Applications::change);
    own(Method::get, "/api/v1/applications/{}/secret", &Applications::secret);
    own(Method::post, "/api/v1/applications/{}/secret", &Applications::rotate_secret);
}

Async<Result<http::Response>> Applications::list(http::Request& request, Person person) {
    const auto slice = read_slice(request.query);
    if (!slice) co_return slice.error();
    auto find = [slice = *slice, user = person.user_id](Session& session) {
        const auto listed = storage::list_applications(session, user, slice);
        return list_text(listed, [&](const auto& row) { return application_json(session, row); });
    };
    co_return http::Response::json_text(200, co_await database_.read(std::move(find)));
}

Async<Result<http::Response>> Applications::acquire(http::Request& request, Person person) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    const auto service = required_text(*fields, "service_id");
    if (!service) co_return service.error();
    if (verified_only_ && !person.verified) {
        co_return Error(ErrorCode::forbidden,
                        "Confirm your e-mail address first: open the link in the mail that was "
                        "sent to you, or ask for another at /api/v1/email-verifications/.");
    }
    struct Outcome {
        std::string text;
        bool is_new = false;
    };
    auto write = [this, user = person.user_id, id = *service](Session& session) -> Result<Outcome> {
        const auto row = storage::find_user(session, user);
        if (!row) return Error(ErrorCode::invalid_token, "The account is gone.");
        // What is no id is the id of no service.
        const auto wanted = ServiceId::parse(id).value_or(ServiceId::make(random_));
        auto acquired = accounts::acquire(session, *row, wanted, random_, clock_.now());
        if (!acquired) return acquired.error();
        return Outcome{to_text(application_json(session, acquired->application)), acquired->is_new};
    };
    auto outcome = co_await database_.write(std::move(write));
    if (!outcome) co_return outcome.error();
    co_return http::Response::json_text(outcome->is_new ? 201 : 200, std::move(outcome->text));
}

Async<Result<http::Response>> Applications::get(http::Request& request, Person person) {
    auto find = [user = person.user_id, id = request.parameters.front()](Session& session) -> Text {
        const auto row = own_application(session, user, id);
        if (!row) return std::nullopt;
        return to_text(application_json(session, *row));
    };
    co_return answer(co_await database_.read(std::move(find)));
}

Async<Result<http::Response>> Applications::change(http::Request& request, Person person) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    const auto allow = flag(*fields, "allow_consume_global");
    if (!allow) co_return allow.error();
    auto write = [user = person.user_id, id = request.parameters.front(),
                  allow = *allow](Session& session) -> Result<Text> {
        auto row = own_application(session, user, id);
        if (row) row = storage::find_application_to_change(session, row->id);
        if (!row) return Text();
        if (allow && *allow && row->is_global())
            return field_error("allow_consume_global", "cannot be set on the general balance.");
        if (allow) row->allow_consume_global = *allow;
        storage::update_application(session, *row);
        return Text(to_text(application_json(session, *row)));
    };
    auto text = co_await database_.write(std::move(write));
    if (!text) co_return text.error();
    co_return answer(std::move(*text));
}

Async<Result<http::Response>> Applications::secret(http::Request& request, Person person) {
    auto find = [user = person.user_id, id = request.parameters.front()](Session& session) -> Text {
        const auto row = own_application(session, user, id);
        if (!row) return std::nullopt;
        return secret_text(*row);
    };
    auto response = answer(co_await database_.read(std::move(find)));
    if (response) response->set("Cache-Control", "no-store");
    co_return response;
}

Async<Result<http::Response>> Applications::rotate_secret(http::Request& request, Person person) {
    auto write = [this, user = person.user_id,
                  id = request.parameters.front()](Session& session) -> Text {
        auto row = own_application(session, user, id);
        if (row) row = storage::find_application_to_change(session, row->id);
        if (!row) return std::nullopt;
        row->webhook_secret = accounts::make_webhook_secret(random_).reveal();
        storage::update_application(session, *row);
        return secret_text(*row);
    };
    auto response = answer(co_await database_.write(std::move(write)));
    if (response) response->set("Cache-Control", "no-store");
    co_return response;
}

}  // namespace kinora::api
