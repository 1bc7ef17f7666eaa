// tests/unit/api/media_test.cpp: GET /media/<name> serves what is finished, by its whole name only.
#include "api/media.hpp"

#include "base/pool.hpp"
#include "storage/retention_rows.hpp"
#include "unit/api/endpoint.hpp"

#include <unistd.h>

namespace kinora::api {
namespace {

constexpr const char* kClip = "0123456789abcdef0123456789abcdef.mp4";
constexpr const char* kPicture = "0123456789abcdef0123456789abcdef.jpg";

class MediaTest : public Endpoint {
protected:
    MediaTest() {
        endpoint.routes(router);
        std::ofstream(folder.files() / kClip) << "0123456789";
        std::ofstream(folder.files() / kPicture) << "a picture";
    }

    http::Response get(const std::string& name, const std::string& range = {}) {
        test::FakeRequest request(http::Method::get, "/media/" + name);
        if (!range.empty()) request.set("Range", range);
        return call(request);
    }
    static std::string file_of(const http::Response& response) {
        const auto& file = std::get<std::shared_ptr<http::OwnedFile>>(response.body)->get();
        std::string text(file.size_bytes, '\0');
        const auto got = ::pread(file.descriptor, text.data(), text.size(), off_t(file.offset));
        text.resize(got < 0 ? 0 : std::size_t(got));
        return text;
    }

    storage::MediaFolder folder = *storage::MediaFolder::open(database.folder().path());
    Pool pool{1};
    Media endpoint{folder, pool, flaky, Milliseconds(0)};
};

TEST_F(MediaTest, ServesAClip) {
    const auto response = get(kClip);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "video/mp4");
    EXPECT_EQ(file_of(response), "0123456789");
    EXPECT_EQ(header_of(response, "ETag"), "\"0123456789abcdef0123456789abcdef\"");
    EXPECT_NE(header_of(response, "Cache-Control").find("immutable"), std::string::npos);
    EXPECT_EQ(header_of(response, "Accept-Ranges"), "bytes");
    EXPECT_NE(header_of(response, "Last-Modified"), "");
    EXPECT_EQ(header_of(response, "X-Content-Type-Options"), "")
        << "the server says it to every answer";
}

TEST_F(MediaTest, ServesAThumbnail) {
    const auto response = get(kPicture);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "image/jpeg");
    EXPECT_EQ(file_of(response), "a picture");
}

TEST_F(MediaTest, ServesAPart) {
    const auto response = get(kClip, "bytes=2-4");
    EXPECT_EQ(response.status, 206);
    EXPECT_EQ(file_of(response), "234");
    EXPECT_EQ(header_of(response, "Content-Range"), "bytes 2-4/10");
    EXPECT_EQ(get(kClip, "bytes=10-").status, 416);
}

TEST_F(MediaTest, AnswersWhoHasItAlready) {
    test::FakeRequest request(http::Method::get, "/media/" + std::string(kClip));
    request.set("If-None-Match", "\"0123456789abcdef0123456789abcdef\"");
    EXPECT_EQ(call(request).status, 304);
}

TEST_F(MediaTest, AnswersHead) {
    test::FakeRequest request(http::Method::head, "/media/" + std::string(kClip));
    const auto response = call(request);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_length, 10U);
}

TEST_F(MediaTest, KnowsNothingElse) {
    std::ofstream(folder.files() / "secret.txt") << "secret";
    std::ofstream(folder.files() / "0123456789abcdef0123456789abcdef.txt") << "secret";
    for (const std::string name :
         {"ffffffffffffffffffffffffffffffff.mp4", "0123456789ABCDEF0123456789ABCDEF.mp4",
          "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef.txt", "secret.txt",
          "..", ".", "kinora.db", "%2e%2e", "0123456789abcdef0123456789abcdef.mp4~"}) {
        test::FakeRequest request(http::Method::get, "/media/" + name);
        EXPECT_EQ(refusal_of(call(request), request), "404 not_found") << name;
    }
    for (const std::string path : {"/media/../kinora.db", "/media/a/b", "/media"}) {
        EXPECT_EQ(router.find(http::Method::get, path).route, nullptr) << path;
    }
}

TEST_F(MediaTest, AsksForNoTokenAndAllowsEveryOrigin) {
    const auto match = router.find(http::Method::get, "/media/" + std::string(kClip));
    EXPECT_EQ(match.origins, http::Origins::any);
    EXPECT_EQ(flaky.writes(), 0);
    EXPECT_EQ(router.find(http::Method::post, "/media/" + std::string(kClip)).route, nullptr);
}

TEST_F(MediaTest, AnExpiredFileIsGone) {
    const auto task = test::add_task(*database, test::make_task(account, random, clock.now()));
    test::complete_all(*database, random, clock.now());
    const auto video = *test::find_task(*database, task.id).video;
    const auto status = [&](const std::string& name) {
        test::FakeRequest request(http::Method::get, "/media/" + name);
        return refusal_of(call(request), request);
    };
    EXPECT_EQ(status(video.video_name), "404 not_found") << "its file was never there";
    database->write_now([&](storage::Session& session) {
        storage::expire_files(session, clock.now() + Milliseconds(1), clock.now(), 10);
    });
    EXPECT_EQ(status(video.video_name), "410 expired");
    EXPECT_EQ(status(video.thumbnail_name), "410 expired");
    EXPECT_EQ(status("0123456789abcdef0123456789abcdee.mp4"), "404 not_found");
    EXPECT_EQ(status("passwd"), "404 not_found");
}

TEST_F(MediaTest, CachesKeepNothingLongerThanWeDo) {
    Media kept(folder, pool, flaky, Milliseconds(90'000));
    http::Router other;
    kept.routes(other);
    router = other;
    EXPECT_EQ(header_of(get(kClip), "Cache-Control"), "public, max-age=90, immutable");
}

}  // namespace
}  // namespace kinora::api
