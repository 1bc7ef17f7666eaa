// storage/service_rows.hpp: what can be had here, and at which price, as rows.
#pragma once

#include "base/credits.hpp"
#include "storage/user_rows.hpp"

namespace kinora::storage {

struct ServiceRow {
    ServiceId id;
    std::string name;  // "luma"; unique.
    std::string title;
    std::string description;
    std::string unit;     // "Credit".
    Credits price;        // Of a call that completes.
    Credits free_amount;  // Given with the first application of a user.
    bool enabled = true;  // Otherwise it cannot be had, and its calls are refused.
    TimePoint created_at{};
};
// What it is called by.
struct ApiRow {
    std::string id;
    ServiceId service_id;
    std::string method;  // "POST".
    std::string path;    // "/luma/videos".
    std::string title;
};
std::vector<ApiRow> all_apis(Session& session);  // By path.
// The service that an API belongs to.
std::optional<ServiceRow> service_of_api(Session& session, std::string_view api_id);

std::vector<ServiceRow> all_services(Session& session);  // By name.
std::optional<ServiceRow> find_service(Session& session, ServiceId id);
// Writes title, description, price, free_amount and enabled.
void update_service(Session& session, const ServiceRow& service);

}  // namespace kinora::storage
