// login_rows_test.cpp: who is logged in, and people's tokens for programs.
#include "storage/login_rows.hpp"

#include "storage_fixture.hpp"

#include <gmock/gmock.h>

namespace kinora::storage {
namespace {

class LoginRowsTest : public StorageTest {
protected:
    void SetUp() override {
        StorageTest::SetUp();
        ada = insert_sample();
        bob = insert_sample("bob");
    }

    void log_in(const Sample& sample, const std::string& hash, TimePoint expires_at = at(100)) {
        db->write_now([&](Session& session) {
            insert_login(session, {hash, sample.user.id, at(1), at(2), expires_at});
        });
    }
    std::optional<LoggedIn> find_one(const std::string& hash) {
        return db->read_now([&](Session& session) { return find_login(session, hash); });
    }
    PlatformTokenRow issue(const Sample& sample, const std::string& hash,
                           TimePoint created_at = at(1)) {
        PlatformTokenRow token;
        token.id = PlatformTokenId::make(random);
        token.user_id = sample.user.id;
        token.name = "of " + hash;
        token.token_hash = hash;
        token.token_prefix = "platform-12";
        token.created_at = created_at;
        db->write_now([&](Session& session) { insert_platform_token(session, token); });
        return token;
    }
    std::optional<TokenHolder> holder(const std::string& hash) {
        return db->read_now([&](Session& session) { return find_platform_token(session, hash); });
    }

    Sample ada, bob;
};

TEST_P(LoginRowsTest, ALoginIsFoundWithItsUser) {
    log_in(ada, "one");
    const auto found = find_one("one");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->login.user_id, ada.user.id);
    EXPECT_EQ(found->login.created_at, at(1));
    EXPECT_EQ(found->login.used_at, at(2));
    EXPECT_EQ(found->login.expires_at, at(100));
    EXPECT_EQ(found->user.email, ada.user.email);
    EXPECT_FALSE(find_one("two"));
    EXPECT_FALSE(find_one(""));
    EXPECT_THROW(log_in(bob, "one"), std::runtime_error) << "a secret is one person's";
}

TEST_P(LoginRowsTest, ALoginIsGivenMoreTime) {
    log_in(ada, "one");
    log_in(ada, "two");
    db->write_now([](Session& session) { prolong_login(session, "one", at(50), at(200)); });
    EXPECT_EQ(find_one("one")->login.used_at, at(50));
    EXPECT_EQ(find_one("one")->login.expires_at, at(200));
    EXPECT_EQ(find_one("two")->login.expires_at, at(100));
}

TEST_P(LoginRowsTest, LogsOutOneOrAllOrAllButOne) {
    for (const auto* hash : {"one", "two", "three"}) log_in(ada, hash);
    log_in(bob, "bob's");
    db->write_now([&](Session& session) {
        EXPECT_TRUE(remove_login(session, "one"));
        EXPECT_FALSE(remove_login(session, "one"));
        remove_logins(session, ada.user.id, "two");
    });
    EXPECT_FALSE(find_one("one"));
    EXPECT_TRUE(find_one("two"));
    EXPECT_FALSE(find_one("three"));
    db->write_now([&](Session& session) { remove_logins(session, ada.user.id); });
    EXPECT_FALSE(find_one("two"));
    EXPECT_TRUE(find_one("bob's"));
}

TEST_P(LoginRowsTest, KeepsThoseThatWereUsedLast) {
    for (const auto* hash : {"one", "two", "three"}) log_in(ada, hash);
    log_in(bob, "bob's");
    db->write_now([&](Session& session) {
        prolong_login(session, "one", at(50), at(100));
        prolong_login(session, "three", at(40), at(100));
        keep_logins(session, ada.user.id, 3);
    });
    EXPECT_TRUE(find_one("two"));
    db->write_now([&](Session& session) { keep_logins(session, ada.user.id, 2); });
    EXPECT_TRUE(find_one("one"));
    EXPECT_FALSE(find_one("two"));
    EXPECT_TRUE(find_one("three"));
    EXPECT_TRUE(find_one("bob's"));
}

TEST_P(LoginRowsTest, ForgetsThoseWhoseTimeIsOver) {
    log_in(ada, "over", at(99));
    log_in(ada, "just not", at(100));
    EXPECT_EQ(db->write_now([](Session& session) { return forget_logins(session, at(100)); }), 1);
    EXPECT_FALSE(find_one("over"));
    EXPECT_TRUE(find_one("just not"));
}

TEST_P(LoginRowsTest, ATokenIsFoundWithItsUser) {
    auto token = issue(ada, "one");
    const auto found = holder("one");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->token.id, token.id);
    EXPECT_EQ(found->token.name, "of one");
    EXPECT_EQ(found->token.token_prefix, "platform-12");
    EXPECT_FALSE(found->token.expires_at);
    EXPECT_FALSE(found->token.used_at);
    EXPECT_EQ(found->token.created_at, at(1));
    EXPECT_EQ(found->user.id, ada.user.id);
    EXPECT_FALSE(holder("two"));
    EXPECT_THROW(issue(bob, "one"), std::runtime_error);

    db->write_now([&](Session& session) { touch_platform_token(session, token.id, at(9)); });
    EXPECT_EQ(holder("one")->token.used_at, at(9));
}

TEST_P(LoginRowsTest, ATokenKeepsItsEnd) {
    PlatformTokenRow token = issue(ada, "one");
    token.id = PlatformTokenId::make(random);
    token.token_hash = "two";
    token.expires_at = at(77);
    db->write_now([&](Session& session) { insert_platform_token(session, token); });
    EXPECT_EQ(holder("two")->token.expires_at, at(77));
}

TEST_P(LoginRowsTest, ListsOnesOwnTokensNewestFirst) {
    issue(ada, "one", at(1));
    issue(ada, "two", at(2));
    issue(bob, "bob's", at(3));
    const auto page = db->read_now([&](Session& session) {
        return list_platform_tokens(session, ada.user.id, {1, 0, true});
    });
    EXPECT_EQ(page.count, 2);
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].token_hash, "two");
}

TEST_P(LoginRowsTest, ATokenIsRevokedByItsUserAlone) {
    const auto token = issue(ada, "one");
    issue(ada, "two");
    issue(bob, "bob's");
    db->write_now([&](Session& session) {
        EXPECT_FALSE(remove_platform_token(session, token.id, bob.user.id));
        EXPECT_TRUE(remove_platform_token(session, token.id, ada.user.id));
        EXPECT_FALSE(remove_platform_token(session, token.id, ada.user.id));
    });
    EXPECT_FALSE(holder("one"));
    EXPECT_TRUE(holder("two"));
    db->write_now([&](Session& session) { remove_platform_tokens(session, ada.user.id); });
    EXPECT_FALSE(holder("two"));
    EXPECT_TRUE(holder("bob's"));
}

KINORA_ON_BOTH_BACKENDS(LoginRowsTest);

}  // namespace
}  // namespace kinora::storage
