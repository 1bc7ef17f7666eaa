// api/tasks.hpp: POST /luma/tasks, the state and result of one task or many, and stopping and
// removing them. Free of charge. task_acts.cpp has the latter two.
#pragma once

#include "api/access.hpp"
#include "api/task_watch.hpp"
#include "base/pool.hpp"
#include "http/router.hpp"
#include "storage/database.hpp"

#include <boost/json/object.hpp>

namespace kinora::api {

class Tasks {
public:
    // All of these outlive the server that the routes go to.
    Tasks(storage::Database& database, Access& access, TaskWatch& watch,
          const storage::MediaFolder& media, Pool& pool, const Clock& clock)
        : database_(database),
          access_(access),
          watch_(watch),
          media_(media),
          pool_(pool),
          clock_(clock) {}

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

    // Stops it where it has not ended; the task as it is then.
    Async<Result<std::string>> cancel(accounts::Caller caller, boost::json::object fields,
                                      std::string base_url);
    Async<Result<std::string>> remove(accounts::Caller caller, boost::json::object fields);
    // Those of `ids` that have ended: their callers have the result now.
    Async<void> note_seen(std::vector<TaskId> ids);

    storage::Database& database_;
    Access& access_;
    TaskWatch& watch_;
    const storage::MediaFolder& media_;
    Pool& pool_;
    const Clock& clock_;
};

// A token sees its application's tasks.
bool is_callers(const storage::TaskRow& task, const accounts::Caller& caller);

}  // namespace kinora::api
