// unit/outbound/mailer_test.cpp: letters that arrive, and servers that do not take them.
#include "outbound/mailer.hpp"

#include "support/fake_clock.hpp"
#include "support/seeded_random.hpp"
#include "unit/outbound/fake_resolver.hpp"
#include "unit/outbound/mail_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class MailerTest : public testing::Test {
protected:
    static MailSettings settings(std::string url) {
        MailSettings settings;
        settings.url = std::move(url);
        settings.from = "Kinora <noreply@kinora.example>";
        return settings;
    }
    static MailSettings with_login(std::string url) {
        auto all = settings(std::move(url));
        all.user = "postman";
        all.password = Secret<std::string>("hunter2");
        return all;
    }
    Result<void> send(const MailSettings& with, const Mail& what, std::stop_token stop = {},
                      Milliseconds time_max = 20s) {
        return Mailer(with, resolver, clock, random, time_max).send(what, std::move(stop));
    }
    // The code and the message, or "sent".
    static std::string told(const Result<void>& sent) {
        if (sent) return "sent";
        const bool again = sent.error().code() == ErrorCode::unavailable;
        return (again ? "unavailable: " : "") + sent.error().message();
    }

    FakeResolver resolver;
    test::FakeClock clock;
    test::SeededRandom random;
    const Mail mail{"ada@example.com", "Grüße aus Köln",
                    "Hällo,\n.this line begins with a dot\n.\nand ends = well \n"};
};

TEST_F(MailerTest, ALetterArrivesWhole) {
    const MailHost host;
    ASSERT_EQ(told(send(settings(host.url()), mail)), "sent");
    EXPECT_THAT(host.commands(), Contains("MAIL FROM:<noreply@kinora.example>"));
    EXPECT_THAT(host.commands(), Contains("RCPT TO:<ada@example.com>"));
    EXPECT_THAT(host.commands(), Not(Contains(StartsWith("AUTH"))));
    const auto letter = host.letter();
    EXPECT_THAT(letter, HasSubstr("From: Kinora\r\n <noreply@kinora.example>\r\n"));
    EXPECT_THAT(letter, HasSubstr("To: ada@example.com\r\n"));
    EXPECT_THAT(letter, HasSubstr("Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=\r\n"));
    EXPECT_THAT(letter, testing::EndsWith("\r\n\r\nH=C3=A4llo,\r\n.this line begins with a dot\r\n"
                                          ".\r\nand ends =3D well=20\r\n"));
}

TEST_F(MailerTest, NoTwoLettersHaveOneId) {
    const MailHost first;
    const MailHost second;
    ASSERT_TRUE(send(settings(first.url()), mail));
    ASSERT_TRUE(send(settings(second.url()), mail));
    EXPECT_NE(first.letter(), second.letter());
}

TEST_F(MailerTest, RefusalsSayWhetherAnotherTryHelps) {
    const std::pair<MailHost::Answers, std::string> rows[] = {
        {{{"RCPT", "550 no such person"}}, " refused the letter (550)."},
        {{{"MAIL", "553 not you"}}, " refused the letter (553)."},
        {{{"letter", "554 spam"}}, " refused the letter (554)."},
        {{{"RCPT", "451 later"}}, " did not take the letter now (451)."},
        {{{"MAIL", "530 STARTTLS first"}}, " wants a login or TLS first (530)."},
    };
    for (const auto& [answers, words] : rows) {
        const MailHost host(answers);
        const auto sent = send(settings(host.url()), mail);
        ASSERT_FALSE(sent);
        EXPECT_EQ(sent.error().message(), "The mail server at 127.0.0.1" + words);
        EXPECT_THAT(sent.error().detail(), HasSubstr(answers.begin()->second));
        EXPECT_EQ(sent.error().code(),
                  words.starts_with(" refused") ? ErrorCode::bad_request : ErrorCode::unavailable);
    }
}

TEST_F(MailerTest, AServerThatHangsIsGivenUp) {
    for (const auto* command : {"EHLO", "RCPT", "DATA"}) {
        const MailHost host(MailHost::Answers{{command, ""}});
        EXPECT_EQ(
            told(send(settings(host.url()), mail, {}, 200ms)),
            "unavailable: The mail server at 127.0.0.1 did not take the letter within 0.2 s.");
    }
}

// libcurl would wait for it for two minutes.
TEST_F(MailerTest, NobodyWaitsForAGoodbye) {
    const MailHost taking(MailHost::Answers{{"QUIT", ""}});
    const MailHost refusing(MailHost::Answers{{"RCPT", "550 no"}, {"QUIT", ""}});
    const MailHost silent(MailHost::Answers{{"DATA", ""}});
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(told(send(settings(taking.url()), mail)), "sent");
    EXPECT_EQ(told(send(settings(refusing.url()), mail, {}, 300ms)),
              "The mail server at 127.0.0.1 refused the letter (550).");
    EXPECT_THAT(told(send(settings(silent.url()), mail, {}, 300ms)), HasSubstr("within 0.3 s"));
    EXPECT_LT(std::chrono::steady_clock::now() - began, 10s);
}

TEST_F(MailerTest, AServerThatIsNotThereIsNamed) {
    const ClosedPort nobody;
    const auto port = nobody.url().substr(sizeof("http://127.0.0.1:") - 1);
    EXPECT_EQ(told(send(settings("smtp://127.0.0.1:" + port), mail)),
              "unavailable: The mail server at 127.0.0.1 could not be reached.");
    EXPECT_EQ(told(send(settings("smtp://mail.example"), mail)),
              "unavailable: The mail server at mail.example could not be found.");
}

TEST_F(MailerTest, AStopEndsIt) {
    std::stop_source stop;
    const MailHost host(MailHost::Answers{{"DATA", ""}}, [&](const std::string& command) {
        if (command == "DATA") stop.request_stop();
    });
    const auto sent = send(settings(host.url()), mail, stop.get_token(), 60s);
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code(), ErrorCode::cancelled);
}

TEST_F(MailerTest, NoHeaderGetsIntoALetterFromOutside) {
    const MailHost host;
    for (const auto& [to, subject] : std::vector<std::pair<std::string, std::string>>{
             {"ada@example.com\r\nBcc: eve@example.com", "Hello"},
             {"ada@example.com>\r\nDATA", "Hello"},
             {"ada@example.com, eve@example.com", "Hello"},
             {"Ada <ada@example.com>", "Hello"},
             {"", "Hello"},
             {"ada@example.com", "Hello\r\nBcc: eve@example.com"},
             {"ada@example.com", "Hello\nBcc: eve@example.com"},
             {"ada@example.com", std::string("Hello\0", 6)},
             {"ada@example.com", std::string(501, 'x')}}) {
        const auto sent = send(settings(host.url()), {to, subject, "Hello."});
        ASSERT_FALSE(sent) << to << " / " << subject;
        EXPECT_EQ(sent.error().code(), ErrorCode::bad_request);
    }
    EXPECT_EQ(host.visits(), 0);
}

TEST_F(MailerTest, ALoginGoesOutInTheClearToThisMachineAlone) {
    const MailHost::Answers offers{{"EHLO", "250-mail.test\r\n250 AUTH PLAIN"},
                                   {"AUTH", "334 who are you"},
                                   {"AHBvc3RtYW4AaHVudGVyMg==", "235 welcome"}};
    const MailHost here(offers);
    EXPECT_EQ(told(send(with_login(here.url()), mail)), "sent");
    EXPECT_THAT(here.commands(), Contains(StartsWith("AUTH PLAIN")));

    const MailHost elsewhere(offers);
    resolver.say("mail.example", {{"127.0.0.1"}});
    EXPECT_EQ(told(send(with_login(elsewhere.url("mail.example")), mail)),
              "unavailable: The mail server at mail.example offers no TLS, without which no "
              "password is sent.");
    EXPECT_THAT(elsewhere.commands(), Not(Contains(StartsWith("AUTH"))));
}

TEST_F(MailerTest, AServerWithoutTlsGetsLettersThatNeedNoLogin) {
    const MailHost host;
    resolver.say("mail.example", {{"127.0.0.1"}});
    EXPECT_EQ(told(send(settings(host.url("mail.example")), mail)), "sent");
}

TEST_F(MailerTest, AWrongPasswordIsNotRepeated) {
    const MailHost host(MailHost::Answers{{"EHLO", "250-mail.test\r\n250 AUTH PLAIN"},
                                          {"AUTH", "535 hunter2 is wrong"}});
    const auto sent = send(with_login(host.url()), mail);
    EXPECT_EQ(told(sent),
              "unavailable: The mail server at 127.0.0.1 does not accept the user and the password "
              "set for it.");
    EXPECT_THAT(sent.error().detail(), Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace kinora::outbound
