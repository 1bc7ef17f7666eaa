#include "api/task_events.hpp"

#include "api/fields.hpp"
#include "api/page.hpp"
#include "api/status.hpp"
#include "api/task_id.hpp"
#include "api/task_json.hpp"
#include "api/tasks.hpp"
#include "tasks/preview.hpp"
#include "tasks/task_state.hpp"

#include <unistd.h>
#include <boost/beast/core/detail/base64.hpp>
#include <boost/json.hpp>
#include <charconv>

namespace kinora::api {
namespace json = boost::json;
namespace {

using namespace std::chrono_literals;

constexpr auto kLookEvery = 200ms;
// So that nobody on the way takes the connection for a dead one.
constexpr auto kSilenceMax = 15s;
constexpr Milliseconds kWantAgain{2'000};
// Of a file that is no preview of ours nothing is sent.
constexpr std::size_t kPreviewBytesMax = 256 * 1024;

struct Preview {
    std::string bytes;
    std::filesystem::file_time_type time;
};

// What is there, where it is newer than `since`.
std::optional<Preview> read_preview(const std::filesystem::path& path,
                                    std::filesystem::file_time_type since) {
    std::error_code error;
    Preview preview;
    preview.time = std::filesystem::last_write_time(path, error);
    if (error || preview.time <= since) return std::nullopt;
    std::FILE* file = std::fopen(path.c_str(), "rbe");
    if (file == nullptr) return std::nullopt;
    preview.bytes.resize(kPreviewBytesMax);
    preview.bytes.resize(std::fread(preview.bytes.data(), 1, preview.bytes.size(), file));
    std::fclose(file);
    if (preview.bytes.empty()) return std::nullopt;
    return preview;
}

std::string to_data_url(const std::string& jpeg) {
    namespace base64 = boost::beast::detail::base64;
    std::string text(base64::encoded_size(jpeg.size()), '\0');
    text.resize(base64::encode(text.data(), jpeg.data(), jpeg.size()));
    return "data:image/jpeg;base64," + text;
}

struct Following {
    TaskId task;
    TraceId trace;
    std::string base_url;
    int last_event = 0;
    bool previews = false;
    std::unique_ptr<tasks::Endings::Place> place;
};

class EventStream final : public http::BodyStream {
public:
    EventStream(TaskEventsParts parts, Following following)
        : parts_(parts), following_(std::move(following)) {}

    Async<std::optional<std::string>> next() override {
        while (!over_) {
            auto text = co_await look();
            const auto now = std::chrono::steady_clock::now();
            if (text.empty() && !over_ && now - told_at_ >= kSilenceMax) text = ": still here\n\n";
            if (!text.empty()) {
                told_at_ = now;
                co_return text;
            }
            if (over_) break;
            const auto outcome = co_await following_.place->wait(now + kLookEvery);
            // The client comes back by itself, to the server that there is then.
            if (outcome == tasks::Outcome::shutting_down) break;
        }
        co_return std::nullopt;
    }

private:
    Async<std::string> look() {
        const auto news = co_await parts_.watch.news_after(following_.task, following_.last_event);
        std::string text;
        if (!news.task) {
            over_ = true;
            co_return error_text(was_deleted());
        }
        const auto& task = *news.task;
        auto queue = co_await parts_.watch.queue();
        if (!queue->knows(task)) queue = co_await parts_.watch.fresh_queue();
        for (const auto& event : news.events) {
            following_.last_event = event.number;
            if (tasks::has_ended(event.state)) break;
            auto object = event_object(task, event);
            if (&event == &news.events.back()) {
                object = task_response(task, following_.base_url, *queue);
            }
            text += framed(Form::events, "progress", event.number, object);
        }
        // Others that go ahead are no event of this task, but who waits wants to know.
        const auto position = queue->outlook(task).position;
        if (news.events.empty() && has_looked_ && position != told_position_) {
            text += framed(Form::events, "progress", following_.last_event,
                           task_response(task, following_.base_url, *queue));
        }
        told_position_ = position;
        has_looked_ = true;
        if (task.finished_at) {
            over_ = true;
            co_return text + end_text(task);
        }
        if (!following_.previews) co_return text;
        const auto picture = co_await preview(task);
        co_return text + picture;
    }

    std::string end_text(const storage::TaskRow& task) const {
        // What went before it may be forgotten by now.
        const int id = std::max(following_.last_event, 2);
        if (has_result(task)) {
            return framed(Form::events, "result", id, task_response(task, following_.base_url));
        }
        return framed(Form::events, "error", id,
                      error_envelope(error_of(task), following_.trace, following_.task));
    }
    std::string error_text(const Error& error) const {
        return framed(Form::events, "error", 0,
                      error_envelope(error, following_.trace, following_.task));
    }

    Async<std::string> preview(storage::TaskRow task) {
        const auto now = std::chrono::steady_clock::now();
        if (!wanted_at_ || now - *wanted_at_ >= kWantAgain) {
            wanted_at_ = now;
            auto want = [id = task.id, until = parts_.clock.now() +
                                               tasks::kPreviewsWanted](storage::Session& session) {
                storage::want_previews(session, id, until);
            };
            co_await parts_.database.write(std::move(want));
        }
        if (task.state != storage::TaskState::processing) co_return std::string();
        auto read = [path = parts_.media.part(task.id, task.attempt, tasks::kPreviewPart),
                     since = preview_time_] { return read_preview(path, since); };
        const auto found = co_await parts_.pool.run(std::move(read));
        if (!found) co_return std::string();
        preview_time_ = found->time;
        co_return framed(Form::events, "preview", 0,
                         json::object{{"task_id", task.id.str()},
                                      {"progress", task.progress},
                                      {"image", to_data_url(found->bytes)}});
    }
    const TaskEventsParts parts_;
    Following following_;
    bool over_ = false;
    bool has_looked_ = false;
    std::optional<int> told_position_;
    std::chrono::steady_clock::time_point told_at_ = std::chrono::steady_clock::now();
    std::optional<std::chrono::steady_clock::time_point> wanted_at_;
    std::filesystem::file_time_type preview_time_ = std::filesystem::file_time_type::min();
};

// 0 where nothing was seen yet.
Result<int> read_last_event(const http::Request& request) {
    std::string text(request.header("Last-Event-ID"));
    if (text.empty()) text = query_value(request.query, "last_event_id");
    if (text.empty()) return 0;
    int number = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, number);
    if (failed != std::errc() || stop != end || number < 0) {
        return Error(ErrorCode::bad_request,
                     "The Last-Event-ID must be the id of an event of this stream.");
    }
    return number;
}

Result<bool> read_previews(const http::Request& request) {
    const auto text = query_value(request.query, "previews");
    if (text.empty() || text == "false" || text == "0") return false;
    if (text == "true" || text == "1") return true;
    return field_error("previews", "must be `true` or `false`.");
}

}  // namespace

void TaskEvents::routes(http::Router& router) {
    router.add({http::Method::get, "/api/v1/tasks/{}/events",
                [this](http::Request& request) { return get(request); }, 0, http::Origins::any});
}

Async<http::Response> TaskEvents::get(http::Request& request) {
    const auto reach = co_await parts_.access.reader(request);
    if (!reach) co_return to_response(reach.error(), request.trace_id);
    const auto last_event = read_last_event(request);
    if (!last_event) co_return to_response(last_event.error(), request.trace_id);
    const auto previews = read_previews(request);
    if (!previews) co_return to_response(previews.error(), request.trace_id);
    const auto id = TaskId::parse(request.parameters.front());
    if (!id) co_return to_response(no_such_task(), request.trace_id);

    auto executor = co_await asio::this_coro::executor;
    Following following{*id,         request.trace_id, request.base_url,
                        *last_event, *previews,        parts_.watch.expect(*id, executor)};
    const auto news = co_await parts_.watch.news_after(*id, *last_event);
    if (!news.task || !reach->covers(*news.task)) {
        co_return to_response(no_such_task(), request.trace_id);
    }
    // Who has heard of the end need not come back (the HTML standard, "server-sent events").
    if (news.task->finished_at && *last_event >= 2 && news.events.empty()) {
        co_return http::Response::empty(204);
    }
    co_return streamed(Form::events, std::make_shared<EventStream>(parts_, std::move(following)));
}

}  // namespace kinora::api
