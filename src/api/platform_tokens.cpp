// api/platform_tokens.cpp: /api/v1/platform-tokens/; credentials.hpp has the class.
#include "accounts/token.hpp"
#include "api/body.hpp"
#include "api/credentials.hpp"
#include "api/page.hpp"
#include "api/platform_json.hpp"

#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

using accounts::Role;
using http::Method;
using storage::Session;

constexpr std::int64_t kTokensMax = 100;
// So many characters of the random part are shown beside "platform-".
constexpr std::size_t kShown = accounts::kTokenPrefixLength;

}  // namespace

void PlatformTokens::routes(http::Router& router) {
    const auto own = [&](Method method, const char* pattern, auto handler) {
        access_.route(router, method, pattern, Role::user, this, handler);
    };
    own(Method::get, "/api/v1/platform-tokens", &PlatformTokens::list);
    own(Method::post, "/api/v1/platform-tokens", &PlatformTokens::issue);
    own(Method::del, "/api/v1/platform-tokens/{}", &PlatformTokens::revoke);
}

Async<Result<http::Response>> PlatformTokens::list(http::Request& request, Person person) {
    const auto slice = read_slice(request.query);
    if (!slice) co_return slice.error();
    auto find = [user = person.user_id, slice = *slice](Session& session) {
        return list_text(storage::list_platform_tokens(session, user, slice), platform_token_json);
    };
    co_return http::Response::json_text(200, co_await database_.read(std::move(find)));
}

Async<Result<http::Response>> PlatformTokens::issue(http::Request& request, Person person) {
    const auto fields = co_await read_object_if_any(request);
    if (!fields) co_return fields.error();
    auto name = read_key_name(*fields);
    if (!name) co_return name.error();
    const auto now = clock_.now();
    const auto expiry = read_expiry(*fields, now);
    if (!expiry) co_return expiry.error();
    const auto token = accounts::make_platform_token(random_);
    storage::PlatformTokenRow row;
    row.id = PlatformTokenId::make(random_);
    row.user_id = person.user_id;
    row.name = std::move(*name);
    row.token_hash = accounts::hash_token(token.reveal());
    row.token_prefix = token.reveal().substr(0, accounts::kPlatformTokenStart.size() + kShown);
    row.expires_at = *expiry;
    row.created_at = now;
    auto write = [row](Session& session) -> Result<void> {
        if (storage::list_platform_tokens(session, row.user_id, {0, 0, true}).count >= kTokensMax) {
            return Error(ErrorCode::bad_request, "You have " + std::to_string(kTokensMax) +
                                                     " platform tokens, which is all you may. "
                                                     "Revoke some first.");
        }
        storage::insert_platform_token(session, row);
        return ok();
    };
    const auto written = co_await database_.write(std::move(write));
    if (!written) co_return written.error();
    auto object = platform_token_json(row);
    object["token"] = token.reveal();
    auto response = http::Response::json_text(201, to_text(object));
    response.set("Cache-Control", "no-store");
    co_return response;
}

Async<Result<http::Response>> PlatformTokens::revoke(http::Request& request, Person person) {
    const auto id = PlatformTokenId::parse(request.parameters.front()).value_or(PlatformTokenId());
    auto write = [user = person.user_id, id](Session& session) {
        return storage::remove_platform_token(session, id, user);
    };
    const bool revoked = co_await database_.write(std::move(write));
    if (!revoked) {
        co_return Error(ErrorCode::not_found,
                        "You have no platform token with this id; see /api/v1/platform-tokens/.");
    }
    co_return http::Response::empty(204);
}

}  // namespace kinora::api
