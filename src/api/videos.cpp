#include "api/videos.hpp"

#include "api/fields.hpp"
#include "api/json_text.hpp"
#include "api/status.hpp"
#include "api/task_json.hpp"
#include "base/ensure.hpp"
#include "tasks/brief.hpp"
#include "tasks/submission.hpp"

#include <algorithm>
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

// The stored request has URLs where the caller sent files.
void show_saved(const tasks::Intake& intake, const std::string& base_url, json::object& fields) {
    for (const auto* input : {&intake.inputs.start, &intake.inputs.end}) {
        if (!*input) continue;
        const auto& [field, kind, place] = **input;
        const bool is_saved =
            std::find(intake.saved.begin(), intake.saved.end(), place) != intake.saved.end();
        if (is_saved) fields[field] = base_url + "/media/" + place;
    }
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
    auto accepted = co_await accept(request, call);
    if (!accepted) co_return to_response(accepted.error(), request.trace_id);

    const auto id = accepted->task.id;
    std::unique_ptr<tasks::Endings::Place> place;
    if (call.blocking) {
        auto executor = co_await asio::this_coro::executor;
        place = endings_.expect(id, executor);
    }
    const auto written = co_await write(std::move(*accepted));
    if (!written) co_return to_response(written.error(), request.trace_id);
    if (!call.blocking) co_return immediate_answer(id, request.trace_id, request.base_url);

    accepted = Error();
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

Async<Result<Videos::Accepted>> Videos::accept(http::Request& request, VideoCall& call) {
    const auto caller = co_await callers_.identify(request);
    if (!caller) co_return caller.error();
    const auto json_type = check_json_type(request.header("Content-Type"));
    if (!json_type) co_return json_type.error();
    const auto body = co_await request.body();
    if (!body) co_return body.error();
    auto fields = parse_object(*body);
    if (!fields) co_return fields.error();
    auto parsed = parse_video_call(*fields, absent_urls_);
    if (!parsed) co_return parsed.error();
    call = std::move(*parsed);
    auto intake = co_await take_in(call, caller->user_id, request.base_url);
    if (!intake) co_return intake.error();
    show_saved(*intake, request.base_url, *fields);

    tasks::Submission submission;
    submission.caller = *caller;
    submission.trace_id = request.trace_id;
    submission.request_json = to_text(*fields);
    submission.base_url = request.base_url;
    submission.brief = call.brief;
    submission.inputs = std::move(intake->inputs);
    submission.seed_is_given = call.seed_is_given;
    co_return Accepted{tasks::make_task(std::move(submission), random_, clock_.now()),
                       std::move(intake->saved)};
}

Async<Result<tasks::Intake>> Videos::take_in(VideoCall& call, UserId user, std::string base_url) {
    tasks::Intake intake;
    std::optional<storage::ClipSource> clip;
    if (call.video_id) {
        auto find = [user, id = *call.video_id](storage::Session& session) {
            return storage::find_clip(session, user, id);
        };
        clip = co_await database_.read(std::move(find));
        if (!clip) co_return unknown_video();
    }
    if (call.named.any()) {
        auto take = [this, named = std::move(call.named), base_url] {
            return tasks::take_in(named, base_url, media_, random_);
        };
        auto taken = co_await pool_.run(std::move(take));
        if (!taken) co_return taken.error();
        intake = std::move(*taken);
    }
    auto& inputs = intake.inputs;
    inputs.own_size = call.own_size;
    if (clip) inputs.video = {tasks::kVideoId, tasks::Input::Kind::file, clip->video_name};
    if (inputs.video && inputs.video->kind == tasks::Input::Kind::file && !clip) {
        auto find = [name = inputs.video->place](storage::Session& session) {
            return storage::find_clip(session, name);
        };
        clip = co_await database_.read(std::move(find));
    }
    if (clip) {
        inputs.video->kind = tasks::Input::Kind::clip;
        const auto plan = tasks::parse_plan(clip->brief_json);
        if (plan) inputs.past = tasks::past_of(*plan);
    }
    co_return intake;
}

Async<Result<void>> Videos::write(Accepted accepted) {
    bool full = false;
    try {
        auto insert = [row = std::move(accepted.task)](storage::Session& session) {
            storage::insert_task(session, row);
        };
        co_await database_.write(std::move(insert));
    } catch (const storage::DiskFull&) {
        full = true;
    }
    if (full) {
        for (const auto& name : accepted.saved) media_.remove(name);
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
