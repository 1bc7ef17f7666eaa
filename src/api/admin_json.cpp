#include "api/admin_json.hpp"

#include "api/times.hpp"

#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
using storage::Session;

json::object detailed_user_json(Session& session, const storage::UserRow& user) {
    auto object = user_json(user);
    json::array applications;
    for (const auto& row : storage::applications_of(session, user.id))
        applications.push_back(application_json(session, row));
    object["applications"] = std::move(applications);
    return object;
}

json::object invitation_json(const storage::InvitationRow& row) {
    return {{"id", row.id.str()},
            {"email", text_or_null(row.email)},
            {"expires_at", to_rfc3339(row.expires_at)},
            {"used_at", time_or_null(row.used_at)},
            {"created_at", to_rfc3339(row.created_at)}};
}

json::object top_up_json(Session& session, const storage::TransferRow& row) {
    const auto application = storage::find_application(session, row.application_id);
    const auto balance = storage::balance_of(session, row.application_id);
    return {{"id", row.id},
            {"application_id", row.application_id.str()},
            {"user_id", application ? json::value(application->user_id.str()) : json::value()},
            {"amount", amount_json(row.amount)},
            {"remaining_amount", amount_json(balance.available)},
            {"note", row.note},
            {"created_at", to_rfc3339(row.created_at)}};
}

json::object books_json(const storage::Books& books) {
    json::array accounts{
        json::object{{"name", "available"}, {"balance", amount_json(books.available)}},
        json::object{{"name", "held"}, {"balance", amount_json(books.held)}}};
    for (const auto& account : books.house) {
        accounts.push_back(json::object{{"name", account.name},
                                        {"balance", amount_json({account.balance_micros})}});
    }
    json::array faults(books.unbalanced.begin(), books.unbalanced.end());
    return {{"balanced", books.unbalanced.empty()},
            {"faults", std::move(faults)},
            {"accounts", std::move(accounts)}};
}

json::object audit_json(const storage::AuditRow& row) {
    boost::system::error_code error;
    auto details = json::parse(row.details_json, error);
    if (error || !details.is_object()) details = json::object();
    return {{"id", row.id.str()},
            {"at", to_rfc3339(row.at)},
            {"actor_id", row.actor_id ? json::value(row.actor_id->str()) : json::value()},
            {"actor", row.actor},
            {"action", row.action},
            {"object_type", row.object_type},
            {"object_id", row.object_id},
            {"details", std::move(details)},
            {"trace_id", text_or_null(row.trace_id)},
            {"remote_address", text_or_null(row.remote_address)}};
}

}  // namespace kinora::api
