// passwords_test.cpp: what is kept of passwords, and what may become one.
#include "accounts/passwords.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ctime>

namespace kinora::accounts {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr HashCost kTiny{1, 8 * 1024};

TEST(CheckPassword, CountsCharactersAsPeopleDo) {
    EXPECT_FALSE(check_password("пароль", "ada@example.com"));  // 6 characters in 12 bytes.
    EXPECT_TRUE(check_password("парольный", "ada@example.com"));
    EXPECT_FALSE(check_password("密码密码密码密", "ada@example.com"));
    EXPECT_TRUE(check_password("密码密码密码密码", "ada@example.com"));
}

TEST(Passwords, AreKeptAsArgon2id) {
    const Passwords passwords(kTiny);
    const auto hash = passwords.hash("correct horse");
    EXPECT_THAT(hash, StartsWith("$argon2id$v=19$m=8,t=1,p=1$"));
    EXPECT_NE(passwords.hash("correct horse"), hash) << "each has a salt of its own";
    EXPECT_TRUE(passwords.verify(hash, "correct horse"));
    EXPECT_FALSE(passwords.verify(hash, "correct horsf"));
    EXPECT_FALSE(passwords.verify(hash, "correct hors"));
    EXPECT_FALSE(passwords.verify(hash, ""));
}

TEST(Passwords, CostWhatTheyCostForLoggingIn) {
    const HashCost usual;
    EXPECT_EQ(usual.passes, 2U);
    EXPECT_EQ(usual.memory_bytes, 64U * 1024 * 1024);
}

TEST(Passwords, AHashOfAnotherCostStillCounts) {
    const auto hash = Passwords({2, 16 * 1024}).hash("correct horse");
    EXPECT_TRUE(Passwords(kTiny).verify(hash, "correct horse"));
}

TEST(Passwords, WhoHasNoneHasNoPassword) {
    const Passwords passwords(kTiny);
    for (const auto* guess : {"", "nobody has this one", "correct horse"})
        EXPECT_FALSE(passwords.verify("", guess)) << guess;
    for (const auto* hash : {"x", "$argon2id$", "$argon2id$v=19$m=8,t=1,p=1$AA$AA"})
        EXPECT_FALSE(passwords.verify(hash, "correct horse")) << hash;
}

TEST(Passwords, TakeAsLongForWhoIsUnknown) {
    // What this thread computes, whatever else the machine does; a hash is some milliseconds.
    const auto cost_of = [](auto act) {
        const auto now = [] {
            timespec time{};
            ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
        };
        const auto start = now();
        act();
        return now() - start;
    };
    const Passwords passwords({3, 4 * 1024 * 1024});
    const auto hash = passwords.hash("correct horse");
    const auto known = cost_of([&] { passwords.verify(hash, "wrong horse"); });
    const auto unknown = cost_of([&] { passwords.verify("", "wrong horse"); });
    EXPECT_GT(unknown, known / 3);
    EXPECT_LT(unknown, known * 3);
}

TEST(Passwords, MayBeAnyBytes) {
    const Passwords passwords(kTiny);
    const std::string odd("p\0ssw\xff\xc3\xa4rd", 10);
    const auto hash = passwords.hash(odd);
    EXPECT_TRUE(passwords.verify(hash, odd));
    EXPECT_FALSE(passwords.verify(hash, "p")) << "it does not end at a zero";
    const std::string longest(kPasswordLengthMax, 'a');
    EXPECT_TRUE(passwords.verify(passwords.hash(longest), longest));
    EXPECT_FALSE(passwords.verify(passwords.hash(longest), longest.substr(1)));
}

TEST(CheckPassword, SaysWhatIsWrong) {
    struct Row {
        std::string password;
        const char* word;  // Of the message; empty: it is fine.
    };
    const Row table[] = {
        {"", "at least 8"},
        {"1234567", "at least 8"},
        {"12345678", ""},
        {"correct horse battery", ""},
        {std::string(kPasswordLengthMax, 'a') + "b", "at most 1024"},
        {std::string(kPasswordLengthMax - 1, 'a') + "b", ""},
        {"aaaaaaaa", "repeated"},
        {"        ", "repeated"},
        {"ada@example.org", "e-mail"},
        {"Ada@example.org", ""},
    };
    for (const auto& row : table) {
        const auto checked = check_password(row.password, "ada@example.org");
        EXPECT_EQ(checked.has_value(), *row.word == '\0') << row.password.substr(0, 40);
        if (checked) continue;
        EXPECT_EQ(checked.error().code(), ErrorCode::bad_request);
        EXPECT_THAT(checked.error().message(), StartsWith("`password` "));
        EXPECT_THAT(checked.error().message(), HasSubstr(row.word));
        if (!row.password.empty()) {
            EXPECT_THAT(checked.error().message(), testing::Not(HasSubstr(row.password)));
        }
    }
}

}  // namespace
}  // namespace kinora::accounts
