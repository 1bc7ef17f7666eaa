// unit/outbound/mail_server_test.cpp: settings of mail, as operators write them.
#include "outbound/mail_server.hpp"

#include "outbound/mail_address.hpp"
#include "outbound/mailer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

using testing::HasSubstr;

std::string url_of(std::string_view text) {
    const auto url = parse_mail_url(text);
    return url ? *url : url.error().message();
}

TEST(MailServer, HasAPortAfterItsKind) {
    EXPECT_EQ(url_of("smtp://Mail.Example.com"), "smtp://mail.example.com:587");
    EXPECT_EQ(url_of("smtps://mail.example.com/"), "smtps://mail.example.com:465");
    EXPECT_EQ(url_of("smtp://localhost:25"), "smtp://localhost:25");
    EXPECT_EQ(url_of("smtp://[::1]:2525"), "smtp://[::1]:2525");
    EXPECT_EQ(url_of("smtp://[::1]"), "smtp://[::1]:587");
}

TEST(MailServer, TellsWhatIsWrongWithAUrl) {
    for (const auto& [text, words] :
         {std::pair{"mail.example.com", "must begin with smtp:// or smtps://"},
          std::pair{"http://mail.example.com", "must begin with smtp:// or smtps://"},
          std::pair{"smtp://", "must name a host"},
          std::pair{"smtp://mail.example.com/path", "nothing behind its port"},
          std::pair{"smtp://mail.example.com\r\nQUIT", "must name a host"},
          std::pair{"smtp://0x7f.1:25", "must name a host"},
          std::pair{"smtp://me:secret@mail.example.com", "must not hold a user"},
          std::pair{"smtp://mail.example.com:", "a number from 1 to 65535"},
          std::pair{"smtp://mail.example.com:0", "a number from 1 to 65535"},
          std::pair{"smtp://mail.example.com:65536", "a number from 1 to 65535"},
          std::pair{"smtp://mail.example.com:25x", "a number from 1 to 65535"}}) {
        EXPECT_THAT(url_of(text), HasSubstr(words)) << text;
        EXPECT_THAT(url_of(text), testing::Not(HasSubstr("secret")));
    }
}

TEST(MailServer, KnowsThisMachine) {
    for (const auto* url : {"smtp://localhost", "smtp://127.0.0.1", "smtp://127.9.9.9:25",
                            "smtp://[::1]:25", "smtp://mail.localhost"}) {
        EXPECT_TRUE(MailServer::parse(url)->is_this_machine()) << url;
    }
    for (const auto* url : {"smtp://localhost.example.com", "smtp://10.0.0.1", "smtp://[fe80::1]",
                            "smtp://8.8.8.8", "smtp://mail.example.com"}) {
        EXPECT_FALSE(MailServer::parse(url)->is_this_machine()) << url;
    }
}

TEST(MailSettings, AreJudgedTogether) {
    const auto fault = [](std::string user, std::string password, std::string from) {
        const auto parsed =
            parse_mail_settings({"smtp://localhost", std::move(user),
                                 Secret<std::string>(std::move(password)), std::move(from)});
        return parsed ? parsed->url : parsed.error().message();
    };
    EXPECT_EQ(fault("", "", "a@b.example"), "smtp://localhost:587");
    EXPECT_EQ(fault("me", "secret", "Kinora <a@b.example>"), "smtp://localhost:587");
    EXPECT_THAT(fault("me", "", "a@b.example"), HasSubstr("a user for the mail server and no"));
    EXPECT_THAT(fault("", "secret", "a@b.example"), HasSubstr("a password for the mail server"));
    EXPECT_THAT(fault("me", "two\nlines", "a@b.example"), HasSubstr("no line ends"));
    EXPECT_THAT(fault("", "", ""), HasSubstr("The sender of mail must be an address"));
}

TEST(Mailbox, HasANameOrNone) {
    const auto said = [](std::string_view text) {
        const auto box = parse_mailbox(text);
        return box ? box->name + '|' + box->address : "none";
    };
    EXPECT_EQ(said("a@b.example"), "|a@b.example");
    EXPECT_EQ(said(" Kinora <a@b.example> "), "Kinora|a@b.example");
    EXPECT_EQ(said("\"Kinora, Köln\" <a@b.example>"), "Kinora, Köln|a@b.example");
    EXPECT_EQ(said("<a@b.example>"), "|a@b.example");
    for (const auto* text : {"", "a", "a@", "@b", "a@b@", "a b@c", "a@b c", "K <a@b", "K a@b>",
                             "K <a@b> <c@d>", "K\r\nBcc: x <a@b>", "a..b@c", ".a@c", "a@b.",
                             "\"a\"b\" <a@b>", "ä@b.example", "a@[127.0.0.1]"}) {
        EXPECT_EQ(said(text), "none") << text;
    }
    EXPECT_FALSE(is_mail_address(std::string(65, 'a') + "@b.example"));
    EXPECT_FALSE(is_mail_address("a@" + std::string(253, 'b')));
}

}  // namespace
}  // namespace kinora::outbound
