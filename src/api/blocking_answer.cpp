#include "api/blocking_answer.hpp"

#include "api/json_text.hpp"
#include "api/status.hpp"
#include "api/task_json.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace kinora::api {
namespace {

using namespace std::chrono_literals;

// The contract: at least so often, whether anything changed or not.
constexpr auto kTellEvery = 250ms;
// A little sooner, so that the work of looking does not make it later.
constexpr auto kLookAfter = kTellEvery - 30ms;

bool has_ended(const std::optional<storage::TaskRow>& task) {
    return !task || task->finished_at;
}

std::string_view state_word(const std::optional<storage::TaskRow>& task) {
    if (!task) return "cancelled";
    if (task->video && task->video->expired_at) return "expired";
    return storage::to_string(task->state);
}

// Why there is no result; nothing where there is one.
std::optional<Error> failure_in(const std::optional<storage::TaskRow>& task) {
    if (!task) return was_deleted();
    if (has_result(*task)) return std::nullopt;
    return error_of(*task);
}

// What goes on behind the answer: the result was seen, or the client has gone without it.
std::function<void(bool)> note_whether_seen(WaitingCalls& waiting,
                                            std::shared_ptr<WaitingCalls::Call> call) {
    return [&waiting, call = std::move(call)](bool sent) {
        sent ? waiting.seen(call) : waiting.left(call);
    };
}

class ProgressStream final : public http::BodyStream {
public:
    ProgressStream(TaskWatch& watch, WaitingCalls& waiting, Wait wait)
        : watch_(watch), waiting_(waiting), wait_(std::move(wait)) {}

    Async<std::optional<std::string>> next() override {
        if (over_) co_return std::nullopt;
        const auto now = std::chrono::steady_clock::now();
        if (told_once_) {
            const auto outcome = co_await wait_.place->wait(
                std::min(wait_.deadline, now + std::chrono::milliseconds(kLookAfter)));
            if (outcome == tasks::Outcome::shutting_down) {
                co_return co_await give_up(shutting_down(wait_.task));
            }
        }
        told_once_ = true;
        const auto news = co_await watch_.news_after(wait_.task, last_event_);
        std::string text;
        for (const auto& event : news.events) {
            // The last one is where the task is now, which is told with more words below.
            if (&event != &news.events.back()) {
                text +=
                    framed(wait_.form, "progress", event.number, event_object(*news.task, event));
            }
            last_event_ = event.number;
        }
        if (has_ended(news.task)) co_return text + finish(news.task);
        if (std::chrono::steady_clock::now() >= wait_.deadline) {
            const auto last = co_await give_up(timed_out(wait_.task));
            co_return text + *last;
        }
        const auto queue = co_await watch_.queue();
        co_return text + framed(wait_.form, "progress", last_event_,
                                task_response(*news.task, wait_.base_url, *queue));
    }

    bool has_told_the_end() const { return told_the_end_; }

private:
    std::string finish(const std::optional<storage::TaskRow>& task) {
        over_ = told_the_end_ = true;
        if (const auto failure = failure_in(task)) {
            auto envelope = error_envelope(*failure, wait_.trace, wait_.task);
            // There is no status to tell that the work has ended from that the wait has.
            envelope["state"] = state_word(task);
            return framed(wait_.form, "error", last_event_, envelope);
        }
        return framed(wait_.form, "result", last_event_, task_response(*task, wait_.base_url));
    }
    std::string error_text(const Error& error) const {
        return framed(wait_.form, "error", 0, error_envelope(error, wait_.trace, wait_.task));
    }
    // Before the client hears of it, so that whatever it sends next finds its task.
    Async<std::optional<std::string>> give_up(Error error) {
        over_ = true;
        co_await waiting_.leave(wait_.call);
        co_return error_text(error);
    }

    TaskWatch& watch_;
    WaitingCalls& waiting_;
    Wait wait_;
    int last_event_ = 0;
    bool told_once_ = false;
    bool over_ = false;
    bool told_the_end_ = false;
};

http::Response stream(TaskWatch& watch, WaitingCalls& waiting, Wait wait) {
    const auto form = wait.form;
    const auto call = wait.call;
    auto body = std::make_shared<ProgressStream>(watch, waiting, std::move(wait));
    auto response = streamed(form, body);
    response.sent = [&waiting, call, body = std::weak_ptr(body)](bool sent) {
        const auto told = body.lock();
        sent&& told && told->has_told_the_end() ? waiting.seen(call) : waiting.left(call);
    };
    return response;
}

}  // namespace

Async<http::Response> BlockingAnswers::answer(Wait wait) {
    if (wait.form != Form::json) co_return stream(watch_, waiting_, std::move(wait));
    wait.call->on_gone(wait.place->abandon());
    const auto outcome = co_await wait.place->wait(wait.deadline);
    if (outcome != tasks::Outcome::ended) co_await waiting_.leave(wait.call);
    if (outcome == tasks::Outcome::timed_out) {
        co_return to_response(timed_out(wait.task), wait.trace, wait.task);
    }
    if (outcome == tasks::Outcome::shutting_down) {
        co_return to_response(shutting_down(wait.task), wait.trace, wait.task);
    }
    if (outcome == tasks::Outcome::abandoned) {  // Nobody reads this.
        const Error gone(ErrorCode::cancelled, "The client has gone.");
        auto response = to_response(gone, wait.trace, wait.task);
        response.close = true;
        co_return response;
    }
    const auto news = co_await watch_.news_after(wait.task, 0);
    const auto failure = failure_in(news.task);
    auto response =
        failure ? to_response(*failure, wait.trace, wait.task)
                : http::Response::json_text(200, to_text(task_response(*news.task, wait.base_url)));
    response.sent = note_whether_seen(waiting_, wait.call);
    co_return response;
}

}  // namespace kinora::api
