// api/task_events.hpp: GET /api/v1/tasks/{id}/events, a task's progress as server-sent events.
//
// Events are numbered and kept, so a client that was cut off sends `Last-Event-ID` and misses
// nothing. With `previews=true` there are small pictures of the frame being drawn in between.
#pragma once

#include "api/access.hpp"
#include "api/task_watch.hpp"
#include "base/pool.hpp"
#include "http/router.hpp"
#include "storage/media_folder.hpp"

namespace kinora::api {

struct TaskEventsParts {
    storage::Database& database;
    Access& access;
    TaskWatch& watch;
    const storage::MediaFolder& media;
    Pool& pool;
    const Clock& clock;
};

class TaskEvents {
public:
    // What the parts refer to outlives the server that the routes go to.
    explicit TaskEvents(TaskEventsParts parts) : parts_(parts) {}

    void routes(http::Router& router);

private:
    Async<http::Response> get(http::Request& request);

    const TaskEventsParts parts_;
};

}  // namespace kinora::api
