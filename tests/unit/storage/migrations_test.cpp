// migrations_test.cpp: a schema comes up from nothing, once, whoever starts it.
#include "storage/migrations.hpp"

#include "storage_fixture.hpp"

#include <thread>

namespace kinora::storage {
namespace {

class MigrationsTest : public StorageTest {
protected:
    void SetUp() override {}  // The database is empty, and not open.

    int recorded_steps() {
        int count = 0;
        *place.raw() << "SELECT count(*) FROM schema_migrations", soci::into(count);
        return count;
    }
};

TEST_P(MigrationsTest, BringsAnEmptyDatabaseUp) {
    db = open();
    insert_sample();
    EXPECT_EQ(recorded_steps(), schema_version());
}

TEST_P(MigrationsTest, OpeningAgainKeepsWhatIsThere) {
    db = open();
    const auto task = insert_one(insert_sample(), at(1));
    db.reset();
    db = open();
    EXPECT_TRUE(find(task.id));
    EXPECT_EQ(recorded_steps(), schema_version());
}

TEST_P(MigrationsTest, TwoAtOnceDoItOnce) {
    std::vector<std::thread> threads;
    std::array<std::unique_ptr<Database>, 4> opened;
    for (auto& mine : opened) threads.emplace_back([&] { EXPECT_NO_THROW(mine = open()); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(recorded_steps(), schema_version());
    for (auto& mine : opened) {
        ASSERT_TRUE(mine);
        mine->read_now([](Session& session) { find_owner(session); });
    }
}

TEST_P(MigrationsTest, RefusesANewerDatabase) {
    open();
    *place.raw() << "INSERT INTO schema_migrations (version, applied_at) VALUES (9999, 0)";
    try {
        open();
        FAIL() << "a newer database was opened";
    } catch (const DatabaseUnavailable& error) {
        EXPECT_NE(std::string(error.what()).find("9999"), std::string::npos) << error.what();
    }
}

TEST_P(MigrationsTest, AStepThatFailsLeavesNothingBehind) {
    // What the first step makes is there already, and no schema_migrations beside it.
    *place.raw() << "CREATE TABLE videos (id TEXT)";
    EXPECT_THROW(open(), DatabaseUnavailable);
    EXPECT_THROW((*place.raw() << "SELECT count(*) FROM users"), soci::soci_error);
}

KINORA_ON_BOTH_BACKENDS(MigrationsTest);

}  // namespace
}  // namespace kinora::storage
