// api/videos.hpp: POST /luma/videos.
//
// The call becomes a task in one durable commit, or joins the one that it made before. A blocking
// call then waits as a suspended coroutine and answers when the task ends; the others are answered
// with the task's id at once.
#pragma once

#include "api/access.hpp"
#include "api/blocking_answer.hpp"
#include "api/content_check.hpp"
#include "api/resends.hpp"
#include "api/video_call.hpp"
#include "base/pool.hpp"
#include "base/random.hpp"
#include "http/router.hpp"
#include "storage/disk_room.hpp"
#include "tasks/intake.hpp"

namespace kinora::api {

// What of the rest of the program the calls need; all of it outlives the server.
struct VideosParts {
    storage::Database& database;
    const storage::MediaFolder& media;
    const storage::DiskRoom& room;
    Pool& pool;
    Access& access;
    TaskWatch& watch;
    WaitingCalls& waiting;
    const Clock& clock;
    Random& random;
    std::vector<std::string> absent_urls;
    // Where a callback's URL leads, or why it cannot be called.
    std::function<Result<std::string>(std::string_view url)> receiver_of;
    ContentCheck* content = nullptr;  // None: every prompt is drawn.
};

class Videos {
public:
    explicit Videos(VideosParts parts)
        : parts_(std::move(parts)),
          resends_(parts_.database, parts_.waiting, parts_.clock, parts_.random),
          answers_(parts_.watch, parts_.waiting) {}

    void routes(http::Router& router);

private:
    Async<http::Response> post(http::Request& request);
    struct Accepted {
        tasks::Recognition call;
        storage::TaskRow task;
        std::vector<storage::FileRow> saved;        // Media files that the call brought with it.
        std::optional<tasks::Acceptance> joined;    // Then the rest is empty.
        std::shared_ptr<Acceptances::Entry> entry;  // Until it is decided what it makes.
    };
    // Reads and judges the body. What it needs is gone from memory before a call begins to wait.
    Async<Result<Accepted>> accept(http::Request& request, VideoCall& call);
    Async<Result<void>> check_room();
    // Looks up and saves what the call names.
    Async<Result<tasks::Intake>> take_in(VideoCall& call, UserId user, std::string base_url);
    // What was saved is gone again where no task is made. `accepted` lives until it completes.
    Async<Result<tasks::Acceptance>> write(Accepted& accepted);
    Async<http::Response> wait(http::Request& request, const VideoCall& call,
                               std::unique_ptr<tasks::Endings::Place> place,
                               std::shared_ptr<WaitingCalls::Call> waiting);

    const VideosParts parts_;
    Resends resends_;
    BlockingAnswers answers_;
};

}  // namespace kinora::api
