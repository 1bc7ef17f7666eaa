// migrations_test.cpp: a schema comes up from nothing, once, whoever starts it.
#include "storage/migrations.hpp"

#include "storage/code_rows.hpp"
#include "storage/ledger_rows.hpp"
#include "storage/service_rows.hpp"
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
    // As an older program left it.
    void migrate_to(int version) {
        const auto dialect = GetParam() == Backend::sqlite ? make_sqlite_dialect(place.file())
                                                           : make_postgresql_dialect(place.url());
        Connection connection(*dialect, Use::write);
        migrate(connection, *dialect, log, version);
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

TEST_P(MigrationsTest, ADatabaseOfSchemaTwoKeepsItsOwnerAndItsPeople) {
    // The owner has not set a password yet; the application is the one of the first start.
    const auto owner = make_sample("owner"), bob = make_sample("bob");
    migrate_to(2);
    {
        const auto raw = place.raw();
        for (const auto& each : {owner, bob}) {
            const auto user = each.user.id.str(), application = each.application.id.str();
            const std::string code = each.user.id == owner.user.id ? "hash of the code" : "";
            *raw << "INSERT INTO users (id, email, nickname, role, password_hash, setup_hash, "
                    "created_at) VALUES ('" +
                        user + "', '" + each.user.email + "', 'n', 'owner', '', '" + code + "', 7)";
            *raw << "INSERT INTO applications (id, user_id, service_id, type, scope, metered, "
                    "disabled, webhook_secret, created_at) VALUES ('" +
                        application + "', '" + user + "', '" + each.application.service_id.str() +
                        "', 'Usage', 'Individual', 0, 0, 'whsec_', 8)";
            *raw << "INSERT INTO credentials (id, application_id, user_id, name, token_hash, "
                    "token_prefix, disabled, limited, created_at) VALUES ('" +
                        each.credential.id.str() + "', '" + application + "', '" + user +
                        "', 'first', '" + each.credential.token_hash + "', 'to', 0, 0, 9)";
        }
    }
    db = open();

    EXPECT_EQ(recorded_steps(), 3);
    db->write_now([&](Session& session) {
        const auto caller = find_caller(session, owner.credential.token_hash);
        ASSERT_TRUE(caller);
        EXPECT_EQ(caller->user.email, owner.user.email);
        EXPECT_FALSE(caller->user.disabled);
        EXPECT_FALSE(caller->user.verified_at);
        EXPECT_FALSE(caller->application.metered);
        EXPECT_FALSE(caller->application.allow_consume_global);
        EXPECT_FALSE(caller->credential.limited_amount);
        EXPECT_TRUE(caller->credential.held_amount.is_zero());
        for (const auto& each : {owner, bob}) {
            EXPECT_EQ(find_acquired(session, each.user.id, each.application.service_id),
                      each.application.id);
            EXPECT_TRUE(balance_of(session, each.application.id).available.is_zero());
            // The row is there: it takes an amount.
            give(session, TransferKind::top_up, each.application.id, {5}, random.hex(4), {}, {},
                 at(1));
            EXPECT_EQ(balance_of(session, each.application.id).available.micros, 5);
        }
        EXPECT_TRUE(read_books(session).unbalanced.empty());
        EXPECT_FALSE(take_code(session, "", CodePurpose::password, at(1)))
            << "whoever had no code has none";
        EXPECT_FALSE(take_code(session, "hash of the code", CodePurpose::verification, at(1)));
        EXPECT_EQ(take_code(session, "hash of the code", CodePurpose::password, at(1 << 30)),
                  owner.user.id)
            << "the first code lasts until it is used";
        EXPECT_FALSE(take_code(session, "hash of the code", CodePurpose::password, at(1)));
        const auto services = all_services(session);
        ASSERT_EQ(services.size(), 1U);
        EXPECT_EQ(services[0].name, "luma");
    });
}

TEST_P(MigrationsTest, AnApplicationAcquiredTwiceBeforeIsFoundOnce) {
    const auto owner = make_sample("owner");
    const auto service = owner.application.service_id.str(), user = owner.user.id.str();
    migrate_to(2);
    {
        const auto raw = place.raw();
        *raw << "INSERT INTO users (id, email, nickname, role, password_hash, setup_hash, "
                "created_at) VALUES ('" +
                    user + "', 'e', 'n', 'owner', '', '', 7)";
        for (int i = 0; i < 2; ++i) {
            *raw << "INSERT INTO applications (id, user_id, service_id, type, scope, metered, "
                    "disabled, webhook_secret, created_at) VALUES ('" +
                        ApplicationId::make(random).str() + "', '" + user + "', '" + service +
                        "', 'Usage', 'Individual', 0, 0, 'whsec_', 8)";
        }
    }
    db = open();
    db->read_now([&](Session& session) {
        EXPECT_EQ(applications_of(session, owner.user.id).size(), 2U);
        EXPECT_TRUE(find_acquired(session, owner.user.id, owner.application.service_id));
    });
}

KINORA_ON_BOTH_BACKENDS(MigrationsTest);

}  // namespace
}  // namespace kinora::storage
