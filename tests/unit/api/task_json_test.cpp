// tests/unit/api/task_json_test.cpp: tasks and results, to the letter and in the order of the
// contract.
#include "api/task_json.hpp"

#include "api/json_text.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace kinora::api {
namespace {

namespace json = boost::json;
using storage::TaskRow;
using storage::TaskState;

constexpr const char* kBase = "https://video.example.com";

template <class Id>
Id id(const std::string& digit) {
    return *Id::parse(digit + "0000000-0000-4000-8000-000000000000");
}

TaskRow pending_task() {
    TaskRow task;
    task.id = id<TaskId>("1");
    task.user_id = id<UserId>("2");
    task.application_id = id<ApplicationId>("3");
    task.credential_id = id<CredentialId>("4");
    task.trace_id = id<TraceId>("5");
    task.type = "videos";
    task.api_id = "94fc9028-5a9f-4875-aae4-38463bd30ac5";
    task.request_json = R"({"prompt":"a boat","async":true,"unknown":[1,null]})";
    task.base_url = "http://elsewhere";
    task.created_at = from_unix_ms(1'763'676'000'000);
    return task;
}

TaskRow processing_task() {
    auto task = pending_task();
    task.state = TaskState::processing;
    task.started_at = from_unix_ms(1'763'676'001'250);
    task.progress = 42;
    task.attempt = 1;
    task.lease_owner = "node/1";
    return task;
}

TaskRow completed_task() {
    auto task = processing_task();
    task.state = TaskState::completed;
    task.finished_at = from_unix_ms(1'763'676'005'373);
    task.progress = 100;
    storage::VideoRow video;
    video.id = id<VideoId>("6");
    video.video_name = "0123456789abcdef0123456789abcdef.mp4";
    video.thumbnail_name = "fedcba9876543210fedcba9876543210.jpg";
    video.width = video.thumbnail_width = 1360;
    video.height = video.thumbnail_height = 752;
    video.fps = 24;
    video.frame_count = 120;
    video.duration = Milliseconds(5'000);
    video.engine = "storyboard";
    video.seed = 4294967295;
    video.notes_json = "[]";
    task.video = video;
    return task;
}

TaskRow failed_task() {
    auto task = processing_task();
    task.state = TaskState::failed;
    task.finished_at = from_unix_ms(1'763'676'005'000);
    task.error_code = "api_error";
    task.error_message = "The video could not be made.";
    return task;
}

const std::string kIds =
    R"("_id":"10000000-0000-4000-8000-000000000000",)"
    R"("id":"10000000-0000-4000-8000-000000000000","type":"videos",)"
    R"("api_id":"94fc9028-5a9f-4875-aae4-38463bd30ac5",)"
    R"("application_id":"30000000-0000-4000-8000-000000000000",)"
    R"("credential_id":"40000000-0000-4000-8000-000000000000",)"
    R"("user_id":"20000000-0000-4000-8000-000000000000",)"
    R"("trace_id":"50000000-0000-4000-8000-000000000000","created_at":1763676000.0,)";
const std::string kRequest = R"("request":{"prompt":"a boat","async":true,"unknown":[1,null]},)";
const std::string kDataId = R"(,"id":"10000000-0000-4000-8000-000000000000")";

// The whole task: `response`, without its last brace, stands in `response` and in `data`.
std::string whole(const std::string& times, const std::string& response) {
    return "{" + kIds + times + kRequest + R"("response":)" + response + R"(},"data":)" + response +
           kDataId + "}}";
}

TEST(TaskJson, OfAWaitingTask) {
    const std::string response =
        R"({"task_id":"10000000-0000-4000-8000-000000000000","state":"pending","progress":0)";
    EXPECT_EQ(to_text(task_object(pending_task(), kBase)), whole("", response));
    EXPECT_EQ(to_text(task_response(pending_task(), kBase)), response + "}");
}

TEST(TaskJson, OfATaskBeingWorkedOn) {
    const std::string response =
        R"({"task_id":"10000000-0000-4000-8000-000000000000","state":"processing","progress":42)";
    EXPECT_EQ(to_text(task_object(processing_task(), kBase)),
              whole(R"("started_at":1763676001.25,)", response));
}

// A poller sees nothing odd when a worker dies: neither state nor progress goes back.
TEST(TaskJson, OfATaskThatWentBackToTheQueue) {
    auto task = processing_task();
    task.state = TaskState::pending;
    task.lease_owner = "";
    EXPECT_EQ(to_text(task_object(task, kBase)), to_text(task_object(processing_task(), kBase)));
}

const std::string kResult =
    R"({"success":true,"task_id":"10000000-0000-4000-8000-000000000000",)"
    R"("trace_id":"50000000-0000-4000-8000-000000000000",)"
    R"("video_id":"60000000-0000-4000-8000-000000000000","prompt":"a boat",)"
    R"("video_url":"https://video.example.com/media/0123456789abcdef0123456789abcdef.mp4",)"
    R"("video_width":1360,"video_height":752,"state":"completed",)"
    R"("thumbnail_url":"https://video.example.com/media/fedcba9876543210fedcba9876543210.jpg",)"
    R"("thumbnail_width":1360,"thumbnail_height":752,"duration":5.0,"fps":24.0,)"
    R"("engine":"storyboard","seed":4294967295)";
const std::string kTimes =
    R"("started_at":1763676001.25,"finished_at":1763676005.373,"elapsed":4.123,)";

TEST(TaskJson, OfACompletedTask) {
    EXPECT_EQ(to_text(task_response(completed_task(), kBase)), kResult + "}");
    EXPECT_EQ(to_text(task_object(completed_task(), kBase)), whole(kTimes, kResult));
}

TEST(TaskJson, OfACompletedTaskWithNotes) {
    auto task = completed_task();
    task.video->notes_json = R"(["The word `zeppelin` could not be drawn.","And more."])";
    EXPECT_EQ(to_text(task_response(task, kBase)),
              kResult + R"(,"notes":["The word `zeppelin` could not be drawn.","And more."]})");
}

TEST(TaskJson, OfAFailedTask) {
    const std::string response =
        R"({"success":false,"task_id":"10000000-0000-4000-8000-000000000000",)"
        R"("trace_id":"50000000-0000-4000-8000-000000000000","state":"failed",)"
        R"("error":{"code":"api_error","message":"The video could not be made."})";
    EXPECT_EQ(to_text(task_response(failed_task(), kBase)), response + "}");
    EXPECT_EQ(to_text(task_object(failed_task(), kBase)),
              whole(R"("started_at":1763676001.25,"finished_at":1763676005.0,"elapsed":3.75,)",
                    response));
}

TEST(TaskJson, OfATaskCancelledBeforeItBegan) {
    auto task = pending_task();
    task.state = TaskState::cancelled;
    task.finished_at = from_unix_ms(1'763'676'002'000);
    task.error_code = "cancelled";
    task.error_message = "You cancelled this task.";
    const std::string response =
        R"({"success":false,"task_id":"10000000-0000-4000-8000-000000000000",)"
        R"("trace_id":"50000000-0000-4000-8000-000000000000","state":"cancelled",)"
        R"("error":{"code":"cancelled","message":"You cancelled this task."})";
    EXPECT_EQ(to_text(task_object(task, kBase)), whole(R"("finished_at":1763676002.0,)", response));
}

TEST(TaskJson, SaysNothingOfSuccessBeforeTheEnd) {
    for (const auto& task : {pending_task(), processing_task()}) {
        const auto object = task_object(task, kBase);
        EXPECT_FALSE(object.at("response").as_object().contains("success"));
        EXPECT_FALSE(object.at("data").as_object().contains("success"));
        EXPECT_FALSE(object.contains("success"));
    }
}

TEST(TaskJson, DataIsTheResponseWithTheId) {
    for (const auto& task : {pending_task(), processing_task(), completed_task(), failed_task()}) {
        const auto object = task_object(task, kBase);
        auto data = object.at("data").as_object();
        EXPECT_EQ(data.at("id").as_string(), task.id.str());
        data.erase("id");
        EXPECT_EQ(json::value(data), object.at("response"));
    }
}

TEST(TaskJson, LinksStartWhereTheReaderIs) {
    const auto text = to_text(task_object(completed_task(), "http://127.0.0.1:8080"));
    EXPECT_NE(text.find("http://127.0.0.1:8080/media/0123"), std::string::npos);
    EXPECT_EQ(text.find("elsewhere"), std::string::npos);
}

TEST(TaskJson, TimesHaveMilliseconds) {
    auto task = completed_task();
    task.created_at = from_unix_ms(1'763'676'000'001);
    task.started_at = from_unix_ms(1'763'676'000'999);
    task.finished_at = from_unix_ms(1'763'676'001'000);
    const auto text = to_text(task_object(task, kBase));
    EXPECT_NE(text.find(R"("created_at":1763676000.001,"started_at":1763676000.999,)"
                        R"("finished_at":1763676001.0,"elapsed":0.001,)"),
              std::string::npos)
        << text;
}

TEST(TaskJson, ShowsTheRequestAsItWas) {
    auto task = completed_task();
    task.request_json =
        R"({"unknown":{"b":1,"a":[1.5,"\u0000"]},"prompt":"\"Quotes\" \u00e9 \ud83c\udf0a"})";
    const auto object = task_object(task, kBase);
    EXPECT_EQ(object.at("request"), json::parse(task.request_json));
    EXPECT_EQ(object.at("response").at("prompt").as_string(),
              "\"Quotes\" \xc3\xa9 \xf0\x9f\x8c\x8a");
}

}  // namespace
}  // namespace kinora::api
