// service_rows_test.cpp: what can be had here, and at which price.
#include "storage/service_rows.hpp"

#include "storage_fixture.hpp"

namespace kinora::storage {
namespace {

constexpr const char* kLuma = "dff45a0d-2858-4936-8e2b-3d49c52aff11";

class ServiceRowsTest : public StorageTest {
protected:
    ServiceRow luma() {
        return db
            ->read_now(
                [](Session& session) { return find_service(session, *ServiceId::parse(kLuma)); })
            .value();
    }
};

TEST_P(ServiceRowsTest, ADatabaseBeginsWithOneService) {
    const auto all = db->read_now([](Session& session) { return all_services(session); });
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].id.str(), kLuma);
    EXPECT_EQ(all[0].name, "luma");
    EXPECT_EQ(all[0].unit, "Credit");
    EXPECT_EQ(all[0].price, Credits::whole(1));
    EXPECT_EQ(all[0].free_amount, Credits::whole(10));
    EXPECT_TRUE(all[0].enabled);
    EXPECT_FALSE(all[0].title.empty());
    EXPECT_FALSE(all[0].description.empty());
}

TEST_P(ServiceRowsTest, EachApiBelongsToItsService) {
    db->read_now([](Session& session) {
        const auto apis = all_apis(session);
        ASSERT_EQ(apis.size(), 2U);
        EXPECT_EQ(apis[0].path, "/luma/tasks");
        EXPECT_EQ(apis[1].path, "/luma/videos");
        for (const auto& api : apis) {
            EXPECT_EQ(api.method, "POST");
            EXPECT_FALSE(api.title.empty());
            const auto service = service_of_api(session, api.id);
            ASSERT_TRUE(service);
            EXPECT_EQ(service->id, api.service_id);
        }
        EXPECT_FALSE(service_of_api(session, "unknown"));
        EXPECT_FALSE(service_of_api(session, ""));
        EXPECT_FALSE(find_service(session, ServiceId()));
    });
}

TEST_P(ServiceRowsTest, KeepsWhatWasChanged) {
    auto changed = luma();
    changed.name = "another";  // That stays.
    changed.title = "Title";
    changed.description = "";
    changed.price = {1};
    changed.free_amount = {};
    changed.enabled = false;
    db->write_now([&](Session& session) { update_service(session, changed); });
    const auto found = luma();
    EXPECT_EQ(found.name, "luma");
    EXPECT_EQ(found.title, "Title");
    EXPECT_EQ(found.description, "");
    EXPECT_EQ(found.price.micros, 1);
    EXPECT_TRUE(found.free_amount.is_zero());
    EXPECT_FALSE(found.enabled);
    EXPECT_EQ(found.created_at, changed.created_at);
}

TEST_P(ServiceRowsTest, ThePreparedQuestionSeesTheNewPrice) {
    const auto price = [&] {
        return db->write_now([](Session& session) {
            return service_of_api(session, all_apis(session).at(0).id)->price.micros;
        });
    };
    EXPECT_EQ(price(), 1'000'000);
    auto changed = luma();
    changed.price = {5};
    db->write_now([&](Session& session) { update_service(session, changed); });
    EXPECT_EQ(price(), 5);
}

KINORA_ON_BOTH_BACKENDS(ServiceRowsTest);

}  // namespace
}  // namespace kinora::storage
