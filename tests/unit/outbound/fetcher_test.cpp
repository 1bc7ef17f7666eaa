// unit/outbound/fetcher_test.cpp: files from good servers, and answers that are none.
#include "outbound/fetcher.hpp"

#include "support/temp_folder.hpp"
#include "unit/outbound/fetching.hpp"
#include "unit/outbound/hostile_server.hpp"

#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

std::string text_of(const Result<FetchedBytes>& fetched) {
    if (!fetched) return message_of(fetched);
    return {fetched->bytes.begin(), fetched->bytes.end()};
}

TEST(Fetcher, BringsBytes) {
    const HostileServer server(answer("hello", "Content-Type: image/png; x=y\r\n"));
    const auto fetched = fetch_from_loopback(server.url("127.0.0.1", "/a?b#c"));
    EXPECT_EQ(text_of(fetched), "hello");
    ASSERT_TRUE(fetched);
    EXPECT_EQ(fetched->file.content_type, "image/png; x=y");
    EXPECT_EQ(fetched->file.url, server.url("127.0.0.1", "/a?b"));
    EXPECT_EQ(fetched->file.size_bytes, 5u);
}

TEST(Fetcher, BringsFiles) {
    const test::TempFolder folder;
    const std::string body(300'000, 'v');
    const HostileServer server(answer(body));
    FakeResolver resolver;
    const Fetcher fetcher(AddressRules(Loopback::allowed), resolver);
    const auto path = folder / "video";
    const auto fetched = fetcher.fetch_to_file(server.url(), path, short_limits(), {});
    ASSERT_TRUE(fetched) << message_of(fetched);
    EXPECT_EQ(fetched->size_bytes, body.size());
    EXPECT_EQ(test::contents_of(path), body);

    auto limits = short_limits();
    limits.size_bytes_max = body.size() - 1;
    EXPECT_FALSE(fetcher.fetch_to_file(server.url(), path, limits, {}));
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Fetcher, TakesOtherShapesOfSuccess) {
    for (const auto* raw :
         {"HTTP/1.1 206 Partial\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.0 200 OK\r\n\r\nhello",
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhello",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
          "chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"}) {
        const HostileServer server{std::string(raw)};
        EXPECT_EQ(text_of(fetch_from_loopback(server.url())), "hello") << raw;
    }
}

TEST(Fetcher, SaysWhatTheServerDid) {
    const struct {
        const char* raw;
        const char* message;
    } rows[] = {
        {"HTTP/1.1 404 Not Found\r\nContent-Length: 99999999\r\n\r\nno", "answered 404."},
        {"HTTP/1.1 500 Oops\r\n\r\nno", "answered 500."},
        {"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
         "answered 401."},
        {"HTTP/1.1 304 Not Modified\r\n\r\n", "answered 304."},
        {"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", "answered 302."},
        {"HTTP/1.1 204 No Content\r\n\r\n", "sent an empty answer."},
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "sent an empty answer."},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "sent an empty answer."},
        {"", "closed the connection before the end of its answer."},
        {"HTTP/1.1 200 OK\r\nContent-Le", "closed the connection before the end of its answer."},
        {"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello",
         "closed the connection before the end of its answer."},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
         "closed the connection before the end of its answer."},
        {"hello", "did not answer as HTTP does."},
        {"SSH-2.0-OpenSSH_9.2\r\n", "did not answer as HTTP does."},
        {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
         "sent a compressed answer, which was not asked for."},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
         "sent a compressed answer, which was not asked for."},
    };
    for (const auto& row : rows) {
        const HostileServer server{std::string(row.raw)};
        EXPECT_EQ(text_of(fetch_from_loopback(server.url())),
                  "The server at 127.0.0.1 " + std::string(row.message))
            << row.raw;
    }
}

TEST(Fetcher, SaysWhatIsNotThere) {
    const ClosedPort closed;
    EXPECT_EQ(text_of(fetch_from_loopback(closed.url())),
              "The server at 127.0.0.1 could not be reached.");
    EXPECT_EQ(text_of(fetch_from_loopback("http://a.example/")), "a.example could not be found.");
}

TEST(Fetcher, KeepsSecretsOfTheUrl) {
    const HostileServer server("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
    const auto fetched = fetch_from_loopback(server.url("127.0.0.1", "/secret?token=secret"));
    EXPECT_EQ(text_of(fetched), "The server at 127.0.0.1 answered 403.");
    EXPECT_EQ(fetched.error().detail().find("secret"), std::string::npos);
}

TEST(Fetcher, WantsTls) {
    const HostileServer server([](Visit& visit) { visit.send(answer("x")); });
    auto url = server.url();
    url.insert(4, "s");
    EXPECT_EQ(text_of(fetch_from_loopback(url)),
              "The server at 127.0.0.1 does not speak TLS as https needs it.");
}

}  // namespace
}  // namespace kinora::outbound
