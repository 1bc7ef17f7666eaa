// postman_test.cpp: who is owed a mail gets it, later where it fails, and nobody else gets one.
#include "accounts/postman.hpp"

#include "people_fixture.hpp"
#include "storage/code_rows.hpp"
#include "support/wait.hpp"

#include <gmock/gmock.h>
#include <atomic>
#include <mutex>
#include <regex>

namespace kinora::accounts {
namespace {

using namespace std::chrono_literals;
using storage::CodePurpose;
using storage::Session;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class PostmanTest : public PeopleTest {
protected:
    MailId owe(UserId user, CodePurpose purpose) {
        const auto id = MailId::make(random);
        write([&](Session& session) {
            storage::insert_mail(
                session, {id, user, purpose, "https://k.example", 0, clock.now(), clock.now()});
        });
        return id;
    }
    bool send_one() { return postman.send_one({}); }
    bool is_owed() { return !contents({"mails"}).empty(); }
    static std::string code_in(const Postman::Letter& letter) {
        std::smatch found;
        std::regex_search(letter.body, found, std::regex("#code=([0-9a-f]{32})\n"));
        return found.size() == 2 ? found[1] : std::string();
    }

    test::QuietLog log;
    std::mutex mutex;
    std::vector<Postman::Letter> letters;
    Result<void> answer = ok();
    Postman postman{*database,
                    [this](const Postman::Letter& letter, std::stop_token) {
                        const std::lock_guard lock(mutex);
                        letters.push_back(letter);
                        return answer;
                    },
                    clock, random, log};
};

TEST_P(PostmanTest, BringsACodeThatSetsAPassword) {
    const auto ada = add("ada@example.org");
    owe(ada.id, CodePurpose::password);
    EXPECT_TRUE(send_one());
    EXPECT_FALSE(send_one());
    EXPECT_FALSE(is_owed());
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].to, "ada@example.org");
    EXPECT_THAT(letters[0].body, HasSubstr("https://k.example/setup#code="));
    const auto code = code_in(letters[0]);
    EXPECT_THAT(contents({"codes"}), HasSubstr(hash_token(code)));
    EXPECT_THAT(contents({"codes"}), Not(HasSubstr(code)));
    const auto user = write([&](Session& session) {
        return redeem_password_code(session, code, "new hash", clock.now());
    });
    ASSERT_TRUE(user);
    EXPECT_EQ(user->id, ada.id);
}

TEST_P(PostmanTest, BringsACodeThatConfirmsAnAddress) {
    const auto ada = add("ada@example.org");
    owe(ada.id, CodePurpose::verification);
    EXPECT_TRUE(send_one());
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_THAT(letters[0].body, HasSubstr("https://k.example/verify#code="));
    EXPECT_TRUE(write([&](Session& session) {
        return redeem_verification_code(session, code_in(letters[0]), clock.now());
    }));
    owe(ada.id, CodePurpose::verification);
    EXPECT_TRUE(send_one());
    EXPECT_EQ(letters.size(), 1U) << "it is confirmed already";
    EXPECT_FALSE(is_owed());
}

TEST_P(PostmanTest, BringsNothingToWhoIsDisabledOrGone) {
    auto disabled = add("disabled@example.org"), gone = add("gone@example.org");
    owe(disabled.id, CodePurpose::password);
    owe(gone.id, CodePurpose::password);
    write([&](Session& session) {
        disabled.disabled = true;
        storage::update_user(session, disabled);
        ASSERT_TRUE(delete_user(session, gone.id, clock.now()));
    });
    EXPECT_TRUE(send_one());
    EXPECT_TRUE(send_one());
    EXPECT_TRUE(letters.empty());
    EXPECT_FALSE(is_owed());
    EXPECT_EQ(contents({"codes"}), "") << "nor is a code made";
}

TEST_P(PostmanTest, TriesAgainForHalfADay) {
    owe(add("ada@example.org").id, CodePurpose::password);
    answer = Error(ErrorCode::unavailable, "The mail server is busy.");
    const std::vector<Milliseconds> pauses{1min, 5min, 15min, 1h, 2h, 4h, 4h};
    for (const auto pause : pauses) {
        EXPECT_TRUE(send_one());
        clock.advance(pause - 1ms);
        EXPECT_FALSE(send_one()) << "before " << pause.count() << " ms";
        clock.advance(1ms);
    }
    EXPECT_TRUE(is_owed());
    EXPECT_TRUE(send_one());
    EXPECT_FALSE(is_owed()) << "it is given up";
    EXPECT_EQ(letters.size(), pauses.size() + 1);
    clock.advance(24h);
    EXPECT_FALSE(send_one());
}

TEST_P(PostmanTest, EachTryHasACodeOfItsOwn) {
    const auto ada = add("ada@example.org");
    owe(ada.id, CodePurpose::password);
    answer = Error(ErrorCode::timeout, "The mail server did not say whether it has it.");
    send_one();
    clock.advance(1min);
    answer = ok();
    send_one();
    ASSERT_EQ(letters.size(), 2U);
    EXPECT_NE(code_in(letters[0]), code_in(letters[1]));
    EXPECT_FALSE(is_owed());
    const auto redeem = [&](const std::string& code) {
        return write([&](Session& session) {
            return redeem_password_code(session, code, "new hash", clock.now()).has_value();
        });
    };
    EXPECT_TRUE(redeem(code_in(letters[0]))) << "the first may have arrived all the same";
    EXPECT_FALSE(redeem(code_in(letters[1]))) << "one of them works";
}

TEST_P(PostmanTest, WhatIsRefusedForGoodIsNotTriedAgain) {
    owe(add("ada@example.org").id, CodePurpose::password);
    answer = Error(ErrorCode::bad_request, "There is no such mailbox.");
    EXPECT_TRUE(send_one());
    EXPECT_FALSE(is_owed());
}

TEST_P(PostmanTest, AMailWhosePostmanDiedIsSentAMinuteLater) {
    owe(add("ada@example.org").id, CodePurpose::password);
    struct Died {};
    Postman mortal{*database,
                   [](const Postman::Letter&, std::stop_token) -> Result<void> { throw Died(); },
                   clock, random, log};
    EXPECT_THROW(mortal.send_one({}), Died);
    EXPECT_FALSE(send_one());
    clock.advance(1min);
    EXPECT_TRUE(send_one());
    EXPECT_EQ(letters.size(), 1U);
}

TEST_P(PostmanTest, RunsUntilItIsStopped) {
    for (int i = 0; i < 5; ++i)
        owe(add("ada" + std::to_string(i) + "@example.org").id, CodePurpose::password);
    std::atomic<bool> ended = false;
    std::jthread thread([&](const std::stop_token& stop) {
        postman.run(stop);
        ended = true;
    });
    EXPECT_TRUE(test::wait_until([&] {
        const std::lock_guard lock(mutex);
        return letters.size() == 5;
    }));
    EXPECT_FALSE(ended);
    thread.request_stop();
    EXPECT_TRUE(test::wait_until([&] { return ended.load(); }));
    EXPECT_FALSE(is_owed());
}

KINORA_ON_BOTH_BACKENDS(PostmanTest);

}  // namespace
}  // namespace kinora::accounts
