// tests/unit/api/callers_test.cpp: who calls, by the header alone.
#include "api/callers.hpp"

#include "unit/api/endpoint.hpp"

namespace kinora::api {
namespace {

using namespace std::chrono_literals;

class CallersTest : public Endpoint {
protected:
    Result<accounts::Caller> identify(const std::string& authorization) {
        test::FakeRequest request(http::Method::post, "/luma/videos", "{}");
        if (!authorization.empty()) request.set("Authorization", authorization);
        auto found = test::run(io, callers.identify(request));
        EXPECT_EQ(request.body_calls(), 0);
        return found;
    }
    ErrorCode refusal(const std::string& authorization) {
        const auto found = identify(authorization);
        EXPECT_FALSE(found.has_value());
        return found.has_value() ? ErrorCode::api_error : found.error().code();
    }
};

TEST_F(CallersTest, AreKnownByTheirToken) {
    const auto other = test::add_account(*database, random);
    const auto found = identify(account.authorization());
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->user_id, account.user.id);
    EXPECT_EQ(found->application_id, account.application.id);
    EXPECT_EQ(found->credential_id, account.credential.id);
    EXPECT_EQ(identify(other.authorization())->user_id, other.user.id);
}

TEST_F(CallersTest, AreRefusedWithTheReason) {
    EXPECT_EQ(refusal(""), ErrorCode::no_token);
    EXPECT_EQ(refusal("Basic abc"), ErrorCode::invalid_token);
    EXPECT_EQ(refusal("Bearer unknown"), ErrorCode::invalid_token);
    EXPECT_EQ(refusal("Bearer " + account.token + "x"), ErrorCode::invalid_token);
    // The hash is what the database holds; it opens nothing.
    EXPECT_EQ(refusal("Bearer " + account.credential.token_hash), ErrorCode::invalid_token);

    auto expired = test::make_account(random);
    expired.credential.expires_at = clock.now() + 1s;
    test::write(*database, expired);
    EXPECT_TRUE(identify(expired.authorization()).has_value());
    clock.advance(1s);
    EXPECT_EQ(refusal(expired.authorization()), ErrorCode::token_expired);

    auto disabled = test::make_account(random);
    disabled.application.disabled = true;
    test::write(*database, disabled);
    EXPECT_EQ(refusal(disabled.authorization()), ErrorCode::disabled);
}

TEST_F(CallersTest, AreRememberedForAQuarterOfASecondAtMost) {
    ASSERT_TRUE(identify(account.authorization()).has_value());
    flaky.fail_with(storage::DatabaseUnavailable("no answer"));
    EXPECT_TRUE(identify(account.authorization()).has_value());
    clock.advance(250ms);
    EXPECT_THROW(identify(account.authorization()), storage::DatabaseUnavailable);
}

TEST_F(CallersTest, AreForgottenWhenTheirTokenChanges) {
    ASSERT_TRUE(identify(account.authorization()).has_value());
    database->write_now([&](storage::Session& session) {
        storage::replace_token(session, account.credential.id, "another hash", "another");
    });
    EXPECT_EQ(refusal(account.authorization()), ErrorCode::invalid_token);
}

TEST_F(CallersTest, AreRememberedForAQuarterOfASecond) {
    ASSERT_TRUE(identify(account.authorization()).has_value());
    flaky.fail_with(storage::DatabaseUnavailable("no answer"));
    clock.advance(249ms);
    EXPECT_EQ(identify(account.authorization())->credential_id, account.credential.id);
    clock.advance(1ms);
    EXPECT_THROW(identify(account.authorization()), storage::DatabaseUnavailable);
}

TEST_F(CallersTest, AreJudgedAnewAlthoughRemembered) {
    auto brief = test::make_account(random);
    brief.credential.expires_at = clock.now() + 500ms;
    test::write(*database, brief);
    EXPECT_TRUE(identify(brief.authorization()).has_value());
    clock.advance(500ms);
    EXPECT_EQ(refusal(brief.authorization()), ErrorCode::token_expired);
}

TEST_F(CallersTest, AreForgottenWhenThisProcessChangesThem) {
    const auto replace = [&](storage::Database& by, const std::string& token) {
        by.write_now([&](storage::Session& session) {
            storage::replace_token(session, account.credential.id, accounts::hash_token(token),
                                   accounts::token_prefix(token));
        });
    };
    ASSERT_TRUE(identify(account.authorization()).has_value());
    replace(*database, "the second token");
    EXPECT_EQ(refusal(account.authorization()), ErrorCode::invalid_token);
    EXPECT_TRUE(identify("Bearer the second token").has_value());

    // What another process changes counts within the second.
    const auto other = database.connect();
    replace(*other, "the third token");
    EXPECT_TRUE(identify("Bearer the third token").has_value());
    clock.advance(1s);
    EXPECT_EQ(refusal("Bearer the second token"), ErrorCode::invalid_token);
}

TEST_F(CallersTest, TheUnknownAreNotRemembered) {
    const auto late = test::make_account(random);
    EXPECT_EQ(refusal(late.authorization()), ErrorCode::invalid_token);
    const auto other = database.connect();
    test::write(*other, late);
    EXPECT_TRUE(identify(late.authorization()).has_value());
}

TEST_F(CallersTest, AreNotKnownWhereTheDatabaseFails) {
    flaky.fail_with(storage::DatabaseUnavailable("no answer"));
    EXPECT_THROW(identify(account.authorization()), storage::DatabaseUnavailable);
}

}  // namespace
}  // namespace kinora::api
