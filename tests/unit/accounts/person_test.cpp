// person_test.cpp: who uses the platform, and by which secret.
#include "accounts/person.hpp"

#include "support/fake_clock.hpp"
#include "support/seeded_random.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace kinora::accounts {
namespace {

TEST(Roles, StandAboveEachOtherAndHaveWords) {
    EXPECT_LT(Role::user, Role::admin);
    EXPECT_LT(Role::admin, Role::owner);
    for (const auto role : {Role::user, Role::admin, Role::owner})
        EXPECT_EQ(parse_role(to_string(role)), role);
    for (const auto* word : {"", "Owner", "root", "user "}) EXPECT_FALSE(parse_role(word)) << word;
}

TEST(PlatformTokens, LookLikeNothingElse) {
    test::SeededRandom random;
    const auto one = make_platform_token(random).reveal();
    EXPECT_TRUE(std::regex_match(one, std::regex("platform-[0-9a-f]{32}"))) << one;
    EXPECT_NE(make_platform_token(random).reveal(), one);
    EXPECT_TRUE(is_platform_token(one));
    EXPECT_FALSE(is_platform_token("0123456789abcdef0123456789abcdef"));
    EXPECT_FALSE(is_platform_token("Platform-0123456789abcdef0123456789abcdef"));
    EXPECT_FALSE(is_platform_token(""));
}

TEST(CsrfTokens, AreMadeOfTheCookieAlone) {
    constexpr auto kCookie = "0123456789abcdef0123456789abcdef";
    // The same by Python: hmac.new(cookie, b"kinora csrf token", "sha256").hexdigest()[:32].
    EXPECT_EQ(csrf_token_of(kCookie), "89b3585e28800c0848927c42e75eca77");
    EXPECT_NE(csrf_token_of("0123456789abcdef0123456789abcdee"), csrf_token_of(kCookie));
    EXPECT_EQ(csrf_token_of("").size(), 32U);
}

TEST(Secrets, AreComparedToTheirEnd) {
    EXPECT_TRUE(same_secret("", ""));
    EXPECT_TRUE(same_secret("abc", "abc"));
    EXPECT_FALSE(same_secret("abc", "abd"));
    EXPECT_FALSE(same_secret("abc", "bbc"));
    EXPECT_FALSE(same_secret("abc", "ab"));
    EXPECT_FALSE(same_secret("", "a"));
    using std::string_view_literals::operator""sv;
    EXPECT_FALSE(same_secret("a\0b"sv, "a\0c"sv));
}

TEST(Admission, IsRefusedToWhoIsDisabledOrGone) {
    const test::FakeClock clock;
    storage::UserRow user;
    EXPECT_TRUE(admit(user));
    user.disabled = true;
    ASSERT_FALSE(admit(user));
    EXPECT_EQ(admit(user).error().code(), ErrorCode::disabled);
    user.disabled = false;
    user.deleted_at = clock.now();
    EXPECT_EQ(admit(user).error().code(), ErrorCode::disabled);
}

TEST(Persons, AreTheirRows) {
    test::SeededRandom random;
    storage::UserRow user;
    user.id = UserId::make(random);
    user.email = "ada@example.org";
    user.role = "admin";
    auto person = person_of(user);
    EXPECT_EQ(person.user_id, user.id);
    EXPECT_EQ(person.email, user.email);
    EXPECT_EQ(person.role, Role::admin);
    EXPECT_FALSE(person.verified);
    EXPECT_FALSE(person.login || person.token);
    user.role = "a word of a later version";
    user.verified_at = TimePoint();
    person = person_of(user);
    EXPECT_EQ(person.role, Role::user) << "what is unknown may do the least";
    EXPECT_TRUE(person.verified);
}

}  // namespace
}  // namespace kinora::accounts
