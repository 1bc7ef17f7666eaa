// unit/outbound/mail_text_test.cpp: letters as they travel.
#include "outbound/mail_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace kinora::outbound {
namespace {

using namespace std::chrono_literals;

MailParts parts() {
    return {{"Kinora", "noreply@kinora.example"},      "ada@example.com", "Hello", "Hi.\n", "f00",
            TimePoint(Milliseconds(1'700'000'000'000))};
}

TEST(MailText, IsAWholeLetter) {
    EXPECT_EQ(mail_text(parts()),
              "Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"
              "Message-ID: <f00@kinora.example>\r\n"
              "From: Kinora\r\n <noreply@kinora.example>\r\n"
              "To: ada@example.com\r\n"
              "Subject: Hello\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "\r\n"
              "Hi.\r\n");
}

TEST(MailText, QuotesNamesThatNeedIt) {
    auto letter = parts();
    letter.from.name = "Kinora, Inc.";
    EXPECT_THAT(mail_text(letter), testing::HasSubstr("From: \"Kinora, Inc.\"\r\n <noreply@"));
    letter.from.name = "Кинора";
    EXPECT_THAT(mail_text(letter), testing::HasSubstr("From: =?UTF-8?Q?=D0=9A"));
    letter.from.name = "";
    EXPECT_THAT(mail_text(letter), testing::HasSubstr("From: noreply@kinora.example\r\n"));
}

TEST(MailText, ALineEndInAHeaderIsAMistakeOfOurs) {
    auto letter = parts();
    letter.subject = "Hello\r\nBcc: eve@example.com";
    EXPECT_DEATH(mail_text(letter), "one line");
}

TEST(MailText, HasShortLinesWhateverIsInIt) {
    auto letter = parts();
    for (int i = 0; i < 200; ++i) letter.subject += "日本語";
    for (int i = 0; i < 2'000; ++i) letter.body += "ä long line without an end ";
    std::istringstream lines(mail_text(letter));
    for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(line.size(), 79u) << line;  // With the \r.
        EXPECT_TRUE(line.ends_with('\r'));
    }
}

TEST(MailText, HeadersInAsciiStay) {
    EXPECT_EQ(encode_header("Reset your password (Kinora)"), "Reset your password (Kinora)");
    EXPECT_EQ(encode_header("=?UTF-8?Q?x?="), "=?UTF-8?Q?=3D=3FUTF=2D8=3FQ=3Fx=3F=3D?=");
    EXPECT_EQ(encode_header("é"), "=?UTF-8?Q?=C3=A9?=");
    // Each word is whole on its own: no character is cut in two.
    EXPECT_EQ(encode_header("日本語日本語日本語"),
              "=?UTF-8?Q?=E6=97=A5=E6=9C=AC=E8=AA=9E=E6=97=A5=E6=9C=AC=E8=AA=9E?=\r\n"
              " =?UTF-8?Q?=E6=97=A5=E6=9C=AC=E8=AA=9E?=");
}

TEST(MailText, BodiesAreQuotedPrintable) {
    const std::pair<std::string, std::string> rows[] = {
        {"", "\r\n"},
        {"a", "a\r\n"},
        {"a\nb\r\nc", "a\r\nb\r\nc\r\n"},
        {"a\rb", "a=0Db\r\n"},
        {"end \n\tx", "end=20\r\n=09x\r\n"},
        {"1+1=2", "1+1=3D2\r\n"},
        {".\n..", ".\r\n..\r\n"},
        {std::string("\0", 1), "=00\r\n"},
        {std::string(76, 'x'), std::string(75, 'x') + "=\r\nx\r\n"},
        {std::string(75, 'x'), std::string(75, 'x') + "\r\n"},
    };
    for (const auto& [text, encoded] : rows) EXPECT_EQ(encode_body(text), encoded);
}

TEST(MailText, DatesAreThoseOfMail) {
    EXPECT_EQ(say_mail_date(TimePoint(0ms)), "Thu, 1 Jan 1970 00:00:00 +0000");
    EXPECT_EQ(say_mail_date(TimePoint(Milliseconds(1'709'251'199'999))),
              "Thu, 29 Feb 2024 23:59:59 +0000");
}

}  // namespace
}  // namespace kinora::outbound
