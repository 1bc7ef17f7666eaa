// retention_rows_test.cpp: no row claims a file that is gone, and no file stays without a row.
#include "storage/retention_rows.hpp"

#include "storage/delivery_rows.hpp"
#include "storage_fixture.hpp"

#include <algorithm>

namespace kinora::storage {
namespace {

using Names = std::vector<std::string>;

class RetentionRowsTest : public StorageTest {
protected:
    TaskRow completed(const Sample& sample, int second = 5) {
        insert_one(sample, at(1));
        const auto task = *claim("worker", at(2));
        auto video = make_video(task);
        video.created_at = at(second);
        db->write_now([&](Session& session) {
            complete_task(session, claim_of(task), video, Milliseconds(1), at(second));
        });
        return *find(task.id);
    }
    std::string add_file(const Sample& sample, TaskId task, int second = 5) {
        const auto name = random.hex(16) + ".png";
        db->write_now([&](Session& session) {
            insert_file(session, {name, sample.user.id, task, 100, at(second), {}});
        });
        return name;
    }
    // Waiting, and naming that file among its inputs.
    TaskRow add_user_of(const Sample& sample, const std::string& name) {
        auto task = make_task(sample, at(9));
        task.brief_json = R"({"inputs": {"video": {"place": ")" + name + R"("}}})";
        insert(task);
        return task;
    }
    Names expire(int before) {
        auto names = db->write_now(
            [&](Session& session) { return expire_files(session, at(before), at(99), 10); });
        std::sort(names.begin(), names.end());
        return names;
    }
    FileFate fate(const std::string& name) {
        return db->read_now([&](Session& session) { return fate_of(session, name); });
    }
    static Names sorted(Names names) {
        std::sort(names.begin(), names.end());
        return names;
    }
    Names remove(const TaskRow& task, Delivery delivery = Delivery::removed) {
        return sorted(db->write_now(
            [&](Session& session) { return delete_task(session, task, delivery, at(70)); }));
    }
};

TEST_P(RetentionRowsTest, OldFilesExpireOnce) {
    const auto sample = insert_sample();
    const auto old = completed(sample, 5);
    const auto fresh = completed(sample, 50);
    const auto file = add_file(sample, old.id, 6);
    EXPECT_EQ(fate(file), FileFate::kept);
    EXPECT_EQ(fate("0123456789abcdef0123456789abcdef.png"), FileFate::unknown);

    const auto gone = sorted({old.video->video_name, old.video->thumbnail_name, file});
    EXPECT_EQ(expire(5), Names());
    EXPECT_EQ(expire(50), gone);
    EXPECT_EQ(expire(50), Names());
    for (const auto& name : gone) EXPECT_EQ(fate(name), FileFate::expired);
    EXPECT_EQ(find(old.id)->video->expired_at, at(99));
    EXPECT_FALSE(find(fresh.id)->video->expired_at);
    EXPECT_EQ(fate(fresh.video->thumbnail_name), FileFate::kept);
    const auto clip = db->read_now(
        [&](Session& session) { return find_clip(session, sample.user.id, old.video->id); });
    EXPECT_TRUE(clip->expired);
}

TEST_P(RetentionRowsTest, WhatAnUnfinishedTaskStartsFromStays) {
    const auto sample = insert_sample();
    const auto old = completed(sample, 5);
    const auto user = add_user_of(sample, old.video->video_name);
    EXPECT_EQ(expire(50), Names());
    claim("worker", at(10));
    EXPECT_EQ(expire(50), Names()) << "while it is worked on";
    db->write_now([&](Session& session) { cancel_task(session, user.id, "", at(60)); });
    EXPECT_EQ(expire(50).size(), 2U);
}

TEST_P(RetentionRowsTest, FilesWithoutARowAreUnwanted) {
    const auto sample = insert_sample();
    const auto old = completed(sample, 5);
    const auto fresh = completed(sample, 50);
    const auto file = add_file(sample, fresh.id, 50);
    expire(10);
    const Names names = {file, fresh.video->video_name, old.video->video_name,
                         fresh.video->thumbnail_name, "0123456789abcdef0123456789abcdef.mp4"};
    const auto unwanted =
        db->read_now([&](Session& session) { return unwanted_among(session, names); });
    EXPECT_EQ(unwanted, (Names{old.video->video_name, "0123456789abcdef0123456789abcdef.mp4"}));
    EXPECT_EQ(db->read_now([](Session& session) { return unwanted_among(session, {}); }), Names());
}

TEST_P(RetentionRowsTest, DeletingATaskTakesAllOfItAlong) {
    const auto sample = insert_sample();
    const auto task = completed(sample);
    const auto file = add_file(sample, task.id);
    const auto kept = completed(sample);
    EXPECT_EQ(remove(task), sorted({task.video->video_name, task.video->thumbnail_name, file}));
    EXPECT_FALSE(find(task.id));
    EXPECT_EQ(fate(task.video->video_name), FileFate::unknown);
    EXPECT_EQ(fate(file), FileFate::unknown);
    EXPECT_TRUE(find(kept.id)->video);
    const auto was = [&](TaskId id, const Sample& of) {
        return db->read_now([&](Session& session) {
            return was_deleted(session, id, of.user.id, of.application.id);
        });
    };
    EXPECT_TRUE(was(task.id, sample));
    EXPECT_FALSE(was(kept.id, sample));
    EXPECT_FALSE(was(task.id, insert_sample("bob")));
    // Who waits for its end hears of it.
    EXPECT_EQ(db->read_now([&](Session& session) { return ended_among(session, {task.id}); }),
              std::vector{task.id});
    const auto lately =
        db->read_now([&](Session& session) { return tasks_finished_since(session, at(70), 10); });
    EXPECT_EQ(lately, std::vector{task.id});
    EXPECT_EQ(db->write_now([&](Session& session) { return forget_deleted(session, at(71)); }), 1);
    EXPECT_FALSE(was(task.id, sample));
}

TEST_P(RetentionRowsTest, AFileThatAnotherTaskStartsFromBecomesThatOnes) {
    const auto sample = insert_sample();
    const auto task = completed(sample);
    const auto file = add_file(sample, task.id);
    const auto user = add_user_of(sample, task.video->video_name);
    const auto other = add_user_of(sample, file);
    EXPECT_EQ(remove(task), Names{task.video->thumbnail_name});
    EXPECT_EQ(fate(task.video->video_name), FileFate::kept);
    db->write_now([&](Session& session) { cancel_task(session, user.id, "", at(75)); });
    EXPECT_EQ(remove(*find(user.id)), Names{task.video->video_name});
    db->write_now([&](Session& session) { cancel_task(session, other.id, "", at(75)); });
    EXPECT_EQ(remove(*find(other.id)), Names{file});
}

TEST_P(RetentionRowsTest, AFrozenDeliveryOutlivesItsTask) {
    const auto sample = insert_sample();
    auto first = make_task(sample, at(1)), second = make_task(sample, at(1));
    for (auto* task : {&first, &second}) {
        task->callback_url = "http://hooks.example/";
        task->callback_receiver = "hooks.example:80";
        insert(*task);
        db->write_now([&](Session& session) { cancel_task(session, task->id, "", at(2)); });
    }
    db->write_now([&](Session& session) {
        freeze_delivery(session, first.id, "{}");
        freeze_delivery(session, first.id, "another");
        freeze_delivery(session, second.id, "{}");
    });
    remove(first, Delivery::kept);
    remove(second);
    const auto delivery = [&](TaskId id) {
        return db->read_now([&](Session& session) { return find_delivery(session, id); });
    };
    ASSERT_TRUE(delivery(first.id));
    EXPECT_EQ(delivery(first.id)->body, "{}");
    EXPECT_FALSE(delivery(second.id));
}

TEST_P(RetentionRowsTest, SaysWhichTasksAreWorkedOn) {
    const auto sample = insert_sample();
    const auto waiting = insert_one(sample, at(3));
    insert_one(sample, at(1));
    const auto running = *claim("worker", at(4));
    const auto found = db->read_now([&](Session& session) {
        return processing_among(session, {waiting.id, running.id, TaskId::make(random)});
    });
    EXPECT_EQ(found, std::vector{running.id});
}

KINORA_ON_BOTH_BACKENDS(RetentionRowsTest);

}  // namespace
}  // namespace kinora::storage
