#include "api/platform_json.hpp"

#include "api/times.hpp"

#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;

json::value amount_json(Credits amount) {
    if (amount.micros % 1'000'000 == 0) return amount.micros / 1'000'000;
    return static_cast<double>(amount.micros) / 1e6;
}

json::value amount_or_null(const std::optional<Credits>& amount) {
    return amount ? amount_json(*amount) : json::value();
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value() : json::value(text);
}

json::value time_or_null(const std::optional<TimePoint>& time) {
    return time ? json::value(to_rfc3339(*time)) : json::value();
}

json::object user_json(const storage::UserRow& user) {
    return {{"id", user.id.str()},
            {"email", user.email},
            {"nickname", user.nickname},
            {"role", user.role},
            {"disabled", user.disabled},
            {"verified", user.verified_at.has_value()},
            {"has_password", !user.password_hash.empty()},
            {"created_at", to_rfc3339(user.created_at)}};
}

json::object service_json(const storage::ServiceRow& service,
                          const std::vector<storage::ApiRow>& apis) {
    json::array own;
    for (const auto& api : apis) {
        if (api.service_id != service.id) continue;
        own.push_back(json::object{
            {"id", api.id}, {"method", api.method}, {"path", api.path}, {"title", api.title}});
    }
    return {{"id", service.id.str()},
            {"name", service.name},
            {"title", service.title},
            {"description", service.description},
            {"unit", service.unit},
            {"price", amount_json(service.price)},
            {"free_amount", amount_json(service.free_amount)},
            {"enabled", service.enabled},
            {"apis", std::move(own)},
            {"created_at", to_rfc3339(service.created_at)}};
}

json::object application_json(storage::Session& session,
                              const storage::ApplicationRow& application) {
    const auto balance = storage::balance_of(session, application.id);
    json::value service;
    if (const auto row = storage::find_service(session, application.service_id)) {
        service = json::object{
            {"id", row->id.str()}, {"name", row->name}, {"title", row->title}, {"unit", row->unit}};
    }
    return {{"id", application.id.str()},
            {"user_id", application.user_id.str()},
            {"type", application.type},
            {"scope", application.scope},
            {"service_id",
             application.is_global() ? json::value() : json::value(application.service_id.str())},
            {"service", std::move(service)},
            {"remaining_amount", amount_json(balance.available)},
            {"held_amount", amount_json(balance.held)},
            {"used_amount", amount_json(balance.used)},
            {"metered", application.metered},
            {"allow_consume_global", application.allow_consume_global},
            {"disabled", application.disabled},
            {"created_at", to_rfc3339(application.created_at)}};
}

json::object credential_json(const storage::CredentialRow& credential) {
    return {{"id", credential.id.str()},
            {"application_id", credential.application_id.str()},
            {"name", credential.name},
            {"prefix", credential.token_prefix},
            {"limited_amount", amount_or_null(credential.limited_amount)},
            {"used_amount", amount_json(credential.used_amount)},
            {"expired_at", time_or_null(credential.expires_at)},
            {"last_used_at", time_or_null(credential.used_at)},
            {"disabled", credential.disabled},
            {"created_at", to_rfc3339(credential.created_at)}};
}

json::object platform_token_json(const storage::PlatformTokenRow& token) {
    return {{"id", token.id.str()},
            {"name", token.name},
            {"prefix", token.token_prefix},
            {"expired_at", time_or_null(token.expires_at)},
            {"last_used_at", time_or_null(token.used_at)},
            {"created_at", to_rfc3339(token.created_at)}};
}

}  // namespace kinora::api
