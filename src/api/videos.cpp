#include "api/videos.hpp"

#include "api/fields.hpp"
#include "api/json_text.hpp"
#include "api/status.hpp"
#include "api/task_json.hpp"
#include "base/ensure.hpp"
#include "tasks/submission.hpp"

#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

// Room for two images as data URLs.
constexpr std::size_t kBodyLimitBytes = 72 * 1024 * 1024;

// Carries no key that ends in `url`: clients take such a key for a finished job.
http::Response immediate_answer(const TaskId& task, const TraceId& trace,
                                const std::string& base_url) {
    auto response = http::Response::json(
        200, json::object{{"success", true}, {"task_id", task.str()}, {"trace_id", trace.str()}});
    response.set("Location", base_url + "/luma/tasks");
    return response;
}

Error timed_out(const TaskId& task) {
    return {ErrorCode::timeout, "The video is not finished yet; the work goes on. Ask for task " +
                                    task.str() + " at /luma/tasks."};
}

Error shutting_down(const TaskId& task) {
    return {ErrorCode::unavailable,
            "The server is restarting; the work on this video goes on afterwards. Ask for task " +
                task.str() + " at /luma/tasks in a few seconds."};
}

}  // namespace

void Videos::routes(http::Router& router) {
    router.add({http::Method::post, "/luma/videos",
                [this](http::Request& request) { return post(request); }, kBodyLimitBytes,
                http::Origins::any});
}

Async<http::Response> Videos::post(http::Request& request) {
    VideoCall call;
    auto task = co_await accept(request, call);
    if (!task) co_return to_response(task.error(), request.trace_id);

    const auto id = task->id;
    std::unique_ptr<tasks::Endings::Place> place;
    if (call.blocking) {
        auto executor = co_await asio::this_coro::executor;
        place = endings_.expect(id, executor);
    }
    const auto written = co_await write(std::move(*task));
    if (!written) co_return to_response(written.error(), request.trace_id);
    if (!call.blocking) co_return immediate_answer(id, request.trace_id, request.base_url);

    task = Error();
    call.brief.prompt = {};
    const auto outcome = co_await place->wait(request.received_at + call.timeout);
    switch (outcome) {
        case tasks::Outcome::timed_out:
            co_return to_response(timed_out(id), request.trace_id, id);
        case tasks::Outcome::shutting_down:
            co_return to_response(shutting_down(id), request.trace_id, id);
        case tasks::Outcome::ended:
            break;
    }
    co_return co_await answer(id, request.trace_id, request.base_url);
}

Async<Result<storage::TaskRow>> Videos::accept(http::Request& request, VideoCall& call) {
    const auto caller = co_await callers_.identify(request);
    if (!caller) co_return caller.error();
    const auto json_type = check_json_type(request.header("Content-Type"));
    if (!json_type) co_return json_type.error();
    const auto body = co_await request.body();
    if (!body) co_return body.error();
    const auto fields = parse_object(*body);
    if (!fields) co_return fields.error();
    auto parsed = parse_video_call(*fields, absent_urls_);
    if (!parsed) co_return parsed.error();
    call = std::move(*parsed);

    tasks::Submission submission;
    submission.caller = *caller;
    submission.trace_id = request.trace_id;
    submission.request_json = to_text(*fields);
    submission.base_url = request.base_url;
    submission.brief = call.brief;
    submission.seed_is_given = call.seed_is_given;
    co_return tasks::make_task(std::move(submission), random_, clock_.now());
}

Async<Result<void>> Videos::write(storage::TaskRow task) {
    bool full = false;
    try {
        auto insert = [row = std::move(task)](storage::Session& session) {
            storage::insert_task(session, row);
        };
        co_await database_.write(std::move(insert));
    } catch (const storage::DiskFull&) {
        full = true;
    }
    if (full) {
        co_return Error(
            ErrorCode::unavailable,
            "There is no room left on the server's disk for new work; try again later.");
    }
    co_return ok();
}

Async<http::Response> Videos::answer(TaskId id, TraceId trace, std::string base_url) {
    auto find = [id](storage::Session& session) { return storage::find_task(session, id); };
    const auto task = co_await database_.read(std::move(find));
    if (!task) {
        const Error gone(ErrorCode::cancelled, "The task was deleted before it ended.");
        co_return to_response(gone, trace, id);
    }
    if (task->state == storage::TaskState::completed) {
        co_return http::Response::json_text(200, to_text(task_response(*task, base_url)));
    }
    const Error failure(code_of(task->error_code), task->error_message);
    co_return to_response(failure, trace, id);
}

}  // namespace kinora::api
