#include "api/task_watch.hpp"

#include "api/json_text.hpp"

#include <array>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/algorithm/string/trim.hpp>
#include <boost/json.hpp>
#include <charconv>

namespace kinora::api {
namespace {

constexpr std::string_view kLines = "application/x-ndjson";
constexpr std::string_view kEvents = "text/event-stream";

// The next part of a list, without blanks round it; takes it off `rest`.
std::string next_part(std::string_view& rest, char separator) {
    const auto end = std::min(rest.find(separator), rest.size());
    std::string part(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    boost::algorithm::trim(part);
    return part;
}

// The weight among a media range's parameters (RFC 9110, section 12.4.2); 1 where there is none.
double weight_in(std::string_view parameters) {
    while (!parameters.empty()) {
        const auto parameter = next_part(parameters, ';');
        if (!boost::istarts_with(parameter, "q=")) continue;
        double weight = 0;
        const auto* end = parameter.data() + parameter.size();
        const auto read = std::from_chars(parameter.data() + 2, end, weight);
        return read.ec == std::errc() ? weight : 0;
    }
    return 1;
}

}  // namespace

Form form_of(std::string_view accept) {
    Form best = Form::json;
    double best_weight = 0;
    while (!accept.empty()) {
        const auto range = next_part(accept, ',');
        std::string_view rest = range;
        const auto type = next_part(rest, ';');
        const bool is_json = boost::iequals(type, "application/json") ||
                             boost::iequals(type, "application/*") || type == "*/*";
        const bool is_lines = boost::iequals(type, kLines);
        if (!is_json && !is_lines && !boost::iequals(type, kEvents)) continue;
        const auto form = is_json ? Form::json : is_lines ? Form::lines : Form::events;
        const auto weight = weight_in(rest);
        if (weight <= best_weight) continue;
        best = form;
        best_weight = weight;
    }
    return best;
}

std::string_view content_type_of(Form form) {
    switch (form) {
        case Form::json:
            return "application/json";
        case Form::lines:
            return kLines;
        case Form::events:
            return kEvents;
    }
    return "application/json";
}

std::string framed(Form form, std::string_view name, int id, const boost::json::object& object) {
    const auto text = to_text(object);
    if (form != Form::events) return text + '\n';
    std::string event = "event: " + std::string(name) + '\n';
    if (id > 0) event += "id: " + std::to_string(id) + '\n';
    return event + "data: " + text + "\n\n";
}

Async<TaskNews> TaskWatch::news_after(TaskId id, int event) {
    auto look = [id, event](storage::Session& session) {
        TaskNews news;
        news.task = storage::find_task(session, id);
        if (!news.task) return news;
        news.events = storage::events_after(session, id, event);
        if (event < 1) news.events.insert(news.events.begin(), storage::TaskEvent());
        return news;
    };
    co_return co_await database_.read(std::move(look));
}

http::Response streamed(Form form, std::shared_ptr<http::BodyStream> body) {
    http::Response response;
    response.content_type = content_type_of(form);
    response.set("Cache-Control", "no-cache");
    response.set("X-Accel-Buffering", "no");
    response.body = std::move(body);
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

Error was_deleted() {
    return {ErrorCode::cancelled, "The task was deleted."};
}

}  // namespace kinora::api
