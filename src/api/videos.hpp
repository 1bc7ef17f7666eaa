// api/videos.hpp: POST /luma/videos.
//
// The call becomes a task in one durable commit. A blocking call then waits as a suspended
// coroutine and answers when the task ends; the others are answered with the task's id at once.
#pragma once

#include "api/callers.hpp"
#include "api/video_call.hpp"
#include "base/pool.hpp"
#include "base/random.hpp"
#include "http/router.hpp"
#include "storage/database.hpp"
#include "storage/media_folder.hpp"
#include "storage/task_rows.hpp"
#include "tasks/endings.hpp"
#include "tasks/intake.hpp"

namespace kinora::api {

class Videos {
public:
    // All of these must outlive the server that the routes go to.
    Videos(storage::Database& database, const storage::MediaFolder& media, Pool& pool,
           tasks::Endings& endings, Callers& callers, const Clock& clock, Random& random,
           std::vector<std::string> absent_urls)
        : database_(database),
          media_(media),
          pool_(pool),
          endings_(endings),
          callers_(callers),
          clock_(clock),
          random_(random),
          absent_urls_(std::move(absent_urls)) {}

    void routes(http::Router& router);

private:
    Async<http::Response> post(http::Request& request);
    struct Accepted {
        storage::TaskRow task;
        std::vector<std::string> saved;  // Media files that the call brought with it.
    };
    // Reads and judges the body. What it needs is gone from memory before a call begins to wait.
    Async<Result<Accepted>> accept(http::Request& request, VideoCall& call);
    // Looks up and saves what the call names.
    Async<Result<tasks::Intake>> take_in(VideoCall& call, UserId user, std::string base_url);
    // What was saved is gone again where there is no room for the task.
    Async<Result<void>> write(Accepted accepted);
    Async<http::Response> answer(TaskId task, TraceId trace, std::string base_url);

    storage::Database& database_;
    const storage::MediaFolder& media_;
    Pool& pool_;
    tasks::Endings& endings_;
    Callers& callers_;
    const Clock& clock_;
    Random& random_;
    const std::vector<std::string> absent_urls_;
};

}  // namespace kinora::api
