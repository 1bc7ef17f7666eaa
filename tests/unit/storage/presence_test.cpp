// presence_test.cpp: a database of ours is known from none and from another's, and none is made.
#include "storage/presence.hpp"

#include "storage_fixture.hpp"

namespace kinora::storage {
namespace {

class PresenceTest : public StorageTest {
protected:
    void SetUp() override {}  // The database is empty, and not open.
};

TEST_P(PresenceTest, FindsADatabaseThatAServerWasStartedOn) {
    EXPECT_FALSE(is_there(place.url()));
    EXPECT_FALSE(GetParam() == Backend::sqlite && std::filesystem::exists(place.file()));
    db = open();
    EXPECT_TRUE(is_there(place.url()));
    db.reset();
    EXPECT_TRUE(is_there(place.url()));
}

TEST_P(PresenceTest, AnotherProgramsIsNotOurs) {
    *place.raw() << "CREATE TABLE albums (id TEXT)";
    EXPECT_FALSE(is_there(place.url()));
}

TEST_P(PresenceTest, SaysWhereItCannotTell) {
    EXPECT_THROW(is_there("kinora.db"), DatabaseUnavailable);
    EXPECT_THROW(is_there("postgresql://kinora@127.0.0.1:1/kinora"), DatabaseUnavailable);
}

KINORA_ON_BOTH_BACKENDS(PresenceTest);

}  // namespace
}  // namespace kinora::storage
