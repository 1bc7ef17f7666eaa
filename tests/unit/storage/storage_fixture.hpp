// storage_fixture.hpp: an empty database of each kind; the same contract holds on both.
#pragma once

#include "base/log.hpp"
#include "base/random.hpp"
#include "storage/account_rows.hpp"
#include "storage/database.hpp"
#include "storage/queue_rows.hpp"
#include "storage/session.hpp"
#include "storage/task_rows.hpp"
#include "support/any_database.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace kinora::storage {

using test::Backend;
using test::backend_name;
using test::Place;

// Rows that the tests begin with: one person with one application and one key.
struct Sample {
    UserRow user;
    ApplicationRow application;
    CredentialRow credential;
};

class StorageTest : public testing::TestWithParam<Backend> {
protected:
    void SetUp() override { db = open(); }
    // Before the context of any test's coroutines goes: its threads may still be leaving a post().
    void TearDown() override { db.reset(); }

    std::unique_ptr<Database> open() { return Database::open({place.url(), 2}, log); }

    static TimePoint at(std::int64_t seconds) {
        return from_unix_ms(1'700'000'000'000 + seconds * 1000);
    }

    Sample make_sample(const std::string& name = "ada") {
        Sample sample;
        sample.user.id = UserId::make(random);
        sample.user.email = name + "@example.org";
        sample.user.nickname = name;
        sample.user.role = "owner";
        sample.user.created_at = at(0);
        sample.application.id = ApplicationId::make(random);
        sample.application.user_id = sample.user.id;
        sample.application.service_id = ServiceId::make(random);
        sample.application.type = "Usage";
        sample.application.scope = "Individual";
        sample.application.webhook_secret = "whsec_c2VjcmV0";
        sample.application.created_at = at(0);
        sample.credential.id = CredentialId::make(random);
        sample.credential.application_id = sample.application.id;
        sample.credential.user_id = sample.user.id;
        sample.credential.name = "first";
        sample.credential.token_hash = "hash-of-" + name;
        sample.credential.token_prefix = name.substr(0, 2);
        sample.credential.created_at = at(0);
        return sample;
    }
    Sample insert_sample(const std::string& name = "ada") {
        const auto sample = make_sample(name);
        db->write_now([&](Session& session) {
            insert_user(session, sample.user);
            insert_application(session, sample.application);
            insert_credential(session, sample.credential);
        });
        return sample;
    }

    TaskRow make_task(const Sample& sample, TimePoint created_at) {
        TaskRow task;
        task.id = TaskId::make(random);
        task.user_id = sample.user.id;
        task.application_id = sample.application.id;
        task.credential_id = sample.credential.id;
        task.trace_id = TraceId::make(random);
        task.type = "videos";
        task.api_id = "94fc9028";
        task.request_json = R"({"prompt":"a 'quoted' :colon and ünïcode"})";
        task.brief_json = "{}";
        task.base_url = "http://localhost:8080";
        task.created_at = created_at;
        return task;
    }
    TaskRow insert_one(const Sample& sample, TimePoint created_at) {
        const auto task = make_task(sample, created_at);
        insert(task);
        return task;
    }
    void insert(const TaskRow& task) {
        db->write_now([&](Session& session) { insert_task(session, task); });
    }
    std::optional<TaskRow> find(TaskId id) {
        return db->read_now([id](Session& session) { return find_task(session, id); });
    }
    std::optional<TaskRow> claim(const std::string& owner, TimePoint now) {
        return db->write_now([&](Session& session) {
            return claim_task(session, {owner, now, now + std::chrono::seconds(10)});
        });
    }
    static Claim claim_of(const TaskRow& task) { return {task.id, task.lease_owner, task.attempt}; }
    VideoRow make_video(const TaskRow& task) {
        VideoRow video;
        video.id = VideoId::make(random);
        video.task_id = task.id;
        video.user_id = task.user_id;
        const auto name = random.hex(16);
        video.video_name = name + ".mp4";
        video.thumbnail_name = name + ".jpg";
        video.width = 1360;
        video.height = 752;
        video.thumbnail_width = 680;
        video.thumbnail_height = 376;
        video.fps = 24000.0 / 1001.0;
        video.frame_count = 120;
        video.duration = Milliseconds(5005);
        video.engine = "storyboard";
        video.seed = 0xFFFF'FFFF'FFFF'FFFEULL;
        video.notes_json = R"(["No whale was found."])";
        video.created_at = at(50);
        return video;
    }

    SystemRandom random;
    Log log{LogLevel::off};
    Place place{GetParam()};
    std::unique_ptr<Database> db;
};

}  // namespace kinora::storage
