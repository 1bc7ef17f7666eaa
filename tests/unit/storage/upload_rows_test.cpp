// upload_rows_test.cpp: uploads are seen by their user, for their time, and end early on demand.
#include "storage/upload_rows.hpp"

#include "storage/retention_rows.hpp"
#include "storage_fixture.hpp"

namespace kinora::storage {
namespace {

using Names = std::vector<std::string>;

class UploadRowsTest : public StorageTest {
protected:
    std::string add(const Sample& sample, int second, std::optional<TimePoint> expires_at = {},
                    std::uint64_t size_bytes = 100) {
        const UploadRow upload{random.hex(16) + ".png", sample.user.id, size_bytes, at(second),
                               expires_at};
        db->write_now([&](Session& session) { insert_upload(session, upload); });
        return upload.name;
    }
    Names listed(const Sample& sample, int now, Slice slice = {}) {
        Names names;
        const auto found = db->read_now([&](Session& session) {
            return list_uploads(session, sample.user.id, at(now), slice);
        });
        for (const auto& row : found.items) names.push_back(row.name);
        count = found.count;
        return names;
    }
    std::uint64_t bytes_of(const Sample& sample) {
        return db->read_now(
            [&](Session& session) { return uploaded_bytes(session, sample.user.id); });
    }
    UploadEnd end(const Sample& sample, const std::string& name, int now) {
        return db->write_now(
            [&](Session& session) { return end_upload(session, sample.user.id, name, at(now)); });
    }
    Names expire(int now, std::optional<TimePoint> before = {}) {
        return db->write_now(
            [&](Session& session) { return expire_files(session, before, at(now), 10); });
    }
    FileFate fate(const std::string& name) {
        return db->read_now([&](Session& session) { return fate_of(session, name); });
    }
    // A waiting task that starts from the file.
    TaskRow add_user_of(const Sample& sample, const std::string& name) {
        auto task = make_task(sample, at(9));
        task.brief_json = R"({"inputs": {"start": {"place": ")" + name + R"("}}})";
        insert(task);
        return task;
    }

    std::int64_t count = 0;  // That the last list told.
};

TEST_P(UploadRowsTest, AreListedByAge) {
    const auto ada = insert_sample(), bob = insert_sample("bob");
    const auto first = add(ada, 1, at(100)), second = add(ada, 2), third = add(ada, 3, at(50));
    const auto of_bob = add(bob, 4);
    db->write_now([&](Session& session) {  // What came with a task is no upload.
        insert_file(session,
                    {random.hex(16) + ".png", ada.user.id, TaskId::make(random), 1, at(5), {}});
    });
    EXPECT_EQ(listed(ada, 10), (Names{third, second, first}));
    EXPECT_EQ(count, 3);
    EXPECT_EQ(listed(ada, 10, {2, 0, false}), (Names{first, second}));
    EXPECT_EQ(listed(ada, 10, {2, 2, false}), Names{third});
    EXPECT_EQ(count, 3);
    EXPECT_EQ(listed(bob, 10), Names{of_bob});
    EXPECT_EQ(listed(ada, 50), (Names{second, first})) << "its time is over";

    const auto row = db->read_now([&](Session& session) {
        return list_uploads(session, ada.user.id, at(10), {1, 2, true}).items.front();
    });
    EXPECT_EQ(row.name, first);
    EXPECT_EQ(row.size_bytes, 100U);
    EXPECT_EQ(row.created_at, at(1));
    EXPECT_EQ(row.expires_at, at(100));
}

TEST_P(UploadRowsTest, AreSummedByUser) {
    const auto ada = insert_sample(), bob = insert_sample("bob");
    EXPECT_EQ(bytes_of(ada), 0U);
    const auto large = add(ada, 1, {}, 3'000'000'000);
    add(ada, 1, {}, 5);
    add(bob, 1, {}, 7);
    EXPECT_EQ(bytes_of(ada), 3'000'000'005U);
    EXPECT_EQ(end(ada, large, 2), UploadEnd::expired);
    EXPECT_EQ(bytes_of(ada), 5U);
}

TEST_P(UploadRowsTest, EndAtOnceWhereNobodyNeedsThem) {
    const auto ada = insert_sample(), bob = insert_sample("bob");
    const auto name = add(ada, 1, at(100));
    EXPECT_EQ(end(bob, name, 5), UploadEnd::unknown);
    EXPECT_EQ(end(ada, "0123456789abcdef0123456789abcdef.png", 5), UploadEnd::unknown);
    EXPECT_EQ(fate(name), FileFate::kept);
    EXPECT_EQ(end(ada, name, 5), UploadEnd::expired);
    EXPECT_EQ(fate(name), FileFate::expired);
    EXPECT_EQ(end(ada, name, 6), UploadEnd::unknown);
    EXPECT_EQ(listed(ada, 6), Names());
    EXPECT_EQ(expire(200), Names());
}

TEST_P(UploadRowsTest, AreHiddenWhileATaskStartsFromThem) {
    const auto ada = insert_sample();
    const auto name = add(ada, 1, at(100));
    const auto task = add_user_of(ada, name);
    EXPECT_EQ(end(ada, name, 10), UploadEnd::hidden);
    EXPECT_EQ(listed(ada, 10), Names());
    EXPECT_EQ(end(ada, name, 11), UploadEnd::unknown);
    EXPECT_EQ(expire(20), Names());
    EXPECT_EQ(fate(name), FileFate::kept);
    EXPECT_EQ(bytes_of(ada), 100U) << "it is still there";
    db->write_now([&](Session& session) { cancel_task(session, task.id, "", at(30)); });
    EXPECT_EQ(expire(31), Names{name});
    EXPECT_EQ(fate(name), FileFate::expired);
}

TEST_P(UploadRowsTest, ExpireAtTheirOwnTime) {
    const auto ada = insert_sample();
    const auto early = add(ada, 1, at(50)), late = add(ada, 1, at(500)), never = add(ada, 1);
    EXPECT_EQ(expire(49), Names());
    EXPECT_EQ(expire(50), Names{early});
    EXPECT_EQ(expire(60), Names());
    // The server's retention is for what has no time of its own.
    EXPECT_EQ(expire(70, at(60)), Names{never});
    EXPECT_EQ(fate(late), FileFate::kept);
    EXPECT_EQ(expire(1000, at(900)), Names{late});
}

TEST_P(UploadRowsTest, StayWhereATaskIsDeleted) {
    const auto ada = insert_sample();
    const auto name = add(ada, 1, at(100));
    const auto task = add_user_of(ada, name);
    db->write_now([&](Session& session) {
        cancel_task(session, task.id, "", at(30));
        EXPECT_EQ(delete_task(session, *find_task(session, task.id), Delivery::removed, at(40)),
                  Names());
    });
    EXPECT_EQ(listed(ada, 50), Names{name});
}

KINORA_ON_BOTH_BACKENDS(UploadRowsTest);

}  // namespace
}  // namespace kinora::storage
