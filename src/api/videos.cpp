#include "api/videos.hpp"

#include "api/fields.hpp"
#include "api/json_text.hpp"
#include "api/status.hpp"
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
// A list of a hundred tasks, each with its request, stays within some megabytes.
constexpr std::size_t kStoredBytesMax = 64 * 1024;

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
        const auto& place = (*input)->place;
        const auto& field = (*input)->field;
        const bool is_saved = std::any_of(intake.saved.begin(), intake.saved.end(),
                                          [&](const auto& saved) { return saved.name == place; });
        if (is_saved) fields[field] = base_url + "/media/" + place;
    }
}

// What is stored of a request, without the pictures in it, which become files.
Result<void> check_stored_size(const json::object& fields) {
    std::size_t size_bytes = 0;
    for (const auto& field : fields) {
        const bool is_picture =
            field.value().is_string() && field.value().get_string().starts_with("data:") &&
            (field.key() == "start_image_url" || field.key() == "end_image_url");
        size_bytes += field.key().size() + (is_picture ? 0 : to_text(field.value()).size());
    }
    if (size_bytes <= kStoredBytesMax) return ok();
    return Error(ErrorCode::too_large,
                 "The request may have at most " + std::to_string(kStoredBytesMax) +
                     " bytes besides the pictures in it. Shorten its fields.");
}

// What a moderator is told beside the prompt.
json::object facts_of(const json::object& fields) {
    json::object facts;
    for (const auto* name : {"action", "start_image_url", "end_image_url", "video_url"}) {
        const auto* value = fields.if_contains(name);
        if (value != nullptr && value->is_string() && !value->get_string().starts_with("data:"))
            facts[name] = *value;
    }
    return facts;
}

Error no_room() {
    return {ErrorCode::unavailable,
            "There is no room left on the server's disk for new work; try again later."};
}

Error queue_is_full() {
    return Error(ErrorCode::too_many_requests,
                 "The server has as many tasks waiting as it takes; try again later.")
        .with({tasks::kQueuedMax, 0, 30});
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

    auto acceptance = accepted->joined;
    // Both before the task is written: no end, and no going away of the client, slips by.
    auto executor = co_await asio::this_coro::executor;
    std::unique_ptr<tasks::Endings::Place> place;
    std::shared_ptr<WaitingCalls::Call> waiting;
    const auto first_id = acceptance ? acceptance->id : accepted->task.id;
    if (call.blocking) {
        waiting = parts_.waiting.enter(accepted->call.id, first_id, request.presence());
        place = parts_.watch.expect(first_id, executor);
    }
    if (!acceptance) {
        const auto written = co_await write(*accepted);
        if (!written) co_return to_response(written.error(), request.trace_id);
        acceptance = *written;
    }
    accepted = Error();  // It is decided.
    call.brief.prompt = {};
    const auto id = acceptance->id;
    if (acceptance->joined) {
        // Its end may lie behind.
        if (waiting && id != first_id) waiting->set_task(id);
        if (call.blocking && id != first_id) place = parts_.watch.expect(id, executor);
        const auto news = co_await parts_.watch.news_after(id, 0);
        if (!news.task && !call.blocking)
            co_return to_response(was_deleted(), request.trace_id, id);
        if (!news.task || news.task->finished_at) place = tasks::Endings::ended_place();
    }
    if (!call.blocking) co_return immediate_answer(id, request.trace_id, request.base_url);
    co_return co_await wait(request, call, std::move(place), std::move(waiting));
}

Async<http::Response> Videos::wait(http::Request& request, const VideoCall& call,
                                   std::unique_ptr<tasks::Endings::Place> place,
                                   std::shared_ptr<WaitingCalls::Call> waiting) {
    Wait wait;
    wait.task = waiting->task();
    wait.trace = request.trace_id;
    wait.base_url = request.base_url;
    wait.deadline = request.received_at + call.timeout;
    wait.form = form_of(request.header("Accept"));
    wait.place = std::move(place);
    wait.call = std::move(waiting);
    co_return co_await answers_.answer(std::move(wait));
}

Async<Result<void>> Videos::check_room() {
    auto room = parts_.room.recent();
    if (!room) {
        auto look = [this] { return parts_.room.check(); };
        room = co_await parts_.pool.run(std::move(look));
    }
    if (!*room) co_return room->error();
    const auto queue = co_await parts_.watch.queue();
    if (queue->waiting_count() >= std::size_t{tasks::kQueuedMax}) co_return queue_is_full();
    co_return ok();
}

Async<Result<Videos::Accepted>> Videos::accept(http::Request& request, VideoCall& call) {
    const auto caller = co_await parts_.access.caller(request);
    if (!caller) co_return caller.error();
    const auto json_type = check_json_type(request.header("Content-Type"));
    if (!json_type) co_return json_type.error();
    const auto body = co_await request.body();
    if (!body) co_return body.error();
    auto fields = parse_object(*body);
    if (!fields) co_return fields.error();
    const auto storable = check_stored_size(*fields);
    if (!storable) co_return storable.error();
    auto parsed = parse_video_call(*fields, parts_.absent_urls);
    if (!parsed) co_return parsed.error();
    call = std::move(*parsed);
    std::string receiver;
    if (!call.callback_url.empty()) {
        auto found = parts_.receiver_of(call.callback_url);
        if (!found) {
            co_return field_error("callback_url", "cannot be used. " + found.error().message());
        }
        receiver = std::move(*found);
    }
    if (parts_.content != nullptr) {
        const auto allowed =
            co_await parts_.content->check(*caller, call.brief.prompt, facts_of(*fields));
        if (!allowed) co_return allowed.error();
    }
    Accepted accepted;
    auto recognition = resends_.recognize(*caller, request, *fields, call.blocking);
    if (!recognition) co_return recognition.error();
    accepted.call = std::move(*recognition);
    auto presence = call.blocking ? request.presence() : nullptr;
    accepted.entry = co_await resends_.enter(accepted.call, presence);
    const auto joined = co_await resends_.join(accepted.call);
    if (!joined) co_return joined.error();
    accepted.joined = *joined;
    if (accepted.joined) co_return accepted;
    // Nothing was promised yet, and whoever sent this has sent it again or does not want it.
    if (presence && !presence->seems_there()) {
        const bool is_gone = co_await presence->is_gone();
        if (is_gone) co_return Error(ErrorCode::cancelled, "The client has gone.");
    }

    const auto room = co_await check_room();
    if (!room) co_return room.error();
    auto intake = co_await take_in(call, caller->user_id, request.base_url);
    if (!intake) co_return intake.error();
    show_saved(*intake, request.base_url, *fields);

    tasks::Submission submission;
    submission.caller = *caller;
    submission.trace_id = request.trace_id;
    submission.request_json = to_text(*fields);
    submission.base_url = request.base_url;
    submission.callback_url = call.callback_url;
    submission.callback_receiver = std::move(receiver);
    submission.priority = call.priority;
    submission.brief = call.brief;
    submission.inputs = std::move(intake->inputs);
    submission.seed_is_given = call.seed_is_given;
    const auto now = parts_.clock.now();
    accepted.task = tasks::make_task(std::move(submission), parts_.random, now);
    for (auto& saved : intake->saved) {
        accepted.saved.push_back(
            {saved.name, caller->user_id, accepted.task.id, saved.size_bytes, now, {}});
    }
    co_return accepted;
}

Async<Result<tasks::Intake>> Videos::take_in(VideoCall& call, UserId user, std::string base_url) {
    tasks::Intake intake;
    std::optional<storage::ClipSource> clip;
    if (call.video_id) {
        auto find = [user, id = *call.video_id](storage::Session& session) {
            return storage::find_clip(session, user, id);
        };
        clip = co_await parts_.database.read(std::move(find));
        if (!clip) co_return unknown_video();
        if (clip->expired) co_return expired_video();
    }
    if (call.named.any()) {
        auto take = [this, named = std::move(call.named), base_url] {
            return tasks::take_in(named, base_url, parts_.media, parts_.random);
        };
        auto taken = co_await parts_.pool.run(std::move(take));
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
        clip = co_await parts_.database.read(std::move(find));
    }
    if (clip) {
        inputs.video->kind = tasks::Input::Kind::clip;
        const auto plan = tasks::parse_plan(clip->brief_json);
        if (plan) inputs.past = tasks::past_of(*plan);
    }
    co_return intake;
}

Async<Result<tasks::Acceptance>> Videos::write(Accepted& accepted) {
    const auto files = accepted.saved;
    Result<tasks::Acceptance> result = no_room();
    try {
        auto insert = [&accepted](storage::Session& session) {
            return tasks::accept_task(session, accepted.call, accepted.task, accepted.saved,
                                      accepted.task.created_at);
        };
        result = co_await parts_.database.write(std::move(insert));
    } catch (const storage::DiskFull&) {
        // Nothing was written.
    }
    // Where anything else is thrown the commit may have happened: a resend finds the task, and the
    // sweep any orphans.
    const bool made = result && !result->joined;
    if (!made && !files.empty()) {
        auto remove = [this, files] {
            for (const auto& file : files) parts_.media.remove(file.name);
            return true;
        };
        co_await parts_.pool.run(std::move(remove));
    }
    co_return result;
}

}  // namespace kinora::api
