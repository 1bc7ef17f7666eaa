// api/videos.hpp: POST /luma/videos.
//
// The call becomes a task in one durable commit. A blocking call then waits as a suspended
// coroutine and answers when the task ends; the others are answered with the task's id at once.
#pragma once

#include "api/callers.hpp"
#include "api/video_call.hpp"
#include "base/random.hpp"
#include "http/router.hpp"
#include "storage/database.hpp"
#include "storage/task_rows.hpp"
#include "tasks/endings.hpp"

namespace kinora::api {

class Videos {
public:
    // All of these must outlive the server that the routes go to.
    Videos(storage::Database& database, tasks::Endings& endings, Callers& callers,
           const Clock& clock, Random& random, std::vector<std::string> absent_urls)
        : database_(database),
          endings_(endings),
          callers_(callers),
          clock_(clock),
          random_(random),
          absent_urls_(std::move(absent_urls)) {}

    void routes(http::Router& router);

private:
    Async<http::Response> post(http::Request& request);
    // Reads and judges the body. What it needs is gone from memory before a call begins to wait.
    Async<Result<storage::TaskRow>> accept(http::Request& request, VideoCall& call);
    Async<Result<void>> write(storage::TaskRow task);
    Async<http::Response> answer(TaskId task, TraceId trace, std::string base_url);

    storage::Database& database_;
    tasks::Endings& endings_;
    Callers& callers_;
    const Clock& clock_;
    Random& random_;
    const std::vector<std::string> absent_urls_;
};

}  // namespace kinora::api
