// api/health.hpp: GET /health/live and /health/ready, for those who watch over the process.
#pragma once

#include "http/router.hpp"
#include "storage/database.hpp"

#include <atomic>
#include <string>

namespace kinora::api {

class Health {
public:
    explicit Health(storage::Database& database) : database_(database) {}

    void routes(http::Router& router);
    // From now on not ready: the server is going down. From any thread.
    void shut_down() { shutting_down_ = true; }

private:
    Async<http::Response> ready(http::Request& request);

    storage::Database& database_;
    std::atomic<bool> shutting_down_ = false;
};

}  // namespace kinora::api
