#include "api/health.hpp"

#include "api/status.hpp"
#include "storage/task_rows.hpp"

#include <boost/json.hpp>

namespace kinora::api {
namespace {

Async<http::Response> live(http::Request&) {
    co_return http::Response::json(200, boost::json::object{{"status", "live"}});
}

}  // namespace

void Health::routes(http::Router& router) {
    router.add({http::Method::get, "/health/live", live});
    router.add({http::Method::get, "/health/ready",
                [this](http::Request& request) { return ready(request); }});
}

Async<http::Response> Health::ready(http::Request& request) {
    if (shutting_down_) {
        const Error error(ErrorCode::unavailable, "The server is shutting down.");
        co_return to_response(error, request.trace_id);
    }
    bool reachable = true;
    try {
        auto look = [](storage::Session& session) {
            return storage::find_task(session, TaskId()).has_value();
        };
        co_await database_.read(std::move(look));
    } catch (const std::exception&) {
        reachable = false;  // What is wrong with it stands in the log already.
    }
    if (!reachable) {
        const Error error(ErrorCode::unavailable, "The database does not answer.");
        co_return to_response(error, request.trace_id);
    }
    co_return http::Response::json(200, boost::json::object{{"status", "ready"}});
}

}  // namespace kinora::api
