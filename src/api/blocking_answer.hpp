// api/blocking_answer.hpp: what a call gets that waits for the end of its task.
//
// Either one object when the task has ended, or a stream that tells of each change on the way.
// Whichever it is, it is written down whether somebody got the result: see storage/resend_rows.hpp.
#pragma once

#include "api/task_watch.hpp"
#include "api/waiting_calls.hpp"

namespace kinora::api {

struct Wait {
    TaskId task;
    TraceId trace;         // Of the call.
    std::string base_url;  // Where links start.
    SteadyPoint deadline;
    Form form = Form::json;
    std::unique_ptr<tasks::Endings::Place> place;
    std::shared_ptr<WaitingCalls::Call> call;
};

class BlockingAnswers {
public:
    // Both outlive it and its streams.
    BlockingAnswers(TaskWatch& watch, WaitingCalls& waiting) : watch_(watch), waiting_(waiting) {}

    // Suspends until the answer is there; a stream's is there at once.
    Async<http::Response> answer(Wait wait);

private:
    TaskWatch& watch_;
    WaitingCalls& waiting_;
};

}  // namespace kinora::api
