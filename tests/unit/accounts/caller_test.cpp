// tests/unit/accounts/caller_test.cpp: who calls, by the Authorization header and the rows behind
// it.
#include "accounts/caller.hpp"

#include "accounts/token.hpp"
#include "support/accounts.hpp"
#include "support/fake_clock.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"

#include <gtest/gtest.h>

namespace kinora::accounts {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kToken = "0123456789abcdef0123456789abcdef";

TEST(TokenHashOf, FindsTheToken) {
    const std::string token(kToken);
    const std::string table[] = {
        "Bearer " + token,    "bearer " + token,         "BEARER " + token,
        "Bearer    " + token, "  Bearer " + token + " ", "\tBearer " + token + "\t",
        "Bearer \t" + token,
    };
    for (const auto& header : table) {
        const auto hash = token_hash_of(header);
        ASSERT_TRUE(hash.has_value()) << header;
        EXPECT_EQ(*hash, hash_token(token)) << header;
    }
}

TEST(TokenHashOf, TakesTokensOfAnyForm) {
    // The operator's own may be any string; an unknown one is refused later.
    for (const std::string token : {"x", "platform-0123", "sk.a/b+c=", "\xc3\xa4\xc3\xb6"}) {
        const auto hash = token_hash_of("Bearer " + token);
        ASSERT_TRUE(hash.has_value()) << token;
        EXPECT_EQ(*hash, hash_token(token));
    }
    const std::string longest(kTokenLengthMax, 'a');
    EXPECT_TRUE(token_hash_of("Bearer " + longest).has_value());
}

TEST(TokenHashOf, SaysWhatIsWrong) {
    struct Row {
        std::string header;
        ErrorCode code;
        std::string_view word;  // Of the message.
    };
    const Row table[] = {
        {"", ErrorCode::no_token, "Authorization: Bearer"},
        {"   ", ErrorCode::no_token, "Authorization: Bearer"},
        {"\t", ErrorCode::no_token, "Authorization: Bearer"},
        {std::string(kToken), ErrorCode::invalid_token, "Bearer YOUR_API_TOKEN"},
        {"Basic dXNlcjpwYXNz", ErrorCode::invalid_token, "Bearer YOUR_API_TOKEN"},
        {"Token " + std::string(kToken), ErrorCode::invalid_token, "Bearer YOUR_API_TOKEN"},
        {"Bearer", ErrorCode::invalid_token, "Bearer YOUR_API_TOKEN"},
        {"Bearer ", ErrorCode::invalid_token, "Bearer YOUR_API_TOKEN"},
        {"Bearer:" + std::string(kToken), ErrorCode::invalid_token, "Bearer YOUR_API_TOKEN"},
        {"BearerX " + std::string(kToken), ErrorCode::invalid_token, "Bearer YOUR_API_TOKEN"},
        {"Bearer " + std::string(kTokenLengthMax + 1, 'a'), ErrorCode::invalid_token, "unknown"},
        {"Bearer " + std::string(100'000, 'a'), ErrorCode::invalid_token, "unknown"},
    };
    for (const auto& row : table) {
        const auto hash = token_hash_of(row.header);
        ASSERT_FALSE(hash.has_value()) << row.header.substr(0, 60);
        EXPECT_EQ(hash.error().code(), row.code) << row.header.substr(0, 60);
        EXPECT_NE(hash.error().message().find(row.word), std::string::npos)
            << hash.error().message();
        EXPECT_EQ(hash.error().message().find(kToken), std::string::npos);
    }
}

class Admit : public testing::Test {
protected:
    storage::CallerRow row() const {
        return {account.credential, account.application, account.user};
    }
    // The code with which the caller is refused.
    ErrorCode refusal() const {
        const auto caller = admit(row(), clock.now());
        EXPECT_FALSE(caller.has_value());
        return caller.has_value() ? ErrorCode::bad_request : caller.error().code();
    }

    test::SeededRandom random;
    test::FakeClock clock;
    test::Account account = test::make_account(random);
};

TEST_F(Admit, SaysWhoCalls) {
    const auto caller = admit(row(), clock.now());
    ASSERT_TRUE(caller.has_value());
    EXPECT_EQ(caller->user_id, account.user.id);
    EXPECT_EQ(caller->application_id, account.application.id);
    EXPECT_EQ(caller->credential_id, account.credential.id);
}

TEST_F(Admit, RefusesTheUnknown) {
    const auto caller = admit(std::nullopt, clock.now());
    ASSERT_FALSE(caller.has_value());
    EXPECT_EQ(caller.error().code(), ErrorCode::invalid_token);
}

TEST_F(Admit, RefusesFromTheVeryEndOfItsTime) {
    account.credential.expires_at = clock.now() + 1ms;
    EXPECT_TRUE(admit(row(), clock.now()).has_value());
    clock.advance(1ms);
    EXPECT_EQ(refusal(), ErrorCode::token_expired);
    clock.advance(24h);
    EXPECT_EQ(refusal(), ErrorCode::token_expired);
}

TEST_F(Admit, RefusesWhatIsDisabled) {
    account.credential.disabled = true;
    EXPECT_EQ(refusal(), ErrorCode::disabled);
    account.credential.disabled = false;
    account.application.disabled = true;
    EXPECT_EQ(refusal(), ErrorCode::disabled);
}

TEST_F(Admit, KnowsWhomTheDatabaseFinds) {
    test::ScratchDatabase database;
    account.credential.expires_at = clock.now();
    test::write(*database, account);
    const auto known = test::add_account(*database, random);
    const auto find = [&](std::string_view token) {
        const auto found = database->read_now([&](storage::Session& session) {
            return storage::find_caller(session, hash_token(token));
        });
        return admit(found, clock.now());
    };
    const auto caller = find(known.token);
    ASSERT_TRUE(caller.has_value());
    EXPECT_EQ(caller->user_id, known.user.id);
    EXPECT_EQ(find(account.token).error().code(), ErrorCode::token_expired);
    EXPECT_EQ(find(kToken).error().code(), ErrorCode::invalid_token);
}

}  // namespace
}  // namespace kinora::accounts
