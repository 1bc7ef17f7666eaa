// api/platform_json.hpp: the platform's objects as JSON. No secret is in any of them.
#pragma once

#include "storage/account_rows.hpp"
#include "storage/ledger_rows.hpp"
#include "storage/login_rows.hpp"
#include "storage/service_rows.hpp"

#include <boost/json/object.hpp>
#include <optional>

namespace kinora::api {

// In credits: a whole number where it is one.
boost::json::value amount_json(Credits amount);
boost::json::value amount_or_null(const std::optional<Credits>& amount);
// An empty text is none.
boost::json::value text_or_null(const std::string& text);
boost::json::value time_or_null(const std::optional<TimePoint>& time);

boost::json::object user_json(const storage::UserRow& user);
boost::json::object service_json(const storage::ServiceRow& service,
                                 const std::vector<storage::ApiRow>& apis);
// Reads the balance and the service.
boost::json::object application_json(storage::Session& session,
                                     const storage::ApplicationRow& application);
boost::json::object credential_json(const storage::CredentialRow& credential);
boost::json::object platform_token_json(const storage::PlatformTokenRow& token);

}  // namespace kinora::api
