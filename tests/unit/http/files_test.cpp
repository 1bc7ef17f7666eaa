// unit/http/files_test.cpp: conditions and ranges, as tables and over a socket.
#include "http/files.hpp"

#include "unit/http/test_server.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace kinora::http {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

class FakeRequest final : public Request {
public:
    explicit FakeRequest(Headers headers) : headers_(std::move(headers)) { method = Method::get; }
    std::string_view header(std::string_view name) const override {
        for (const auto& [key, value] : headers_) {
            if (key == name) return value;
        }
        return {};
    }
    Async<Result<std::string>> body() override { co_return std::string(); }
    Async<Result<std::string>> body_piece() override { co_return std::string(); }

private:
    Headers headers_;
};

const TimePoint kModified{std::chrono::seconds(784111777)};
constexpr auto kDate = "Sun, 06 Nov 1994 08:49:37 GMT";
constexpr auto kEarlier = "Sun, 06 Nov 1994 08:49:36 GMT";
constexpr auto kLater = "Sun, 06 Nov 1994 08:49:38 GMT";

FileFacts facts() {
    return {1000, "abc", "video/mp4", "public, max-age=60", kModified + Milliseconds(500)};
}

Response serve(Headers headers) {
    const FakeRequest request(std::move(headers));
    return serve_file(request, ::open("/dev/null", O_RDONLY | O_CLOEXEC), facts());
}

std::string header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

TEST(Files, WeighsConditions) {
    struct Row {
        Headers headers;
        int status;
    };
    const Row rows[] = {
        {{}, 200},
        {{{"If-None-Match", "\"abc\""}}, 304},
        {{{"If-None-Match", "W/\"abc\""}}, 304},
        {{{"If-None-Match", "\"x,y\", \"abc\""}}, 304},
        {{{"If-None-Match", "*"}}, 304},
        {{{"If-None-Match", "\"abcd\""}}, 200},
        {{{"If-None-Match", "abc"}}, 200},
        {{{"If-None-Match", "\"abc"}}, 200},
        {{{"If-None-Match", "\"x\""}, {"If-Modified-Since", kDate}}, 200},
        {{{"If-Modified-Since", kDate}}, 304},
        {{{"If-Modified-Since", kLater}}, 304},
        {{{"If-Modified-Since", kEarlier}}, 200},
        {{{"If-Modified-Since", "nonsense"}}, 200},
        {{{"If-Match", "\"abc\""}}, 200},
        {{{"If-Match", "W/\"abc\""}}, 412},
        {{{"If-Match", "\"x\""}}, 412},
        {{{"If-Match", "*"}}, 200},
        {{{"If-Unmodified-Since", kDate}}, 200},
        {{{"If-Unmodified-Since", kEarlier}}, 412},
        {{{"Range", "bytes=0-9"}}, 206},
        {{{"Range", "bytes=0-9,20-29"}}, 200},
        {{{"Range", "bytes=1000-"}}, 416},
        {{{"Range", "nonsense"}}, 200},
        {{{"Range", "bytes=0-9"}, {"If-None-Match", "\"abc\""}}, 304},
        {{{"Range", "bytes=0-9"}, {"If-Range", "\"abc\""}}, 206},
        {{{"Range", "bytes=0-9"}, {"If-Range", "W/\"abc\""}}, 200},
        {{{"Range", "bytes=0-9"}, {"If-Range", "\"x\""}}, 200},
        {{{"Range", "bytes=0-9"}, {"If-Range", kDate}}, 206},
        {{{"Range", "bytes=0-9"}, {"If-Range", kLater}}, 200},
        {{{"Range", "bytes=1000-"}, {"If-Range", "\"x\""}}, 200},
    };
    for (const auto& row : rows) {
        const auto response = serve(row.headers);
        std::string shown;
        for (const auto& [key, value] : row.headers) shown += key + ": " + value + "; ";
        EXPECT_EQ(response.status, row.status) << shown;
    }
}

TEST(Files, SaysWhatItSends) {
    const auto whole = serve({});
    EXPECT_EQ(header(whole, "Accept-Ranges"), "bytes");
    EXPECT_EQ(header(whole, "ETag"), "\"abc\"");
    EXPECT_EQ(header(whole, "Last-Modified"), kDate);
    EXPECT_EQ(header(whole, "Cache-Control"), "public, max-age=60");
    EXPECT_EQ(whole.content_length, 1000u);
    const auto part = serve({{"Range", "bytes=-10"}});
    EXPECT_EQ(header(part, "Content-Range"), "bytes 990-999/1000");
    EXPECT_EQ(part.content_length, 10u);
    const auto outside = serve({{"Range", "bytes=2000-"}});
    EXPECT_EQ(header(outside, "Content-Range"), "bytes */1000");
    const auto unchanged = serve({{"If-None-Match", "*"}});
    EXPECT_EQ(header(unchanged, "ETag"), "\"abc\"");
    EXPECT_EQ(header(unchanged, "Cache-Control"), "public, max-age=60");
}

TEST(Files, AnswersHeadWithoutTheFile) {
    FakeRequest request(Headers{{"Range", "bytes=0-9"}});
    request.method = Method::head;
    const int descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    const auto response = serve_file(request, descriptor, facts());
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_length, 1000u);
    EXPECT_EQ(::fcntl(descriptor, F_GETFD), -1);  // Closed.
}

// A file of ten million known bytes in a folder of its own.
class FilesOverSockets : public testing::Test {
protected:
    void SetUp() override {
        auto pattern = (std::filesystem::temp_directory_path() / "kinora-files-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
        content_.resize(10'000'000);
        for (std::size_t i = 0; i < content_.size(); ++i)
            content_[i] = static_cast<char>(i * 7 + i / 251);
        std::ofstream(folder_ / "file", std::ios::binary) << content_;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    Router files(std::uint64_t claimed) {
        Router router;
        const auto path = (folder_ / "file").string();
        router.add(
            {Method::get, "/file", [path, claimed](Request& request) -> Async<Response> {
                 const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
                 co_return serve_file(request, descriptor, {claimed, "e", "video/mp4", "", {}});
             }});
        return router;
    }

    std::filesystem::path folder_;
    std::string content_;
};

TEST_F(FilesOverSockets, SendsWholeAndPart) {
    TestServer server(files(content_.size()));
    Client client(server.port());
    client.send(get("/file"));
    EXPECT_TRUE(client.read().body == content_);
    client.send(get("/file", "Range: bytes=5000000-5000099\r\n"));
    const auto part = client.read();
    EXPECT_EQ(part.status, 206);
    EXPECT_TRUE(part.body == content_.substr(5'000'000, 100));
    client.send("HEAD /file HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.read(Client::Body::none).header("Content-Length"), "10000000");
    client.send(get("/file", "If-None-Match: \"e\"\r\n"));
    EXPECT_EQ(client.read().status, 304);
    client.send(get("/file", "Range: bytes=-1\r\n"));
    EXPECT_TRUE(client.read().body == content_.substr(9'999'999));
}

TEST_F(FilesOverSockets, ClosesWhereTheFileIsShorterThanPromised) {
    TestServer server(files(content_.size() + 1));
    EXPECT_EQ(ask(server.port(), get("/file")).status, 0);
}

TEST_F(FilesOverSockets, SurvivesAClientThatLeavesInTheMiddle) {
    TestServer server(files(content_.size()));
    {
        Client client(server.port());
        client.send(get("/file"));
        await_connections(server, 1);
    }
    await_connections(server, 0);
    EXPECT_EQ(ask(server.port(), get("/file", "Range: bytes=0-0\r\n")).status, 206);
}

}  // namespace
}  // namespace kinora::http
