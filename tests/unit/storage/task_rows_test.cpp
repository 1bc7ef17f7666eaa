// task_rows_test.cpp: tasks come back as they were written, one by one and in lists.
#include "storage_fixture.hpp"

namespace kinora::storage {
namespace {

class TaskRowsTest : public StorageTest {
protected:
    TaskPage list(const TaskFilter& filter) {
        return db->read_now([&](Session& session) { return list_tasks(session, filter); });
    }
    static std::vector<TaskId> ids_of(const std::vector<TaskRow>& rows) {
        std::vector<TaskId> ids;
        for (const auto& row : rows) ids.push_back(row.id);
        return ids;
    }
    TaskRow complete_one(const Sample& sample, TimePoint now) {
        insert_one(sample, now);
        auto task = *claim("worker", now);
        task.video = make_video(task);
        const bool done = db->write_now([&](Session& session) {
            return complete_task(session, claim_of(task), *task.video, Milliseconds(900), now);
        });
        EXPECT_TRUE(done);
        return task;
    }
};

TEST(TaskStateTest, WordsGoThereAndBack) {
    for (const auto state : {TaskState::pending, TaskState::processing, TaskState::completed,
                             TaskState::failed, TaskState::cancelled}) {
        EXPECT_EQ(parse_task_state(to_string(state)), state);
    }
    EXPECT_EQ(to_string(TaskState::processing), "processing");
    EXPECT_FALSE(parse_task_state("Pending"));
    EXPECT_FALSE(parse_task_state(""));
}

TEST_P(TaskRowsTest, KeepsEveryColumn) {
    auto task = make_task(insert_sample(), at(1));
    task.state = TaskState::failed;
    task.priority = -3;
    task.started_at = at(2);
    task.finished_at = at(3) + Milliseconds(7);
    task.progress = 41;
    task.attempt = 2;
    task.worked = std::chrono::hours(24 * 60);  // More milliseconds than 32 bits hold.
    task.lease_owner = "worker 1";
    task.lease_until = at(4);
    task.error_code = "api_error";
    task.error_message = "It broke; 100% of \\it.";
    insert(task);

    const auto found = find(task.id);

    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, task.id);
    EXPECT_EQ(found->user_id, task.user_id);
    EXPECT_EQ(found->application_id, task.application_id);
    EXPECT_EQ(found->credential_id, task.credential_id);
    EXPECT_EQ(found->trace_id, task.trace_id);
    EXPECT_EQ(found->type, task.type);
    EXPECT_EQ(found->api_id, task.api_id);
    EXPECT_EQ(found->state, TaskState::failed);
    EXPECT_EQ(found->request_json, task.request_json);
    EXPECT_EQ(found->brief_json, task.brief_json);
    EXPECT_EQ(found->base_url, task.base_url);
    EXPECT_EQ(found->priority, -3);
    EXPECT_EQ(found->created_at, at(1));
    EXPECT_EQ(found->started_at, task.started_at);
    EXPECT_EQ(found->finished_at, task.finished_at);
    EXPECT_EQ(found->progress, 41);
    EXPECT_EQ(found->attempt, 2);
    EXPECT_EQ(found->worked, task.worked);
    EXPECT_EQ(found->lease_owner, "worker 1");
    EXPECT_EQ(found->lease_until, at(4));
    EXPECT_EQ(found->error_code, "api_error");
    EXPECT_EQ(found->error_message, task.error_message);
    EXPECT_FALSE(found->video);
}

TEST_P(TaskRowsTest, TimesAreAbsentUntilTheyAreKnown) {
    const auto task = insert_one(insert_sample(), at(1));
    const auto found = find(task.id);
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->started_at);
    EXPECT_FALSE(found->finished_at);
    EXPECT_FALSE(found->lease_until);
    EXPECT_FALSE(find(TaskId::make(random)));
}

TEST_P(TaskRowsTest, ACompletedTaskBringsItsClip) {
    const auto sample = insert_sample();
    const auto task = complete_one(sample, at(5));
    insert_one(sample, at(6));

    const auto found = find(task.id);

    ASSERT_TRUE(found && found->video);
    const auto& video = *found->video;
    EXPECT_EQ(video.id, task.video->id);
    EXPECT_EQ(video.task_id, task.id);
    EXPECT_EQ(video.user_id, task.user_id);
    EXPECT_EQ(video.video_name, task.video->video_name);
    EXPECT_EQ(video.thumbnail_name, task.video->thumbnail_name);
    EXPECT_EQ(video.width, 1360);
    EXPECT_EQ(video.height, 752);
    EXPECT_EQ(video.thumbnail_width, 680);
    EXPECT_EQ(video.thumbnail_height, 376);
    EXPECT_EQ(video.fps, task.video->fps);
    EXPECT_EQ(video.frame_count, 120);
    EXPECT_EQ(video.duration, Milliseconds(5005));
    EXPECT_EQ(video.engine, "storyboard");
    EXPECT_EQ(video.seed, task.video->seed);
    EXPECT_EQ(video.notes_json, task.video->notes_json);
    EXPECT_EQ(video.created_at, at(50));

    // In a list those without a clip must not inherit a neighbour's.
    TaskFilter filter;
    filter.user_id = sample.user.id;
    const auto page = list(filter);
    ASSERT_EQ(page.items.size(), 2u);
    EXPECT_FALSE(page.items[0].video);
    EXPECT_TRUE(page.items[1].video);
}

TEST_P(TaskRowsTest, ListsNewestFirstByPages) {
    const auto sample = insert_sample();
    std::vector<TaskId> ids;
    for (int i = 0; i < 5; ++i) ids.insert(ids.begin(), insert_one(sample, at(i)).id);
    insert_one(insert_sample("bob"), at(2));

    TaskFilter filter;
    filter.user_id = sample.user.id;
    EXPECT_EQ(ids_of(list(filter).items), ids);
    EXPECT_EQ(list(filter).count, 5);
    filter.limit = 2;
    filter.offset = 1;
    EXPECT_EQ(ids_of(list(filter).items), std::vector(ids.begin() + 1, ids.begin() + 3));
    EXPECT_EQ(list(filter).count, 5);
    filter.offset = 9;
    EXPECT_TRUE(list(filter).items.empty());
    EXPECT_EQ(list(filter).count, 5);
    filter.limit = 0;
    EXPECT_TRUE(list(filter).items.empty());
}

TEST_P(TaskRowsTest, TiesOfOneMillisecondAreOrderedById) {
    const auto sample = insert_sample();
    std::vector<TaskId> ids;
    for (int i = 0; i < 6; ++i) ids.push_back(insert_one(sample, at(1)).id);
    std::sort(ids.begin(), ids.end());
    TaskFilter filter;
    filter.user_id = sample.user.id;
    EXPECT_EQ(ids_of(list(filter).items), ids);
}

TEST_P(TaskRowsTest, ListsWhatTheFilterSays) {
    const auto sample = insert_sample();
    auto other = sample.application;
    other.id = ApplicationId::make(random);
    db->write_now([&](Session& session) { insert_application(session, other); });
    const auto first = insert_one(sample, at(1));
    const auto second = insert_one(sample, at(2));
    auto third = make_task(sample, at(3));
    third.application_id = other.id;
    insert(third);

    TaskFilter filter;
    filter.user_id = sample.user.id;
    filter.application_id = sample.application.id;
    EXPECT_EQ(ids_of(list(filter).items), (std::vector{second.id, first.id}));
    EXPECT_EQ(list(filter).count, 2);
    filter.application_id = {};
    filter.created_at_min = at(2);
    EXPECT_EQ(ids_of(list(filter).items), (std::vector{third.id, second.id}));
    filter.created_at_max = at(2);
    EXPECT_EQ(ids_of(list(filter).items), (std::vector{second.id}));
    filter.created_at_min = {};
    filter.created_at_max = at(1) - Milliseconds(1);
    EXPECT_TRUE(list(filter).items.empty());
    EXPECT_EQ(list(filter).count, 0);
}

TEST_P(TaskRowsTest, FindsThoseOfTheUserInTheOrderAsked) {
    const auto sample = insert_sample();
    const auto one = insert_one(sample, at(1)).id;
    const auto two = insert_one(sample, at(2)).id;
    const auto foreign = insert_one(insert_sample("bob"), at(3)).id;
    const std::vector<TaskId> asked = {two, foreign, TaskId::make(random), one, two};

    const auto found =
        db->read_now([&](Session& session) { return find_tasks(session, sample.user.id, asked); });
    const auto none =
        db->read_now([&](Session& session) { return find_tasks(session, sample.user.id, {}); });

    EXPECT_EQ(ids_of(found), (std::vector{two, one}));
    EXPECT_TRUE(none.empty());
}

TEST_P(TaskRowsTest, KnowsWhichTasksEnded) {
    const auto sample = insert_sample();
    const auto early = complete_one(sample, at(10)).id;
    const auto late = complete_one(sample, at(20)).id;
    const auto waiting = insert_one(sample, at(5)).id;

    const auto since = [&](TimePoint time, int limit) {
        return db->read_now(
            [&](Session& session) { return tasks_finished_since(session, time, limit); });
    };
    EXPECT_EQ(since(at(0), 10), (std::vector{early, late}));
    EXPECT_EQ(since(at(10), 1), (std::vector{early}));
    EXPECT_EQ(since(at(11), 10), (std::vector{late}));
    EXPECT_TRUE(since(at(21), 10).empty());

    std::vector<TaskId> asked = {waiting, late, TaskId::make(random)};
    while (asked.size() < 500) asked.push_back(TaskId::make(random));
    const auto ended = db->read_now([&](Session& session) { return ended_among(session, asked); });
    EXPECT_EQ(ended, (std::vector{late}));
    EXPECT_TRUE(db->read_now([](Session& session) { return ended_among(session, {}); }).empty());
}

TEST_P(TaskRowsTest, CountsByState) {
    const auto sample = insert_sample();
    complete_one(sample, at(10));
    insert_one(sample, at(11));
    insert_one(sample, at(12));
    const auto count = [&](TaskState state) {
        return db->read_now([&](Session& session) { return count_tasks(session, state); });
    };
    EXPECT_EQ(count(TaskState::pending), 2);
    EXPECT_EQ(count(TaskState::completed), 1);
    EXPECT_EQ(count(TaskState::processing), 0);
}

TEST_P(TaskRowsTest, FindsAClipByTheNameOfItsFile) {
    const auto task = complete_one(insert_sample(), at(10));
    const auto found = [&](const std::string& name) {
        return db->read_now([&](Session& session) { return find_clip(session, name); });
    };
    const auto clip = found(task.video->video_name);
    ASSERT_TRUE(clip);
    EXPECT_EQ(clip->video_name, task.video->video_name);
    EXPECT_EQ(clip->brief_json, task.brief_json);
    EXPECT_FALSE(found(task.video->thumbnail_name));
    EXPECT_FALSE(found("00000000000000000000000000000000.mp4"));
}

TEST_P(TaskRowsTest, FindsAClipForItsOwnerAlone) {
    const auto task = complete_one(insert_sample(), at(10));
    const auto found = [&](UserId user, VideoId id) {
        return db->read_now([&](Session& session) { return find_clip(session, user, id); });
    };
    const auto video = found(task.user_id, task.video->id);
    ASSERT_TRUE(video);
    EXPECT_EQ(video->video_name, task.video->video_name);
    EXPECT_EQ(video->brief_json, task.brief_json);
    EXPECT_FALSE(found(*UserId::parse("11111111-1111-4111-8111-111111111111"), task.video->id));
    EXPECT_FALSE(found(task.user_id, *VideoId::parse("11111111-1111-4111-8111-111111111111")));
}

TEST_P(TaskRowsTest, ATaskGoesWithItsUserAndTakesItsClipAlong) {
    const auto sample = insert_sample();
    const auto task = complete_one(sample, at(10));
    {
        const auto raw = place.raw();
        if (GetParam() == Backend::sqlite) *raw << "PRAGMA foreign_keys = ON";
        *raw << "DELETE FROM users";
    }
    EXPECT_FALSE(find(task.id));
    EXPECT_FALSE(
        db->read_now([&](Session& session) { return find_clip(session, task.video->video_name); }));
}

KINORA_ON_BOTH_BACKENDS(TaskRowsTest);

}  // namespace
}  // namespace kinora::storage
