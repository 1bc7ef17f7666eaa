#include "tasks/submission.hpp"

#include "tasks/brief.hpp"

namespace kinora::tasks {

storage::TaskRow make_task(Submission submission, Random& random, TimePoint now) {
    // 32 bits, so that the seed in an answer survives every JSON reader.
    if (!submission.seed_is_given) submission.brief.seed = random.number() >> 32;
    storage::TaskRow task;
    task.id = TaskId::make(random);
    task.user_id = submission.caller.user_id;
    task.application_id = submission.caller.application_id;
    task.credential_id = submission.caller.credential_id;
    task.trace_id = submission.trace_id;
    task.type = "videos";
    task.api_id = kVideosApiId;
    task.request_json = std::move(submission.request_json);
    task.brief_json = to_json(submission.brief, submission.inputs);
    task.base_url = std::move(submission.base_url);
    task.callback_url = std::move(submission.callback_url);
    task.callback_receiver = std::move(submission.callback_receiver);
    task.priority = submission.priority;
    task.created_at = now;
    return task;
}

}  // namespace kinora::tasks
