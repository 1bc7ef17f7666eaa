// storage/task_record.hpp: tasks and clips as plain columns, and back.
#pragma once

#include "storage/columns.hpp"
#include "storage/task_rows.hpp"

namespace kinora::storage {

struct VideoRecord {
    static constexpr const char* kTable = "videos";

    VideoRecord() = default;
    explicit VideoRecord(const VideoRow& row);
    VideoRow row() const;

    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("task_id", task_id);
        f("user_id", user_id);
        f("video_name", video_name);
        f("thumbnail_name", thumbnail_name);
        f("width", width);
        f("height", height);
        f("thumbnail_width", thumbnail_width);
        f("thumbnail_height", thumbnail_height);
        f("fps", fps);
        f("frame_count", frame_count);
        f("duration_ms", duration_ms);
        f("engine", engine);
        f("seed", seed);
        f("notes_json", notes_json);
        f("created_at", created_at);
    }

    std::string id, task_id, user_id, video_name, thumbnail_name;
    int width = 0, height = 0, thumbnail_width = 0, thumbnail_height = 0;
    double fps = 0;
    long long frame_count = 0, duration_ms = 0;
    std::string engine;
    long long seed = 0;  // The unsigned seed, bit for bit.
    std::string notes_json;
    long long created_at = 0;
};

struct TaskRecord {
    static constexpr const char* kTable = "tasks";

    TaskRecord() = default;
    explicit TaskRecord(const TaskRow& row);
    TaskRow row() const;  // Without a clip.

    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("user_id", user_id);
        f("application_id", application_id);
        f("credential_id", credential_id);
        f("trace_id", trace_id);
        f("type", type);
        f("api_id", api_id);
        f("state", state);
        f("request_json", request_json);
        f("brief_json", brief_json);
        f("base_url", base_url);
        f("callback_url", callback_url);
        f("callback_receiver", callback_receiver);
        f("request_hash", request_hash);
        f("waiter", waiter);
        f("waiter_call", waiter_call);
        f("seen", seen);
        f("priority", priority);
        f("turn", turn);
        f("created_at", created_at);
        f("started_at", started_at);
        f("finished_at", finished_at);
        f("progress", progress);
        f("attempt", attempt);
        f("worked_ms", worked_ms);
        f("lease_owner", lease_owner);
        f("lease_until", lease_until);
        f("error_code", error_code);
        f("error_message", error_message);
    }

    std::string id, user_id, application_id, credential_id, trace_id, type, api_id, state;
    std::string request_json, brief_json, base_url;
    std::string callback_url, callback_receiver, request_hash, waiter, waiter_call;
    int seen = 1, priority = 0;
    long long turn = 0;
    long long created_at = 0;
    NullableTime started_at, finished_at;
    int progress = 0, attempt = 0;
    long long worked_ms = 0;
    std::string lease_owner;
    NullableTime lease_until;
    std::string error_code, error_message;
};

// A task with its clip, as every SELECT of tasks brings it.
struct TaskSelection {
    // "SELECT ... FROM tasks t LEFT JOIN videos v ..."; conditions on `t` may follow.
    static const std::string& text();
    void bind(Query& query);
    TaskRow row() const;

    TaskRecord task;
    VideoRecord video;
    NullableTime video_expired_at;
    soci::indicator video_found = soci::i_null;
};

}  // namespace kinora::storage
