// unit/outbound/fetcher_redirects_test.cpp: servers that send us elsewhere, and names that change.
#include "outbound/fetcher.hpp"

#include "unit/outbound/fetching.hpp"
#include "unit/outbound/hostile_server.hpp"

#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

// 127.0.0.2 is allowed and stands for the public; all other of loopback is refused.
AddressRules rules() {
    return AddressRules::parse({"127.0.0.2"}).value();
}

std::string fetched(const std::string& url, Resolver& resolver) {
    const auto file = Fetcher(rules(), resolver).fetch(url, short_limits(), {});
    return file ? std::string(file->bytes.begin(), file->bytes.end()) : message_of(file);
}

std::string fetched(const std::string& url) {
    FakeResolver resolver;
    return fetched(url, resolver);
}

TEST(FetcherRedirects, AreFollowed) {
    for (const int status : {301, 302, 303, 307, 308}) {
        const HostileServer server(
            [&](Visit& visit) {
                const bool first = visit.read_head().starts_with("GET /a ");
                visit.send(first ? redirect("../b?c", status) : answer("there"));
            },
            "127.0.0.2");
        EXPECT_EQ(fetched(server.url("127.0.0.2", "/a")), "there");
        EXPECT_EQ(server.visits(), 2);
    }
}

TEST(FetcherRedirects, AreJudgedAnew) {
    const HostileServer inside(answer("secret"));
    const auto to_inside = inside.url();
    const struct {
        std::string location;
        const char* message;
    } rows[] = {
        {to_inside, "127.0.0.1 is a loopback address, which this server does not reach."},
        {inside.url("[::ffff:127.0.0.1]"),
         "::ffff:127.0.0.1 is a loopback address, which this server does not reach."},
        {"http://169.254.169.254/latest/meta-data/",
         "169.254.169.254 is a link-local address, which this server does not reach."},
        {"//10.0.0.1/", "10.0.0.1 is a private address, which this server does not reach."},
        {"http://[::1]/", "::1 is a loopback address, which this server does not reach."},
        {"http://inside.example/",
         "inside.example leads to a private address, which this server does not reach."},
        {"http://nowhere.example/", "nowhere.example could not be found."},
        {"file:///etc/passwd", "Only http and https URLs are fetched."},
        {"ftp://127.0.0.1/", "Only http and https URLs are fetched."},
        {"data:,x", "Only http and https URLs are fetched."},
        {"http://u:p@127.0.0.2/", "The URL names a user or a password. Leave that out."},
        {"http://", "The URL names no host."},
    };
    for (const auto& row : rows) {
        FakeResolver resolver;
        resolver.say("inside.example", {{"10.0.0.1"}});
        const HostileServer server(redirect(row.location), "127.0.0.2");
        EXPECT_EQ(fetched(server.url("127.0.0.2"), resolver),
                  "The server at 127.0.0.2 redirected to an address that cannot be fetched: " +
                      std::string(row.message))
            << row.location;
    }
    EXPECT_EQ(inside.visits(), 0);
}

TEST(FetcherRedirects, HaveAnEnd) {
    const HostileServer server(redirect("/again"), "127.0.0.2");
    EXPECT_EQ(fetched(server.url("127.0.0.2")),
              "The server at 127.0.0.2 redirected more than 5 times.");
    EXPECT_EQ(server.visits(), 6);
}

TEST(FetcherRedirects, BringNoBodyAlong) {
    const HostileServer server(
        [](Visit& visit) {
            const bool first = visit.read_head().starts_with("GET /a ");
            visit.send(first ? "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: "
                               "9000000000\r\n\r\nmoved"
                             : answer("there"));
        },
        "127.0.0.2");
    EXPECT_EQ(fetched(server.url("127.0.0.2", "/a")), "there");
}

TEST(FetcherNames, AreDialledWhereTheyWereChecked) {
    const auto [outside, inside] = make_neighbours(answer("public"), answer("secret"));
    FakeResolver resolver;
    resolver.say("a.example", {{"127.0.0.2"}, {"127.0.0.1"}});
    EXPECT_EQ(fetched(outside->url("a.example"), resolver), "public");
    EXPECT_EQ(resolver.lookups(), 1);
    EXPECT_EQ(inside->visits(), 0);
}

TEST(FetcherNames, AreCheckedAtEachHop) {
    const auto [outside, inside] = make_neighbours(redirect("/b"), answer("secret"));
    FakeResolver resolver;
    resolver.say("a.example", {{"127.0.0.2"}, {"127.0.0.1"}});
    EXPECT_EQ(fetched(outside->url("a.example"), resolver),
              "The server at a.example redirected to an address that cannot be fetched: a.example "
              "leads to a loopback address, which this server does not reach.");
    EXPECT_EQ(outside->visits(), 1);
    EXPECT_EQ(inside->visits(), 0);
}

}  // namespace
}  // namespace kinora::outbound
