#include "storage/service_rows.hpp"

#include "storage/listing.hpp"

namespace kinora::storage {

namespace {

struct ServiceRecord {
    static constexpr const char* kTable = "services";

    ServiceRow row() const {
        return {id_of<ServiceId>(id), name,         title,
                description,          unit,         {price},
                {free_amount},        enabled != 0, from_unix_ms(created_at)};
    }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("name", name);
        f("title", title);
        f("description", description);
        f("unit", unit);
        f("price", price);
        f("free_amount", free_amount);
        f("enabled", enabled);
        f("created_at", created_at);
    }
    std::string id, name, title, description, unit;
    long long price = 0, free_amount = 0;
    int enabled = 1;
    long long created_at = 0;
};

struct ApiRecord {
    static constexpr const char* kTable = "apis";

    ApiRow row() const { return {id, id_of<ServiceId>(service_id), method, path, title}; }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("service_id", service_id);
        f("method", method);
        f("path", path);
        f("title", title);
    }
    std::string id, service_id, method, path, title;
};

// Asked with every task that is paid for.
struct ServiceOfApi {
    explicit ServiceOfApi(Session& session)
        : query(session, "SELECT " + column_list<ServiceRecord>("r") +
                             " FROM services r JOIN apis a ON a.service_id = r.id "
                             "WHERE a.id = :id") {
        bind_outputs(query, record);
        query.in("id", id);
    }
    std::string id;
    ServiceRecord record;
    Query query;
};

}  // namespace

std::vector<ApiRow> all_apis(Session& session) {
    return select_rows<ApiRecord>(session, "WHERE r.id <> :value ORDER BY r.path", "");
}

std::optional<ServiceRow> service_of_api(Session& session, std::string_view api_id) {
    auto& find = session.prepared<ServiceOfApi>();
    find.id = api_id;
    if (!find.query.only()) return std::nullopt;
    return find.record.row();
}

std::vector<ServiceRow> all_services(Session& session) {
    return select_rows<ServiceRecord>(session, "WHERE r.name <> :value ORDER BY r.name", "");
}

std::optional<ServiceRow> find_service(Session& session, ServiceId id) {
    return first_of(select_rows<ServiceRecord>(session, "WHERE r.id = :value", id.str()));
}

void update_service(Session& session, const ServiceRow& service) {
    auto id = service.id.str(), title = service.title, description = service.description;
    long long price = service.price.micros, free_amount = service.free_amount.micros;
    int enabled = service.enabled ? 1 : 0;
    Query query(session,
                "UPDATE services SET title = :title, description = :description, price = :price, "
                "free_amount = :free_amount, enabled = :enabled WHERE id = :id");
    query.in("title", title).in("description", description).in("price", price);
    query.in("free_amount", free_amount).in("enabled", enabled).in("id", id).run();
}

}  // namespace kinora::storage
