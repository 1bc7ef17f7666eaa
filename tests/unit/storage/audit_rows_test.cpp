// audit_rows_test.cpp: the trail of those who run the server is only added to; processes come and
// go.
#include "storage/audit_rows.hpp"

#include "storage_fixture.hpp"

#include <gmock/gmock.h>

namespace kinora::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AuditRowsTest : public StorageTest {
protected:
    AuditRow note(const std::string& action, const std::string& object, TimePoint when,
                  std::optional<UserId> actor = {}) {
        AuditRow event{AuditId::make(random),
                       when,
                       actor,
                       actor ? "ada@example.org" : "command line",
                       action,
                       "user",
                       object,
                       R"({"nickname":"'A'"})",
                       "a trace",
                       "192.0.2.7"};
        db->write_now([&](Session& session) { insert_audit(session, event); });
        return event;
    }
    std::vector<std::string> objects(const AuditFilter& filter) {
        std::vector<std::string> found;
        for (const auto& event :
             db->read_now([&](Session& session) { return list_audit(session, filter).items; })) {
            found.push_back(event.object_id);
        }
        return found;
    }
    void beat(const std::string& id, const std::string& kind, TimePoint started, TimePoint seen) {
        db->write_now([&](Session& session) {
            beat_node(session, {id, kind, "host " + id, "1.0", started, seen});
        });
    }
    std::vector<std::string> nodes(TimePoint since) {
        std::vector<std::string> found;
        for (const auto& node :
             db->read_now([&](Session& session) { return nodes_since(session, since); })) {
            found.push_back(node.id);
        }
        return found;
    }
};

TEST_P(AuditRowsTest, ComesBackAsItWasWritten) {
    const auto ada = UserId::make(random);
    const auto written = note("user.disabled", "7", at(5), ada);
    const auto found = db->read_now([](Session& session) { return list_audit(session, {}); });
    ASSERT_EQ(found.count, 1);
    const auto& event = found.items.at(0);
    EXPECT_EQ(event.id, written.id);
    EXPECT_EQ(event.at, at(5));
    EXPECT_EQ(event.actor_id, ada);
    EXPECT_EQ(event.actor, "ada@example.org");
    EXPECT_EQ(event.action, "user.disabled");
    EXPECT_EQ(event.object_type, "user");
    EXPECT_EQ(event.object_id, "7");
    EXPECT_EQ(event.details_json, R"({"nickname":"'A'"})");
    EXPECT_EQ(event.trace_id, "a trace");
    EXPECT_EQ(event.remote_address, "192.0.2.7");
}

TEST_P(AuditRowsTest, ListsWhatIsAskedForNewestFirst) {
    const auto ada = UserId::make(random);
    note("user.disabled", "1", at(1), ada);
    note("user.deleted", "2", at(2), ada);
    note("user.disabled", "3", at(3));
    AuditFilter filter;
    EXPECT_THAT(objects(filter), ElementsAre("3", "2", "1"));
    filter.actor_id = ada;
    EXPECT_THAT(objects(filter), ElementsAre("2", "1"));
    filter.action = "user.disabled";
    EXPECT_THAT(objects(filter), ElementsAre("1"));
    filter.object_id = "2";
    EXPECT_THAT(objects(filter), IsEmpty());
    filter = {};
    filter.at_min = at(2);
    EXPECT_THAT(objects(filter), ElementsAre("3", "2"));
    filter.at_max = at(2);
    EXPECT_THAT(objects(filter), ElementsAre("2"));
    filter = {};
    filter.slice = {1, 1, false};
    EXPECT_THAT(objects(filter), ElementsAre("2"));
}

TEST_P(AuditRowsTest, TheTrailIsOnlyAddedTo) {
    note("user.disabled", "1", at(1));
    std::vector<std::string> attempts{"UPDATE audit_events SET actor = 'nobody'",
                                      "DELETE FROM audit_events",
                                      "DELETE FROM audit_events WHERE object_id = '1'"};
    if (GetParam() == Backend::postgresql) attempts.push_back("TRUNCATE audit_events");
    for (const auto& sql : attempts) {
        EXPECT_THROW((*place.raw() << sql), soci::soci_error) << sql;
    }
    EXPECT_THAT(objects({}), ElementsAre("1"));
}

TEST_P(AuditRowsTest, ANodeLivesAsLongAsItSaysSo) {
    beat("w2", "worker", at(2), at(10));
    beat("w1", "worker", at(1), at(20));
    beat("s", "server", at(3), at(20));
    EXPECT_THAT(nodes(at(10)), ElementsAre("s", "w1", "w2")) << "by kind, then age";
    EXPECT_THAT(nodes(at(11)), ElementsAre("s", "w1"));
    beat("w2", "worker", at(9), at(30));
    EXPECT_THAT(nodes(at(30)), ElementsAre("w2"));
    const auto again =
        db->read_now([](Session& session) { return nodes_since(session, at(30)); }).at(0);
    EXPECT_EQ(again.started_at, at(2)) << "it started once";
    EXPECT_EQ(again.host, "host w2");
    EXPECT_EQ(again.version, "1.0");
    db->write_now([](Session& session) {
        remove_node(session, "s");
        remove_node(session, "s");
        forget_nodes(session, at(30));
    });
    EXPECT_THAT(nodes(at(0)), ElementsAre("w2"));
}

TEST_P(AuditRowsTest, KnowsWhoWorksOnWhat) {
    const auto ada = insert_sample();
    const auto task = insert_one(ada, at(1));
    insert_one(ada, at(2));
    claim("w1/3", at(3));
    const auto busy = db->read_now([](Session& session) { return worker_tasks(session); });
    ASSERT_EQ(busy.size(), 1U);
    EXPECT_EQ(busy[0].worker, "w1/3");
    EXPECT_EQ(busy[0].task_id, task.id);
}

KINORA_ON_BOTH_BACKENDS(AuditRowsTest);

}  // namespace
}  // namespace kinora::storage
