// api/task_watch.hpp: a task's changes and its end, as they are told to who waits.
#pragma once

#include "http/message.hpp"
#include "storage/database.hpp"
#include "storage/event_rows.hpp"
#include "storage/media_folder.hpp"
#include "tasks/endings.hpp"
#include "tasks/queue_gauge.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::api {

// How an answer is written: one object, a line each, or server-sent events (the HTML standard).
enum class Form { json, lines, events };
// What an `Accept` header likes best of the three; json where it says nothing of them.
Form form_of(std::string_view accept);
std::string_view content_type_of(Form form);

// One object on its way: a line, or an event of that name with that id (0: none).
std::string framed(Form form, std::string_view name, int id, const boost::json::object& object);

// What has become of a task since an event.
struct TaskNews {
    std::optional<storage::TaskRow> task;  // Nothing: it was deleted.
    std::vector<storage::TaskEvent> events;
};

class TaskWatch {
public:
    // All of these outlive it and what it makes.
    TaskWatch(storage::Database& database, tasks::Endings& endings, tasks::QueueGauge& gauge)
        : database_(database), endings_(endings), gauge_(gauge) {}

    Async<TaskNews> news_after(TaskId task, int event);
    Async<std::shared_ptr<const tasks::QueueFacts>> queue() { return gauge_.facts(); }
    // Null where queue() would have to look.
    std::shared_ptr<const tasks::QueueFacts> queue_at_hand() { return gauge_.facts_at_hand(); }
    Async<std::shared_ptr<const tasks::QueueFacts>> fresh_queue() { return gauge_.fresh_facts(); }
    std::unique_ptr<tasks::Endings::Place> expect(TaskId task, asio::any_io_executor executor) {
        return endings_.expect(task, std::move(executor));
    }

private:
    storage::Database& database_;
    tasks::Endings& endings_;
    tasks::QueueGauge& gauge_;
};

// Headers of an answer that comes bit by bit, so that nobody on the way keeps it back.
http::Response streamed(Form form, std::shared_ptr<http::BodyStream> body);

// Said to who waited; each has the task's id in its text.
Error timed_out(const TaskId& task);
Error shutting_down(const TaskId& task);
Error was_deleted();

}  // namespace kinora::api
