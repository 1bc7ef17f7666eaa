#include "api/catalogue.hpp"

#include "api/json_text.hpp"
#include "api/page.hpp"
#include "api/platform_json.hpp"
#include "api/status.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

using storage::Session;

}  // namespace

void Catalogue::routes(http::Router& router) {
    const auto open = [&](const char* pattern, auto handler) {
        router.add({http::Method::get, pattern,
                    [this, handler](http::Request& request) { return (this->*handler)(request); },
                    0, http::Origins::any});
    };
    open("/api/v1/services", &Catalogue::services);
    open("/api/v1/services/{}", &Catalogue::service);
    open("/api/v1/config", &Catalogue::config);
}

Async<http::Response> Catalogue::services(http::Request& request) {
    const auto page = read_page(request.query, {"name", "title"});
    if (!page) co_return to_response(page.error(), request.trace_id);
    auto find = [](Session& session) {
        auto rows = storage::all_services(session);
        std::erase_if(rows, [](const auto& row) { return !row.enabled; });
        return std::pair(std::move(rows), storage::all_apis(session));
    };
    auto [rows, apis] = co_await database_.read(std::move(find));
    const bool by_title = page->ordering == "title";
    const auto key = [by_title](const auto& row) { return by_title ? row.title : row.name; };
    std::stable_sort(rows.begin(), rows.end(), [&](const auto& one, const auto& other) {
        return page->descending ? key(other) < key(one) : key(one) < key(other);
    });
    json::array items;
    for (auto i = page->offset; i < rows.size() && items.size() < page->limit; ++i)
        items.push_back(service_json(rows[i], apis));
    co_return http::Response::json_text(
        200, to_text(json::object{{"items", std::move(items)}, {"count", rows.size()}}));
}

Async<http::Response> Catalogue::service(http::Request& request) {
    const auto id = ServiceId::parse(request.parameters.front());
    auto find = [id = id.value_or(ServiceId())](Session& session) {
        return std::pair(storage::find_service(session, id), storage::all_apis(session));
    };
    const auto [row, apis] = co_await database_.read(std::move(find));
    if (!row || !row->enabled) {
        const Error missing(ErrorCode::not_found,
                            "There is no service with this id; see /api/v1/services/.");
        co_return to_response(missing, request.trace_id);
    }
    co_return http::Response::json_text(200, to_text(service_json(*row, apis)));
}

Async<http::Response> Catalogue::config(http::Request& request) {
    auto config = config_;
    config["base_url"] = request.base_url;
    co_return http::Response::json_text(200, to_text(config));
}

}  // namespace kinora::api
