#include "api/task_json.hpp"

#include "api/status.hpp"
#include "base/ensure.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

namespace kinora::api {
namespace json = boost::json;
namespace {

using storage::TaskRow;
using storage::TaskState;

// Unix seconds with milliseconds.
double unix_seconds(TimePoint time) {
    return static_cast<double>(to_unix_ms(time)) / 1000.0;
}

double seconds(Milliseconds duration) {
    return static_cast<double>(duration.count()) / 1000.0;
}

std::string media_url(std::string_view base_url, const std::string& name) {
    return std::string(base_url) + "/media/" + name;
}

std::string prompt_of(const json::value& request) {
    if (!request.is_object()) return {};
    const auto* prompt = request.get_object().if_contains("prompt");
    return prompt != nullptr && prompt->is_string() ? std::string(prompt->get_string())
                                                    : std::string();
}

json::value parse_stored(const std::string& text) {
    boost::system::error_code error;
    auto value = json::parse(text, error);
    ensure(!error, "a row holds JSON that is none");
    return value;
}

json::object result_of(const TaskRow& task, const json::value& request, std::string_view base_url) {
    ensure(task.video.has_value(), "a completed task has a clip");
    const auto& video = *task.video;
    json::object result{{"success", true},
                        {"task_id", task.id.str()},
                        {"trace_id", task.trace_id.str()},
                        {"video_id", video.id.str()},
                        {"prompt", prompt_of(request)},
                        {"video_url", media_url(base_url, video.video_name)},
                        {"video_width", video.width},
                        {"video_height", video.height},
                        {"state", "completed"},
                        {"thumbnail_url", media_url(base_url, video.thumbnail_name)},
                        {"thumbnail_width", video.thumbnail_width},
                        {"thumbnail_height", video.thumbnail_height},
                        {"duration", seconds(video.duration)},
                        {"fps", video.fps},
                        {"engine", video.engine},
                        {"seed", video.seed}};
    auto notes = parse_stored(video.notes_json);
    if (notes.is_array() && !notes.get_array().empty()) result["notes"] = std::move(notes);
    return result;
}

bool has_expired(const TaskRow& task) {
    return task.video && task.video->expired_at;
}

json::object failure_of(const TaskRow& task) {
    const auto error = error_of(task);
    return {{"success", false},
            {"task_id", task.id.str()},
            {"trace_id", task.trace_id.str()},
            {"state", has_expired(task) ? "expired" : storage::to_string(task.state)},
            {"error", {{"code", word_of(error.code())}, {"message", error.message()}}}};
}

// A task that went back to the queue after it had begun is still being worked on, as callers see
// it.
std::string_view word_of(TaskState state, bool has_begun) {
    return storage::to_string(has_begun && state == TaskState::pending ? TaskState::processing
                                                                       : state);
}

// Tenths of a second say more than is known, but a whole second too little.
double rounded(double value) {
    return std::round(value * 10) / 10;
}

json::object state_of(const TaskRow& task, const tasks::QueueFacts& queue) {
    json::object state{{"task_id", task.id.str()},
                       {"state", word_of(task.state, task.started_at.has_value())},
                       {"progress", task.progress}};
    const auto outlook = queue.outlook(task);
    if (outlook.position && !task.started_at) state["queue_position"] = *outlook.position;
    if (outlook.seconds) state["estimated_seconds"] = rounded(*outlook.seconds);
    return state;
}

json::object response_of(const TaskRow& task, const json::value& request, std::string_view base_url,
                         const tasks::QueueFacts& queue) {
    switch (task.state) {
        case TaskState::completed:
            return has_expired(task) ? failure_of(task) : result_of(task, request, base_url);
        case TaskState::failed:
        case TaskState::cancelled:
            return failure_of(task);
        case TaskState::pending:
        case TaskState::processing:
            return state_of(task, queue);
    }
    return state_of(task, queue);
}

}  // namespace

bool has_result(const TaskRow& task) {
    return task.state == TaskState::completed && !has_expired(task);
}

Error error_of(const TaskRow& task) {
    if (has_expired(task)) {
        return {ErrorCode::expired,
                "The files of this video were kept for their time, and that is over."};
    }
    ensure(!task.error_code.empty(), "a task without a result has an error");
    return {code_of(task.error_code), task.error_message};
}

json::object event_object(const TaskRow& task, const storage::TaskEvent& event) {
    return {{"task_id", task.id.str()},
            {"state", word_of(event.state, event.number > 1)},
            {"progress", event.progress}};
}

json::object task_response(const TaskRow& task, std::string_view base_url,
                           const tasks::QueueFacts& queue) {
    return response_of(task, parse_stored(task.request_json), base_url, queue);
}

json::object task_object(const TaskRow& task, std::string_view base_url,
                         const tasks::QueueFacts& queue) {
    auto request = parse_stored(task.request_json);
    auto response = response_of(task, request, base_url, queue);
    json::object object{{"_id", task.id.str()},
                        {"id", task.id.str()},
                        {"type", task.type},
                        {"api_id", task.api_id},
                        {"application_id", task.application_id.str()},
                        {"credential_id", task.credential_id.str()},
                        {"user_id", task.user_id.str()},
                        {"trace_id", task.trace_id.str()},
                        {"created_at", unix_seconds(task.created_at)}};
    if (task.started_at) object["started_at"] = unix_seconds(*task.started_at);
    if (task.finished_at) object["finished_at"] = unix_seconds(*task.finished_at);
    if (task.started_at && task.finished_at) {
        // Of two processes that wrote them, each has a clock of its own.
        object["elapsed"] =
            seconds(std::max(Milliseconds(0), *task.finished_at - *task.started_at));
    }
    object["request"] = std::move(request);
    object["response"] = response;
    response["id"] = task.id.str();
    object["data"] = std::move(response);
    return object;
}

}  // namespace kinora::api
