// api/admin_json.hpp: what those who run the server see, as JSON: by the API or the command line.
#pragma once

#include "api/platform_json.hpp"
#include "storage/audit_rows.hpp"
#include "storage/code_rows.hpp"

namespace kinora::api {

// The user with all applications and their balances.
boost::json::object detailed_user_json(storage::Session& session, const storage::UserRow& user);
boost::json::object invitation_json(const storage::InvitationRow& row);
// Reads what is left.
boost::json::object top_up_json(storage::Session& session, const storage::TransferRow& row);
boost::json::object books_json(const storage::Books& books);
boost::json::object audit_json(const storage::AuditRow& row);

}  // namespace kinora::api
