// storage/task_record.cpp: see task_record.hpp.
#include "storage/task_record.hpp"

#include <bit>

namespace kinora::storage {

VideoRecord::VideoRecord(const VideoRow& row)
    : id(row.id.str()),
      task_id(row.task_id.str()),
      user_id(row.user_id.str()),
      video_name(row.video_name),
      thumbnail_name(row.thumbnail_name),
      width(row.width),
      height(row.height),
      thumbnail_width(row.thumbnail_width),
      thumbnail_height(row.thumbnail_height),
      fps(row.fps),
      frame_count(row.frame_count),
      duration_ms(row.duration.count()),
      engine(row.engine),
      seed(std::bit_cast<long long>(row.seed)),
      notes_json(row.notes_json),
      created_at(to_unix_ms(row.created_at)) {}

VideoRow VideoRecord::row() const {
    VideoRow row;
    row.id = id_of<VideoId>(id);
    row.task_id = id_of<TaskId>(task_id);
    row.user_id = id_of<UserId>(user_id);
    row.video_name = video_name;
    row.thumbnail_name = thumbnail_name;
    row.width = width;
    row.height = height;
    row.thumbnail_width = thumbnail_width;
    row.thumbnail_height = thumbnail_height;
    row.fps = fps;
    row.frame_count = frame_count;
    row.duration = Milliseconds(duration_ms);
    row.engine = engine;
    row.seed = std::bit_cast<std::uint64_t>(seed);
    row.notes_json = notes_json;
    row.created_at = from_unix_ms(created_at);
    return row;
}

TaskRecord::TaskRecord(const TaskRow& row)
    : id(row.id.str()),
      user_id(row.user_id.str()),
      application_id(row.application_id.str()),
      credential_id(row.credential_id.str()),
      trace_id(row.trace_id.str()),
      type(row.type),
      api_id(row.api_id),
      state(to_string(row.state)),
      request_json(row.request_json),
      brief_json(row.brief_json),
      base_url(row.base_url),
      callback_url(row.callback_url),
      callback_receiver(row.callback_receiver),
      request_hash(row.request_hash),
      waiter(row.waiter),
      waiter_call(row.waiter_call),
      seen(row.seen ? 1 : 0),
      priority(row.priority),
      turn(row.turn),
      created_at(to_unix_ms(row.created_at)),
      started_at(row.started_at),
      finished_at(row.finished_at),
      progress(row.progress),
      attempt(row.attempt),
      worked_ms(row.worked.count()),
      lease_owner(row.lease_owner),
      lease_until(row.lease_until),
      error_code(row.error_code),
      error_message(row.error_message) {}

TaskRow TaskRecord::row() const {
    const auto parsed_state = parse_task_state(state);
    if (!parsed_state) throw std::runtime_error("the database holds an unknown state of a task");
    TaskRow row;
    row.id = id_of<TaskId>(id);
    row.user_id = id_of<UserId>(user_id);
    row.application_id = id_of<ApplicationId>(application_id);
    row.credential_id = id_of<CredentialId>(credential_id);
    row.trace_id = id_of<TraceId>(trace_id);
    row.type = type;
    row.api_id = api_id;
    row.state = *parsed_state;
    row.request_json = request_json;
    row.brief_json = brief_json;
    row.base_url = base_url;
    row.callback_url = callback_url;
    row.callback_receiver = callback_receiver;
    row.request_hash = request_hash;
    row.waiter = waiter;
    row.waiter_call = waiter_call;
    row.seen = seen != 0;
    row.priority = priority;
    row.turn = turn;
    row.created_at = from_unix_ms(created_at);
    row.started_at = started_at.get();
    row.finished_at = finished_at.get();
    row.progress = progress;
    row.attempt = attempt;
    row.worked = Milliseconds(worked_ms);
    row.lease_owner = lease_owner;
    row.lease_until = lease_until.get();
    row.error_code = error_code;
    row.error_message = error_message;
    return row;
}

const std::string& TaskSelection::text() {
    static const std::string text =
        "SELECT " + column_list<TaskRecord>("t") + ", " + column_list<VideoRecord>("v") +
        ", v.expired_at FROM tasks t LEFT JOIN videos v ON v.task_id = t.id";
    return text;
}

void TaskSelection::bind(Query& query) {
    bind_outputs(query, task);
    // A clip's columns are all there or none is, so that one indicator serves them all.
    video.each_column([&](const char*, auto& value) { query.out(value, video_found); });
    query.out(video_expired_at);
}

TaskRow TaskSelection::row() const {
    auto row = task.row();
    if (video_found == soci::i_ok) {
        row.video = video.row();
        row.video->expired_at = video_expired_at.get();
    }
    return row;
}

}  // namespace kinora::storage
