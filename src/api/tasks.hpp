// api/tasks.hpp: POST /luma/tasks, the state and result of one task or many. Free of charge.
#pragma once

#include "api/callers.hpp"
#include "http/router.hpp"
#include "storage/database.hpp"

#include <boost/json/object.hpp>

namespace kinora::api {

class Tasks {
public:
    // Both must outlive the server that the routes go to.
    Tasks(storage::Database& database, Callers& callers) : database_(database), callers_(callers) {}

    void routes(http::Router& router);

private:
    Async<http::Response> post(http::Request& request);
    Async<Result<std::string>> answer(http::Request& request);
    Async<Result<std::string>> retrieve(accounts::Caller caller, boost::json::object fields,
                                        std::string base_url);
    Async<Result<std::string>> retrieve_these(accounts::Caller caller, std::vector<TaskId> ids,
                                              std::string base_url);
    Async<Result<std::string>> list(accounts::Caller caller, boost::json::object fields,
                                    std::string base_url);

    storage::Database& database_;
    Callers& callers_;
};

}  // namespace kinora::api
