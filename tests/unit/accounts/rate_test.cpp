// rate_test.cpp: so many requests a second, and it is said when there is more.
#include "accounts/rate.hpp"

#include "support/seeded_random.hpp"

#include <gtest/gtest.h>

namespace kinora::accounts {
namespace {

using namespace std::chrono_literals;

class RateTest : public testing::Test {
protected:
    bool admit(int per_second = 10) {
        return guard.admit(token.uuid(), per_second, now).has_value();
    }
    int admitted(int asked, int per_second = 10) {
        int count = 0;
        for (int i = 0; i < asked; ++i) count += admit(per_second);
        return count;
    }

    RateGuard guard;
    test::SeededRandom random;
    CredentialId token = CredentialId::make(random);
    SteadyPoint now{1h};
};

TEST_F(RateTest, ASecondsWorthAtOnceAndThenAsTimeBringsThemBack) {
    EXPECT_EQ(admitted(30), 10);
    now += 100ms;
    EXPECT_EQ(admitted(5), 1);
    now += 550ms;
    EXPECT_EQ(admitted(20), 5);
    now += 1h;
    EXPECT_EQ(admitted(30), 10);
}

TEST_F(RateTest, ASteadyRateIsNeverRefused) {
    for (int i = 0; i < 1000; ++i) {
        ASSERT_TRUE(admit(60)) << i;
        now += 16'666'667ns;
    }
}

TEST_F(RateTest, NoneIsNoLimit) {
    EXPECT_EQ(admitted(1000, 0), 1000);
}

TEST_F(RateTest, TokensDoNotDisturbEachOther) {
    EXPECT_EQ(admitted(30), 10);
    token = CredentialId::make(random);
    EXPECT_EQ(admitted(30), 10);
}

TEST_F(RateTest, ARefusalSaysHowMuchAndWhen) {
    admitted(10);
    const auto refused = guard.admit(token.uuid(), 10, now);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::too_many_requests);
    ASSERT_TRUE(refused.error().allowance());
    EXPECT_EQ(refused.error().allowance()->limit, 10);
    EXPECT_EQ(refused.error().allowance()->remaining, 0);
    EXPECT_EQ(refused.error().allowance()->reset_s, 1);
    EXPECT_NE(refused.error().message().find("10 requests a second"), std::string::npos);
}

TEST_F(RateTest, ManyTokensAreForgottenWhenTheyAreSilent) {
    const auto busy = token;
    admitted(10);
    for (int i = 0; i < 25'000; ++i) {
        token = CredentialId::make(random);
        ASSERT_TRUE(admit());
    }
    token = busy;
    EXPECT_EQ(admitted(1), 0) << "what is not over is not forgotten";
}

}  // namespace
}  // namespace kinora::accounts
