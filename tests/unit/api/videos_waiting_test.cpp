// tests/unit/api/videos_waiting_test.cpp: calls that wait, come again, or watch.
#include "api/json_text.hpp"
#include "api/task_json.hpp"
#include "unit/api/videos_fixture.hpp"

#include <sstream>

namespace kinora::api {
namespace {

using namespace std::chrono_literals;

TEST_F(VideosTest, AResendJoinsWhoseAnswerDidNotArrive) {
    auto request = this->request(kPath, kBlocking);
    auto running = start_waiting(request);
    test::complete_all(*database, random, clock.now());
    answers_arrive = false;
    const auto lost = finish(running);
    EXPECT_EQ(lost.status, 200);

    answers_arrive = true;
    auto again = this->request(kPath, R"({"timeout": null, "prompt": "a boat"})");
    const auto response = call(again);
    EXPECT_EQ(json_of(response).at("task_id"), json_of(lost).at("task_id"));
    EXPECT_EQ(tasks().size(), 1U);
    EXPECT_TRUE(test::turn_until(io, [&] { return tasks().at(0).seen; }));

    auto third = this->request(kPath, kBlocking);
    auto waiting_again = start(third);
    EXPECT_TRUE(test::turn_until(io, [&] { return tasks().size() == 2; }));
    test::complete_all(*database, random, clock.now());
    EXPECT_EQ(finish(waiting_again).status, 200);
}

TEST_F(VideosTest, AResendAfterATimeoutJoins) {
    auto request = this->request(kPath, R"({"prompt": "a boat", "timeout": 1})");
    request.received_at -= 1s;
    const auto timed_out = call(request);
    EXPECT_EQ(timed_out.status, 504);
    auto again = this->request(kPath, R"({"timeout": 1.0, "prompt": "a boat"})");
    auto running = start(again);
    EXPECT_TRUE(test::turn_until(io, [&] { return waiting.count() == 1; }));
    test::complete_all(*database, random, clock.now());
    const auto response = finish(running);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(json_of(response).at("task_id"), json_of(timed_out).at("task_id"));
    EXPECT_EQ(tasks().size(), 1U);
}

TEST_F(VideosTest, AKeyJoinsAndAnotherBodyIsAConflict) {
    const auto with_key = [&](const std::string& body, std::string key = "key-1") {
        auto request = this->request(kPath, body);
        request.set("Idempotency-Key", std::move(key));
        return request;
    };
    auto first = with_key(kAsync), again = with_key(kAsync);
    const auto one = call(first), two = call(again);
    EXPECT_EQ(json_of(one).at("task_id"), json_of(two).at("task_id"));
    EXPECT_EQ(tasks().size(), 1U);
    auto other = with_key(R"({"prompt": "another", "async": true})");
    EXPECT_EQ(refusal_of(call(other), other), "409 bad_request");
    auto long_key = with_key(kAsync, std::string(256, 'k'));
    EXPECT_EQ(refusal_of(call(long_key), long_key), "400 bad_request");
    auto odd_key = with_key(kAsync, "k\xc3\xa9y");
    EXPECT_EQ(refusal_of(call(odd_key), odd_key), "400 bad_request");
    // A refused call stores nothing, so its key is free.
    auto bad = with_key(R"({"prompt": 7})", "key-2");
    EXPECT_EQ(refusal_of(call(bad), bad), "400 bad_request");
    auto good = with_key(kAsync, "key-2");
    EXPECT_EQ(call(good).status, 200);
    EXPECT_EQ(tasks().size(), 2U);
}

TEST_F(VideosTest, AStreamTellsOfEachChangeAndEndsWithTheResult) {
    auto request = this->request(kPath, kBlocking);
    request.set("Accept", "application/x-ndjson");
    const auto response = call(request);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "application/x-ndjson");
    test::complete_all(*database, random, clock.now());
    std::istringstream lines(read_all(response));
    std::vector<std::string> states;
    boost::json::object last;
    for (std::string line; std::getline(lines, line);) {
        last = boost::json::parse(line).as_object();
        states.emplace_back(last.at("state").as_string());
    }
    EXPECT_EQ(states, (std::vector<std::string>{"pending", "processing", "completed"}));
    EXPECT_EQ(last, boost::json::parse(to_text(task_response(tasks().at(0), request.base_url))));
}

TEST_F(VideosTest, AStreamEndsWithTheErrorsEnvelope) {
    auto request = this->request(kPath, kBlocking);
    request.set("Accept", "text/event-stream, */*;q=0.1");
    const auto response = call(request);
    EXPECT_EQ(response.content_type, "text/event-stream");
    test::fail_all(*database, "bad_request", "No such image.", clock.now());
    const auto all = read_all(response);
    EXPECT_TRUE(all.starts_with("event: progress\nid: 1\ndata: {")) << all;
    const auto at = all.find("event: error\n");
    ASSERT_NE(at, std::string::npos) << all;
    const auto data = all.substr(all.find("data: ", at) + 6);
    const auto envelope = boost::json::parse(data.substr(0, data.find('\n'))).as_object();
    EXPECT_EQ(envelope.at("error").at("code").as_string(), "bad_request");
    EXPECT_EQ(envelope.at("task_id").as_string(), tasks().at(0).id.str());
    EXPECT_EQ(envelope.at("trace_id").as_string(), request.trace_id.str());
    EXPECT_EQ(envelope.at("state").as_string(), "failed");
}

TEST_F(VideosTest, AStreamThatIsCutOffIsJoinedAgain) {
    answers_arrive = false;
    {
        auto request = this->request(kPath, kBlocking);
        request.set("Accept", "application/x-ndjson");
        const auto response = call(request);
    }
    answers_arrive = true;
    auto again = this->request(kPath, kBlocking);
    auto running = start(again);
    EXPECT_TRUE(test::turn_until(io, [&] { return waiting.count() == 1; }));
    test::complete_all(*database, random, clock.now());
    EXPECT_EQ(finish(running).status, 200);
    EXPECT_EQ(tasks().size(), 1U);
}

TEST_F(VideosTest, AnAsyncCallIsOneObjectWhateverItAccepts) {
    auto request = this->request(kPath, kAsync);
    request.set("Accept", "text/event-stream");
    EXPECT_EQ(call(request).content_type, "application/json");
}

}  // namespace
}  // namespace kinora::api
