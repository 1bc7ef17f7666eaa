// account_rows_test.cpp: people, applications and keys come back as they were written.
#include "storage_fixture.hpp"

namespace kinora::storage {
namespace {

class AccountRowsTest : public StorageTest {};

TEST_P(AccountRowsTest, FindsACallerByTheHashOfItsToken) {
    insert_sample("bob");
    const auto sample = insert_sample();

    const auto caller = db->read_now(
        [&](Session& session) { return find_caller(session, sample.credential.token_hash); });

    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->user.id, sample.user.id);
    EXPECT_EQ(caller->user.email, "ada@example.org");
    EXPECT_EQ(caller->user.nickname, "ada");
    EXPECT_EQ(caller->user.role, "owner");
    EXPECT_EQ(caller->user.password_hash, "");
    EXPECT_EQ(caller->user.created_at, at(0));
    EXPECT_EQ(caller->application.id, sample.application.id);
    EXPECT_EQ(caller->application.service_id, sample.application.service_id);
    EXPECT_EQ(caller->application.scope, "Individual");
    EXPECT_EQ(caller->application.type, "Usage");
    EXPECT_TRUE(caller->application.metered);
    EXPECT_FALSE(caller->application.disabled);
    EXPECT_EQ(caller->application.webhook_secret, "whsec_c2VjcmV0");
    EXPECT_EQ(caller->credential.id, sample.credential.id);
    EXPECT_EQ(caller->credential.token_prefix, "ad");
    EXPECT_TRUE(caller->credential.limited);
    EXPECT_FALSE(caller->credential.disabled);
    EXPECT_FALSE(caller->credential.expires_at);
}

TEST_P(AccountRowsTest, AnUnknownTokenHasNoCaller) {
    insert_sample();
    EXPECT_FALSE(db->read_now([](Session& session) { return find_caller(session, "other"); }));
}

TEST_P(AccountRowsTest, KeepsFlagsAndExpiry) {
    auto sample = make_sample();
    sample.application.metered = false;
    sample.application.disabled = true;
    sample.application.service_id = ServiceId();
    sample.credential.limited = false;
    sample.credential.disabled = true;
    sample.credential.expires_at = at(77);
    db->write_now([&](Session& session) {
        insert_user(session, sample.user);
        insert_application(session, sample.application);
        insert_credential(session, sample.credential);
    });

    const auto caller = db->read_now(
        [&](Session& session) { return find_caller(session, sample.credential.token_hash); });

    ASSERT_TRUE(caller);
    EXPECT_FALSE(caller->application.metered);
    EXPECT_TRUE(caller->application.disabled);
    EXPECT_TRUE(caller->application.service_id.is_nil());
    EXPECT_FALSE(caller->credential.limited);
    EXPECT_TRUE(caller->credential.disabled);
    EXPECT_EQ(caller->credential.expires_at, at(77));
}

TEST_P(AccountRowsTest, FindsTheOwnerAndUsers) {
    EXPECT_FALSE(db->read_now([](Session& session) { return find_owner(session); }));
    auto user = make_sample("bob").user;
    user.role = "user";
    db->write_now([&](Session& session) { insert_user(session, user); });
    const auto sample = insert_sample();

    const auto owner = db->read_now([](Session& session) { return find_owner(session); });
    ASSERT_TRUE(owner);
    EXPECT_EQ(owner->id, sample.user.id);
    const auto bob = db->read_now([&](Session& session) { return find_user(session, user.id); });
    ASSERT_TRUE(bob);
    EXPECT_EQ(bob->email, "bob@example.org");
    const auto nobody = UserId::make(random);
    EXPECT_FALSE(db->read_now([&](Session& session) { return find_user(session, nobody); }));
}

TEST_P(AccountRowsTest, ListsApplicationsAndCredentialsOldestFirst) {
    const auto sample = insert_sample();
    auto application = sample.application;
    application.id = ApplicationId::make(random);
    application.created_at = at(-5);
    auto credential = sample.credential;
    credential.id = CredentialId::make(random);
    credential.token_hash = "another";
    credential.created_at = at(-5);
    db->write_now([&](Session& session) {
        insert_application(session, application);
        insert_credential(session, credential);
    });

    const auto applications =
        db->read_now([&](Session& session) { return applications_of(session, sample.user.id); });
    ASSERT_EQ(applications.size(), 2u);
    EXPECT_EQ(applications[0].id, application.id);
    EXPECT_EQ(applications[1].id, sample.application.id);
    const auto credentials = db->read_now(
        [&](Session& session) { return credentials_of(session, sample.application.id); });
    ASSERT_EQ(credentials.size(), 2u);
    EXPECT_EQ(credentials[0].id, credential.id);
    EXPECT_EQ(credentials[1].name, "first");
}

TEST_P(AccountRowsTest, AReplacedTokenIsUnknown) {
    const auto sample = insert_sample();
    db->write_now(
        [&](Session& session) { replace_token(session, sample.credential.id, "new-hash", "ne"); });

    const auto before = db->read_now(
        [&](Session& session) { return find_caller(session, sample.credential.token_hash); });
    const auto after =
        db->read_now([&](Session& session) { return find_caller(session, "new-hash"); });
    EXPECT_FALSE(before);
    ASSERT_TRUE(after);
    EXPECT_EQ(after->credential.token_prefix, "ne");
}

TEST_P(AccountRowsTest, RefusesTwoOfWhatIsUnique) {
    const auto sample = insert_sample();
    auto user = sample.user;
    user.id = UserId::make(random);
    auto credential = sample.credential;
    credential.id = CredentialId::make(random);

    EXPECT_FALSE(db->write_now([&](Session& session) { return insert_user(session, user); }));
    EXPECT_THROW(db->write_now([&](Session& session) { insert_credential(session, credential); }),
                 std::runtime_error);
}

TEST_P(AccountRowsTest, RefusesAKeyOfNobody) {
    const auto sample = make_sample();
    EXPECT_THROW(
        db->write_now([&](Session& session) { insert_credential(session, sample.credential); }),
        std::runtime_error);
}

// Rows of a request end up in no log, however its statement fails.
TEST_P(AccountRowsTest, ErrorsNameNoValues) {
    const auto sample = insert_sample();
    try {
        db->write_now([&](Session& session) { insert_credential(session, sample.credential); });
        FAIL() << "the second key of one hash was taken";
    } catch (const std::runtime_error& error) {
        EXPECT_EQ(std::string(error.what()).find(sample.credential.token_hash), std::string::npos)
            << error.what();
        EXPECT_EQ(std::string(error.what()).find(sample.credential.id.str()), std::string::npos)
            << error.what();
    }
}

KINORA_ON_BOTH_BACKENDS(AccountRowsTest);

}  // namespace
}  // namespace kinora::storage
