// tests/unit/console/console_test.cpp: the page as it leaves the program.
#include "console/console.hpp"

#include "support/fake_request.hpp"
#include "support/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <string>

namespace kinora::console {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ConsoleTest : public testing::Test {
protected:
    ConsoleTest() { add_routes(router); }

    http::Response get(const std::string& path, const std::string& name = {},
                       const std::string& value = {}) {
        test::FakeRequest request(http::Method::get, path);
        if (!name.empty()) request.set(name, value);
        const auto match = router.find(http::Method::get, path);
        EXPECT_NE(match.route, nullptr) << path;
        return match.route == nullptr ? http::Response::empty(404)
                                      : test::run(io, match.route->handler(request));
    }
    static std::string text_of(const http::Response& response) {
        return std::get<std::string>(response.body);
    }
    static std::string header_of(const http::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) return value;
        }
        return {};
    }
    // Of the first script of the page's document.
    std::string script() {
        const auto document = text_of(get("/"));
        std::smatch found;
        EXPECT_TRUE(
            std::regex_search(document, found, std::regex(R"~(src="(/console/[^"]+\.js)")~")));
        return found[1];
    }

    asio::io_context io;
    http::Router router;
};

TEST_F(ConsoleTest, EveryPageIsTheSameDocument) {
    const auto document = get("/");
    EXPECT_EQ(document.status, 200);
    EXPECT_EQ(document.content_type, "text/html; charset=utf-8");
    EXPECT_THAT(text_of(document), StartsWith("<!doctype html>"));
    for (const auto* path : {"/login", "/setup", "/services/luma", "/documents/1", "/support",
                             "/guides/errors", "/admin/users/1"}) {
        EXPECT_EQ(text_of(get(path)), text_of(document)) << path;
    }
    EXPECT_NE(text_of(get("/reference")), text_of(document));
    EXPECT_EQ(router.find(http::Method::get, "/elsewhere").route, nullptr);
    EXPECT_EQ(router.find(http::Method::post, "/").route, nullptr);
}

TEST_F(ConsoleTest, NoScriptStandsInADocumentAndNoneComesFromElsewhere) {
    const std::regex inline_script(R"(<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+=|javascript:)");
    for (const auto* path : {"/", "/reference"}) {
        const auto document = get(path);
        EXPECT_FALSE(std::regex_search(text_of(document), inline_script)) << path;
        EXPECT_THAT(text_of(document), Not(HasSubstr("://"))) << path;
        const auto policy = header_of(document, "Content-Security-Policy");
        EXPECT_THAT(policy, StartsWith("default-src 'none'; script-src 'self'; style-src 'self'"));
        EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
        EXPECT_THAT(policy, HasSubstr("connect-src 'self';"));
        EXPECT_EQ(policy.find("unsafe-inline") != std::string::npos, path != std::string("/"));
        EXPECT_EQ(header_of(document, "Referrer-Policy"), "same-origin");
    }
}

TEST_F(ConsoleTest, FilesNamedByTheirContentMayBeKeptAndDocumentsMayNot) {
    EXPECT_EQ(header_of(get(script()), "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(header_of(get("/"), "Cache-Control"), "no-cache");
}

TEST_F(ConsoleTest, PacksForWhoTakesIt) {
    const auto plain = get(script());
    EXPECT_EQ(header_of(plain, "Content-Encoding"), "");
    EXPECT_EQ(header_of(plain, "Vary"), "Accept-Encoding");
    for (const auto* accepted : {"gzip", "br, gzip;q=0.5", "GZIP", "*"}) {
        const auto packed = get(script(), "Accept-Encoding", accepted);
        EXPECT_EQ(header_of(packed, "Content-Encoding"), "gzip") << accepted;
        EXPECT_LT(text_of(packed).size(), text_of(plain).size() / 2);
        EXPECT_EQ(text_of(packed).substr(0, 2), "\x1f\x8b");
    }
    for (const auto* accepted : {"", "br", "gzip;q=0", "gzip; q=0.000", "identity"}) {
        EXPECT_EQ(text_of(get(script(), "Accept-Encoding", accepted)), text_of(plain)) << accepted;
    }
}

TEST_F(ConsoleTest, WhatIsKnownIsNotSentAgain) {
    const auto document = get("/");
    const auto tag = header_of(document, "ETag");
    EXPECT_TRUE(std::regex_match(tag, std::regex("\"[0-9a-f]{20}\""))) << tag;
    for (const auto& known : {tag, "W/" + tag, "\"x\", " + tag, std::string("*")}) {
        const auto answer = get("/", "If-None-Match", known);
        EXPECT_EQ(answer.status, 304) << known;
        EXPECT_EQ(text_of(answer), "");
        EXPECT_EQ(header_of(answer, "ETag"), tag);
    }
    EXPECT_EQ(get("/", "If-None-Match", "\"x\"").status, 200);
    EXPECT_NE(header_of(get("/", "Accept-Encoding", "gzip"), "ETag"), tag);
}

TEST_F(ConsoleTest, WhoOpensAnUnknownAddressGetsThePageAndProgramsDoNot) {
    test::FakeRequest request(http::Method::get, "/elsewhere");
    EXPECT_FALSE(no_such_page(request));
    request.set("Accept", "*/*");
    EXPECT_FALSE(no_such_page(request));
    request.set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    const auto page = no_such_page(request);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->status, 404);
    EXPECT_EQ(text_of(*page), text_of(get("/")));
    EXPECT_EQ(header_of(*page, "Content-Security-Policy"),
              header_of(get("/"), "Content-Security-Policy"));
    EXPECT_EQ(header_of(*page, "ETag"), "");
    request.method = http::Method::post;
    EXPECT_FALSE(no_such_page(request));
}

TEST_F(ConsoleTest, EveryFileHasATypeAndIsServedByItsName) {
    EXPECT_TRUE(std::ranges::is_sorted(page_files(), {}, &PageFile::path));
    for (const auto& file : page_files()) {
        if (file.path.ends_with(".html")) continue;
        const auto answer = get(std::string(file.path));
        EXPECT_EQ(answer.content_type, file.content_type);
        EXPECT_EQ(text_of(answer).size(), file.plain.size());
        EXPECT_GT(file.plain.size(), 0U) << file.path;
    }
}

}  // namespace
}  // namespace kinora::console
