// tests/unit/api/task_events_test.cpp: a task followed from anywhere in its story to its end.
#include "api/task_events.hpp"

#include "storage/event_rows.hpp"
#include "storage/retention_rows.hpp"
#include "tasks/preview.hpp"
#include "unit/api/endpoint.hpp"

#include <fstream>
#include <sstream>

namespace kinora::api {
namespace {

using namespace std::chrono_literals;

class TaskEventsTest : public TaskEndpoint {
protected:
    TaskEventsTest() { endpoint.routes(router); }

    storage::TaskRow add_task() {
        return test::add_task(*database, test::make_task(account, random, clock.now()));
    }
    void report(const storage::Claim& claim, int progress) {
        database->write_now([&](storage::Session& session) {
            storage::extend_lease(session, claim, progress, 1s, clock.now(), clock.now() + 10s);
        });
    }
    http::Response follow(const storage::TaskRow& task, const std::string& last_event = "",
                          const std::string& query = "") {
        request = std::make_unique<test::FakeRequest>(http::Method::get,
                                                      "/api/v1/tasks/" + task.id.str() + "/events");
        request->query = query;
        request->set("Authorization", account.authorization());
        if (!last_event.empty()) request->set("Last-Event-ID", last_event);
        return call(*request);
    }
    // Of the last call's answer.
    std::string refused(const http::Response& response) { return refusal_of(response, *request); }

    // "progress 1; result 5; " of all that a stream says.
    static std::string summary(const std::string& stream) {
        std::istringstream lines(stream);
        std::string text, name, id;
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("event: ")) name = line.substr(7), id.clear();
            if (line.starts_with("id: ")) id = ' ' + line.substr(4);
            if (line.starts_with("data: ")) text += name + id + "; ";
        }
        return text;
    }

    TaskEvents endpoint{{flaky, access, watch, media, pool, clock}};
    std::unique_ptr<test::FakeRequest> request;
};

TEST_F(TaskEventsTest, TellsTheWholeStory) {
    const auto task = add_task();
    const auto claim = test::claim(*database, "worker", clock.now());
    report(claim, 10);
    report(claim, 60);
    const auto response = follow(task);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "text/event-stream");
    EXPECT_EQ(header_of(response, "Cache-Control"), "no-cache");
    database->write_now([&](storage::Session& session) {
        storage::complete_task(session, claim, test::make_video(task, random), 1s, clock.now());
    });
    const auto all = read_all(response);
    EXPECT_EQ(summary(all), "progress 1; progress 2; progress 3; progress 4; result 5; ");
    EXPECT_NE(all.find(R"("state":"processing","progress":10})"), std::string::npos);
    EXPECT_NE(all.find(R"("success":true)"), std::string::npos);
}

TEST_F(TaskEventsTest, GoesOnWhereItWasCutOff) {
    const auto task = add_task();
    const auto claim = test::claim(*database, "worker", clock.now());
    report(claim, 10);
    report(claim, 60);
    database->write_now([&](storage::Session& session) {
        storage::fail_task(session, claim, "api_error", "It broke.", 1s, clock.now());
    });
    EXPECT_EQ(summary(read_all(follow(task, "3"))), "progress 4; error 5; ");
    EXPECT_EQ(summary(read_all(follow(task, "4"))), "error 5; ");
    EXPECT_EQ(summary(read_all(follow(task, "", "last_event_id=4"))), "error 5; ");
    EXPECT_EQ(follow(task, "5").status, 204) << "it has heard of the end";
}

TEST_F(TaskEventsTest, WhatIsForgottenStillHasAnEnd) {
    const auto task = add_task();
    test::complete_all(*database, random, clock.now());
    database->write_now(
        [&](storage::Session& session) { storage::forget_events(session, clock.now() + 1s, 10); });
    EXPECT_EQ(summary(read_all(follow(task))), "progress 1; result 2; ");
    EXPECT_EQ(follow(task, "3").status, 204);
}

TEST_F(TaskEventsTest, ADeletedTaskEndsTheStream) {
    const auto task = add_task();
    const auto response = follow(task);
    database->write_now([&](storage::Session& session) {
        storage::cancel_task(session, task.id, "", clock.now());
        storage::delete_task(session, storage::find_task(session, task.id).value(),
                             storage::Delivery::removed, clock.now());
    });
    const auto all = read_all(response);
    EXPECT_EQ(summary(all), "error; ");
    EXPECT_NE(all.find(R"("code":"cancelled")"), std::string::npos);
}

TEST_F(TaskEventsTest, PreviewsComeWhereTheyAreAskedFor) {
    const auto task = add_task();
    const auto claim = test::claim(*database, "worker", clock.now());
    const auto preview = media.part(task.id, claim.attempt, tasks::kPreviewPart);
    std::ofstream(preview) << "a small picture";
    const auto stream =
        std::get<std::shared_ptr<http::BodyStream>>(follow(task, "", "previews=true").body);
    const auto piece = test::run(io, stream->next()).value();
    EXPECT_EQ(summary(piece), "progress 1; progress 2; preview; ");
    EXPECT_NE(piece.find("data:image/jpeg;base64,YSBzbWFsbCBwaWN0dXJl"), std::string::npos);
    const auto wanted = database->read_now(
        [&](storage::Session& session) { return storage::previews_wanted(session, task.id); });
    EXPECT_GT(*wanted, clock.now());

    const auto plain = std::get<std::shared_ptr<http::BodyStream>>(follow(task).body);
    EXPECT_EQ(summary(test::run(io, plain->next()).value()), "progress 1; progress 2; ");
}

TEST_F(TaskEventsTest, RefusesWhatIsWrong) {
    const auto task = add_task();
    for (const auto* id : {"x", "-1", "1x", "99999999999999"}) {
        EXPECT_EQ(refused(follow(task, id)), "400 bad_request") << id;
    }
    EXPECT_EQ(refused(follow(task, "", "previews=maybe")), "400 bad_request");
    auto unknown = task;
    unknown.id = TaskId::make(random);
    EXPECT_EQ(refused(follow(unknown)), "404 not_found");
    account = test::add_account(*database, random);
    EXPECT_EQ(refused(follow(task)), "404 not_found");
    test::FakeRequest nobody(http::Method::get, "/api/v1/tasks/x/events");
    EXPECT_EQ(refusal_of(call(nobody), nobody), "401 no_token");
}

}  // namespace
}  // namespace kinora::api
