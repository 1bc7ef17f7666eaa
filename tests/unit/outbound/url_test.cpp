// unit/outbound/url_test.cpp: URLs of strangers.
#include "outbound/url.hpp"

#include "unit/outbound/fake_resolver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Url, ReadsHostAndPort) {
    const struct {
        const char* text;
        const char* host;
        int port;
    } rows[] = {
        {"http://example.com", "example.com", 80},
        {"HTTPS://Example.COM./a?b#c", "example.com", 443},
        {"http://example.com:8080/", "example.com", 8080},
        {"https://example.com:1", "example.com", 1},
        {"http://1.2.3.4/", "1.2.3.4", 80},
        {"http://[2001:db8::1]:81/", "2001:db8::1", 81},
        {"http://[::ffff:127.0.0.1]/", "::ffff:127.0.0.1", 80},
        {"http://a_b.example/", "a_b.example", 80},
        {"http://m\xc3\xbcller.example/", "xn--mller-kva.example", 80},
    };
    for (const auto& row : rows) {
        const auto url = Url::parse(row.text);
        ASSERT_TRUE(url) << row.text << ": " << url.error().message();
        EXPECT_EQ(url->host(), row.host) << row.text;
        EXPECT_EQ(url->port(), row.port) << row.text;
    }
}

// Each of these is an address or becomes one when it is looked up, and is judged then.
TEST(Url, LeavesNoWayAroundTheJudgement) {
    for (const auto* text : {"http://2130706433/", "http://0177.0.0.1/", "http://0x7f.1/",
                             "http://0x7f000001/", "http://127.1/", "http://127.0.0.1./",
                             "http://0x7f.1./", "http://2130706433./", "http://%31%32%37.0.0.1/",
                             "http://\xef\xbc\x91\xef\xbc\x92"
                             "\xef\xbc\x97.0.0.1/"}) {
        const auto url = Url::parse(text);
        if (!url) continue;
        const auto literal = Address::parse(url->host());
        const auto found = literal ? std::vector{*literal}
                                   : make_system_resolver()->resolve(url->host(), {}).value();
        EXPECT_EQ(found.front().str(), "127.0.0.1") << text;
    }
}

TEST(Url, SaysWhatIsWrong) {
    const struct {
        std::string text;
        const char* message;
    } rows[] = {
        {"", "This is no URL that can be fetched."},
        {"example.com/a.png", "This is no URL that can be fetched."},
        {"/a.png", "This is no URL that can be fetched."},
        {"http://", "no host"},
        {"http://exa mple.com/", "URL"},
        {"http://a.example/\r\nX: y", "This is no URL that can be fetched."},
        {"ftp://a.example/", "Only http and https URLs are fetched."},
        {"file:///etc/passwd", "Only http and https URLs are fetched."},
        {"gopher://a.example/", "Only http and https URLs are fetched."},
        {"javascript:alert(1)", "Only http and https URLs are fetched."},
        {"http://user:secret@a.example/", "The URL names a user or a password. Leave that out."},
        {"http://user@a.example/", "The URL names a user or a password. Leave that out."},
        {"http://a.example:70000/", "The URL's port is no number up to 65535."},
        {"http://a.example:x/", "The URL's port is no number up to 65535."},
        {"http://a.example:0/", "The URL's port is no number up to 65535."},
        {"http://[fe80::1%25eth0]/", "The URL's address has a zone"},
        {"http://[::1/", ""},
        {"http://[v1.x]/", ""},
        {"http://a.\xbcller.example/", "neither a host name nor an address"},
        {"http://-a.example/", "neither a host name nor an address"},
        {"http://a,b.example/", ""},
        {"http://a.example/" + std::string(9'000, 'a'), "longer than 8192 characters"},
    };
    for (const auto& row : rows) {
        const auto url = Url::parse(row.text);
        ASSERT_FALSE(url) << row.text << " has host " << url->host();
        EXPECT_EQ(url.error().code(), ErrorCode::bad_request);
        EXPECT_THAT(url.error().message(), HasSubstr(row.message)) << row.text;
        EXPECT_THAT(url.error().message(), Not(HasSubstr("secret")));
    }
    EXPECT_FALSE(Url::parse(std::string("http://a.example/\0", 18)));
}

TEST(Url, EncodesWhatPeoplePaste) {
    EXPECT_EQ(Url::parse("http://a.example/\xc3\xa4?q=\xc3\xb6#f").value().text(),
              "http://a.example/%c3%a4?q=%c3%b6");
}

TEST(Url, FollowsLocations) {
    const auto base = Url::parse("https://a.example:444/x/y?q=1").value();
    const struct {
        const char* location;
        const char* text;
    } rows[] = {
        {"z", "https://a.example:444/x/z"},       {"/z", "https://a.example:444/z"},
        {"?p", "https://a.example:444/x/y?p"},    {"../../../z", "https://a.example:444/z"},
        {"//B.example/z", "https://b.example/z"}, {"http://b.example/z", "http://b.example/z"},
        {"/a b", "https://a.example:444/a%20b"},
    };
    for (const auto& row : rows) {
        const auto url = base.follow(row.location);
        ASSERT_TRUE(url) << row.location;
        EXPECT_EQ(url->text(), row.text);
    }
    EXPECT_EQ(message_of(base.follow("file:///etc/passwd")),
              "Only http and https URLs are fetched.");
    EXPECT_EQ(message_of(base.follow("http://u:p@b.example/")),
              "The URL names a user or a password. Leave that out.");
}

TEST(Url, ReadsWhatItWrote) {
    for (const auto* text : {"http://Example.com.:080/a/../b?c d#e", "https://[2001:DB8:0::1]/"}) {
        const auto url = Url::parse(text);
        if (!url) continue;
        const auto again = Url::parse(url->text()).value();
        EXPECT_EQ(again.text(), url->text());
        EXPECT_EQ(again.host(), url->host());
    }
}

}  // namespace
}  // namespace kinora::outbound
