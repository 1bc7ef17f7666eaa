// tests/unit/api/videos_test.cpp: POST /luma/videos, from the token to the answer.
#include "api/videos.hpp"

#include "api/json_text.hpp"
#include "api/task_json.hpp"
#include "unit/api/videos_fixture.hpp"

#include <set>

namespace kinora::api {
namespace {

using namespace std::chrono_literals;

TEST_F(VideosTest, AsksForATokenBeforeItReadsTheBody) {
    test::FakeRequest request(http::Method::post, kPath, "no JSON");
    request.set("Content-Type", "text/plain");
    EXPECT_EQ(refusal_of(call(request), request), "401 no_token");
    request.set("Authorization", "Bearer unknown");
    EXPECT_EQ(refusal_of(call(request), request), "401 invalid_token");
    EXPECT_EQ(request.body_calls(), 0);
}

TEST_F(VideosTest, LooksAtTheContentTypeBeforeItReadsTheBody) {
    auto request = this->request(kPath, kAsync);
    request.set("Content-Type", "multipart/form-data; boundary=x");
    EXPECT_EQ(refusal_of(call(request), request), "415 bad_request");
    EXPECT_EQ(request.body_calls(), 0);
}

TEST_F(VideosTest, PassesOnWhatIsWrongWithTheBody) {
    auto large = request(kPath);
    large.fail_body_with(Error(ErrorCode::too_large, "The body is too large."));
    EXPECT_EQ(refusal_of(call(large), large), "413 bad_request");
    auto slow = request(kPath);
    slow.fail_body_with(Error(ErrorCode::request_timeout, "The body came too slowly."));
    EXPECT_EQ(refusal_of(call(slow), slow), "408 bad_request");
    EXPECT_TRUE(tasks().empty());
}

TEST_F(VideosTest, RefusesBadBodiesAndWritesNoTask) {
    const std::string table[] = {
        "",
        "[]",
        "{",
        "{}",
        R"({"prompt": ""})",
        R"({"prompt": 7})",
        R"({"prompt": "a boat", "aspect_ratio": "2:1"})",
        R"({"prompt": "a boat", "callback_url": "https://private.example/hook"})",
        R"({"prompt": "a boat", "async": true, "unknown": 1e999})",
    };
    for (const auto& body : table) {
        auto request = this->request(kPath, body);
        EXPECT_EQ(refusal_of(call(request), request), "400 bad_request") << body;
    }
    EXPECT_TRUE(tasks().empty());
    EXPECT_EQ(endings->waiting_count(), 0U);
}

TEST_F(VideosTest, AnswersAtOnceWhereAsked) {
    auto request = this->request(kPath, kAsync);
    const auto response = call(request);
    ASSERT_EQ(tasks().size(), 1U);
    const auto task = tasks().front();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(text_of(response), R"({"success":true,"task_id":")" + task.id.str() +
                                     R"(","trace_id":")" + request.trace_id.str() + "\"}");
    EXPECT_EQ(header_of(response, "Location"), "http://kinora.test:8080/luma/tasks");
    // Clients take such a key for a finished job.
    for (const auto& field : json_of(response)) {
        const std::string_view key = field.key();
        EXPECT_FALSE(key == "url" || key.ends_with("_url")) << key;
    }
    EXPECT_EQ(endings->waiting_count(), 0U);
}

TEST_F(VideosTest, KeepsTheCallAsATask) {
    auto request = this->request(kPath, kAsync);
    call(request);
    const auto task = tasks().at(0);
    EXPECT_EQ(task.state, TaskState::pending);
    EXPECT_EQ(task.user_id, account.user.id);
    EXPECT_EQ(task.application_id, account.application.id);
    EXPECT_EQ(task.credential_id, account.credential.id);
    EXPECT_EQ(task.trace_id, request.trace_id);
    EXPECT_EQ(task.type, "videos");
    EXPECT_EQ(task.request_json, R"({"prompt":"a boat","async":true,"unknown":[1,null]})");
    EXPECT_EQ(task.base_url, request.base_url);
    EXPECT_EQ(task.created_at, clock.now());
    EXPECT_EQ(tasks::parse_brief(task.brief_json)->prompt, "a boat");
}

TEST_F(VideosTest, EachCallIsATaskWithASeedOfItsOwn) {
    for (int i = 0; i < 3; ++i) {
        auto request = this->request(kPath, kAsync);
        call(request);
    }
    std::set<std::uint64_t> seeds;
    for (const auto& task : tasks()) seeds.insert(tasks::parse_brief(task.brief_json)->seed);
    EXPECT_EQ(seeds.size(), 3U);
}

TEST_F(VideosTest, KeepsPromptsOfEveryKind) {
    const std::string table[] = {R"(a\u0000b)",        R"(\ud83c\udf0a)",
                                 "caf\xc3\xa9",        R"(\"; DROP TABLE tasks; --)",
                                 R"(:id ?1 $1 %s {})", R"(two\nlines)"};
    for (const auto& prompt : table) {
        auto request = this->request(kPath, R"({"async": true, "prompt": ")" + prompt + "\"}");
        ASSERT_EQ(call(request).status, 200) << prompt;
        const auto task = tasks().at(0);
        const auto sent = boost::json::parse('"' + prompt + '"').as_string();
        EXPECT_EQ(tasks::parse_brief(task.brief_json)->prompt, sent);
        EXPECT_EQ(boost::json::parse(task.request_json).at("prompt").as_string(), sent);
        clock.advance(1ms);
    }
}

TEST_F(VideosTest, SamplesOfTheDocumentationCountAsAbsent) {
    auto request = this->request(kPath,
                                 R"({"prompt": "a boat", "async": true,
            "start_image_url": "https://example.com/sample.png"})");
    EXPECT_EQ(call(request).status, 200);
}

TEST_F(VideosTest, ABlockingCallIsAnsweredWithTheResult) {
    auto request = this->request(kPath, kBlocking);
    auto running = start_waiting(request);
    EXPECT_EQ(endings->waiting_count(), 1U);
    test::complete_all(*database, random, clock.now());
    const auto response = finish(running);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "application/json");
    EXPECT_EQ(text_of(response), to_text(task_response(tasks().at(0), request.base_url)));
    const auto result = json_of(response);
    EXPECT_TRUE(result.at("success").as_bool());
    EXPECT_EQ(result.at("trace_id").as_string(), request.trace_id.str());
    EXPECT_EQ(endings->waiting_count(), 0U);
}

TEST_F(VideosTest, ABlockingCallIsAnsweredWithTheFailure) {
    EXPECT_EQ(refusal_after("api_error", "The video could not be made."), "500 api_error");
    EXPECT_EQ(refusal_after("bad_request", "The image is no image."), "400 bad_request");
    EXPECT_EQ(refusal_after("timeout", "The work took too long."), "504 timeout");
    EXPECT_EQ(refusal_after("cancelled", "You cancelled it."), "409 cancelled");
}

TEST_F(VideosTest, ATimeoutLeavesTheTaskAtWork) {
    auto request = this->request(kPath, R"({"prompt": "a boat", "timeout": 1})");
    request.received_at -= 1s;
    const auto response = call(request);
    EXPECT_EQ(refusal_of(response, request), "504 timeout");
    ASSERT_EQ(tasks().size(), 1U);
    EXPECT_EQ(json_of(response).at("task_id").as_string(), tasks().front().id.str());
    EXPECT_EQ(tasks().front().state, TaskState::pending);
    EXPECT_EQ(endings->waiting_count(), 0U);
}

TEST_F(VideosTest, ShuttingDownAnswersWhoWaits) {
    auto request = this->request(kPath, kBlocking);
    auto running = start_waiting(request);
    endings->shut_down();
    const auto response = finish(running);
    EXPECT_EQ(refusal_of(response, request), "503 api_error");
    EXPECT_NE(header_of(response, "Retry-After"), "");
    EXPECT_EQ(json_of(response).at("task_id").as_string(), tasks().at(0).id.str());
    EXPECT_EQ(tasks().at(0).state, TaskState::pending);
}

TEST_F(VideosTest, ACallThatIsGivenUpLeavesItsPlace) {
    {
        asio::io_context gone;
        auto request = this->request(kPath, kBlocking);
        auto match = router.find(request.method, request.path);
        test::Running<http::Response> running(gone.get_executor(), match.route->handler(request));
        ASSERT_TRUE(test::turn_until(gone, [&] { return tasks().size() == 1; }));
        gone.restart();
        gone.poll();
        EXPECT_EQ(endings->waiting_count(), 1U);
    }
    EXPECT_EQ(endings->waiting_count(), 0U);
    EXPECT_EQ(tasks().at(0).state, TaskState::pending);
}

TEST_F(VideosTest, AFullDiskIsSaidToTheCaller) {
    flaky.fail_with(storage::DiskFull("no room"), test::FlakyDatabase::Failing::writes);
    for (const auto* body : {kAsync, kBlocking}) {
        auto request = this->request(kPath, body);
        const auto response = call(request);
        EXPECT_EQ(refusal_of(response, request), "503 api_error");
        EXPECT_NE(header_of(response, "Retry-After"), "");
        EXPECT_FALSE(json_of(response).contains("task_id"));
    }
    EXPECT_TRUE(tasks().empty());
    EXPECT_EQ(endings->waiting_count(), 0U);
}

TEST_F(VideosTest, ABrokenDatabaseGoesToTheFence) {
    flaky.fail_with(std::runtime_error("broken"), test::FlakyDatabase::Failing::writes);
    auto request = this->request(kPath, kBlocking);
    EXPECT_THROW(call(request), std::runtime_error);
    EXPECT_EQ(endings->waiting_count(), 0U);
}

TEST_F(VideosTest, TakesPostOnly) {
    EXPECT_EQ(router.find(http::Method::get, kPath).route, nullptr);
    const auto match = router.find(http::Method::post, kPath);
    ASSERT_NE(match.route, nullptr);
    EXPECT_EQ(match.origins, http::Origins::any);
    EXPECT_EQ(match.route->body_limit_bytes, 72U * 1024 * 1024);
}

TEST_F(VideosTest, ACallbackIsKeptWithItsReceiver) {
    auto request = this->request(
        kPath,
        R"({"prompt": "a boat", "priority": "low", "callback_url": "https://hooks.example/a"})");
    const auto response = call(request);
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(json_of(response).at("success").as_bool());
    EXPECT_EQ(tasks().at(0).callback_url, "https://hooks.example/a");
    EXPECT_EQ(tasks().at(0).callback_receiver, "hooks.example:443");
    EXPECT_EQ(tasks().at(0).priority, -1);
    auto refused =
        this->request(kPath, R"({"prompt": "a boat", "callback_url": "https://10.0.0.1/"})");
    EXPECT_EQ(message_of(call(refused)),
              "`callback_url` cannot be used. hooks.example is a private address.");
}

TEST_F(VideosTest, TheQueueOfATokenIsBounded) {
    auto small = test::make_account(random);
    small.credential.limit_queued = 1;
    test::write(*database, small);
    account = small;
    auto first = request(kPath, kAsync);
    EXPECT_EQ(call(first).status, 200);
    auto second = request(kPath, kAsync);
    const auto response = call(second);
    EXPECT_EQ(refusal_of(response, second), "429 too_many_requests");
    EXPECT_EQ(header_of(response, "RateLimit-Limit"), "1");
    EXPECT_EQ(header_of(response, "RateLimit-Remaining"), "0");
    EXPECT_NE(header_of(response, "RateLimit-Reset"), "");
    EXPECT_NE(header_of(response, "Retry-After"), "");
}

TEST_F(VideosTest, WithoutRoomNewWorkIsRefused) {
    storage::DiskRoom none(media, clock, {std::uint64_t{1} << 62, 0});
    Videos full({flaky, media, none, pool, access, watch, waiting, clock, random, {}, {}});
    http::Router other;
    full.routes(other);
    router = other;
    auto request = this->request(kPath, kAsync);
    const auto response = call(request);
    EXPECT_EQ(refusal_of(response, request), "503 api_error");
    EXPECT_NE(header_of(response, "Retry-After"), "");
    EXPECT_TRUE(tasks().empty());
}

}  // namespace
}  // namespace kinora::api
