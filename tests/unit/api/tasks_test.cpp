// tests/unit/api/tasks_test.cpp: POST /luma/tasks, one task or many, and never somebody else's.
#include "api/tasks.hpp"

#include "api/json_text.hpp"
#include "api/task_json.hpp"
#include "storage/delivery_rows.hpp"
#include "storage/retention_rows.hpp"
#include "unit/api/endpoint.hpp"

#include <fstream>

namespace kinora::api {
namespace {

using namespace std::chrono_literals;
using storage::TaskRow;

constexpr const char* kTasksPath = "/luma/tasks";

class TasksTest : public TaskEndpoint {
protected:
    TasksTest() { endpoint.routes(router); }

    TaskRow add_task() { return add_task(account); }
    TaskRow add_task(const test::Account& owner) {
        clock.advance(1s);
        return test::add_task(*database, test::make_task(owner, random, clock.now()));
    }
    // A second application of the account's user.
    test::Account add_application() {
        auto other = test::make_account(random);
        other.user = account.user;
        other.application.user_id = other.credential.user_id = account.user.id;
        database->write_now([&](storage::Session& session) {
            storage::insert_application(session, other.application);
            storage::insert_credential(session, other.credential);
        });
        return other;
    }

    boost::json::object ask(const std::string& body) {
        auto request = this->request(kTasksPath, body);
        const auto response = call(request);
        EXPECT_EQ(response.status, 200) << body << ": " << text_of(response);
        return json_of(response);
    }
    std::string refusal(const std::string& body) {
        auto request = this->request(kTasksPath, body);
        return refusal_of(call(request), request);
    }
    std::string message(const std::string& body) {
        auto request = this->request(kTasksPath, body);
        return message_of(call(request));
    }
    // Ids of the items, in order.
    static std::vector<std::string> ids_of(const boost::json::object& page) {
        std::vector<std::string> ids;
        for (const auto& item : page.at("items").as_array()) {
            ids.emplace_back(item.at("id").as_string());
        }
        return ids;
    }
    static std::string quoted(const TaskRow& task) { return '"' + task.id.str() + '"'; }

    Tasks endpoint{flaky, access, watch, media, pool, clock};
};

TEST_F(TasksTest, AsksForATokenBeforeItReadsTheBody) {
    test::FakeRequest request(http::Method::post, kTasksPath, "{}");
    EXPECT_EQ(refusal_of(call(request), request), "401 no_token");
    request.set("Authorization", "Bearer unknown");
    EXPECT_EQ(refusal_of(call(request), request), "401 invalid_token");
    request.set("Authorization", account.authorization());
    request.set("Content-Type", "text/plain");
    EXPECT_EQ(refusal_of(call(request), request), "415 bad_request");
    EXPECT_EQ(request.body_calls(), 0);
}

TEST_F(TasksTest, RetrievesOne) {
    const auto task = add_task();
    add_task();
    storage::QueueView view;
    view.waiting.push_back({task.id, task.user_id, 0, 0, task.created_at});
    const auto expected =
        to_text(task_object(task, "http://kinora.test:8080", tasks::QueueFacts(view)));
    for (const auto& body : {
             R"({"action": "retrieve", "id": )" + quoted(task) + "}",
             R"({"action": "retrieve", "task_id": )" + quoted(task) + "}",
             R"({"id": )" + quoted(task) + "}",
             R"({"task_id": )" + quoted(task) + "}",
             R"({"id": null, "task_id": )" + quoted(task) + R"(, "action": null, "ids": null})",
             R"({"id": )" + quoted(task) + R"(, "task_id": "of no account"})",
         }) {
        auto request = this->request(kTasksPath, body);
        const auto response = call(request);
        EXPECT_EQ(response.status, 200) << body;
        EXPECT_EQ(text_of(response), expected) << body;
    }
}

TEST_F(TasksTest, AnIdInCapitalsIsTheSameId) {
    const auto task = add_task();
    auto id = task.id.str();
    std::transform(id.begin(), id.end(), id.begin(), [](char c) { return char(std::toupper(c)); });
    EXPECT_EQ(ask(R"({"id": ")" + id + "\"}").at("id").as_string(), task.id.str());
}

TEST_F(TasksTest, KnowsNoTaskOfAnotherOrOfNobody) {
    const auto stranger = test::add_account(*database, random);
    const auto other_application = add_application();
    const auto theirs = add_task(stranger);
    const auto of_other_application = add_task(other_application);
    const auto missing = test::make_task(account, random, clock.now());
    for (const auto& id : {quoted(theirs), quoted(of_other_application), quoted(missing),
                           std::string("\"\""), std::string("\"no id\""),
                           '"' + std::string(10'000, 'a') + '"', std::string(R"("a\u0000b")")}) {
        EXPECT_EQ(refusal(R"({"id": )" + id + "}"), "404 not_found") << id;
    }
    // All of these are told the same.
    EXPECT_EQ(message(R"({"id": )" + quoted(theirs) + "}"),
              message(R"({"id": )" + quoted(missing) + "}"));
}

TEST_F(TasksTest, SaysWhatIsWrongWithACall) {
    struct Row {
        std::string body;
        std::string field;
    };
    const Row table[] = {
        {"{}", "id"},
        {R"({"action": "retrieve"})", "id"},
        {R"({"action": "retrieve", "id": null})", "id"},
        {R"({"id": 7})", "id"},
        {R"({"id": ["a"]})", "id"},
        {R"({"task_id": 7})", "task_id"},
        {R"({"action": "erase"})", "action"},
        {R"({"action": 7})", "action"},
        {R"({"action": "delete"})", "id"},
        {R"({"action": "cancel"})", "id"},
        {R"({"ids": "x"})", "ids"},
        {R"({"ids": {}})", "ids"},
        {R"({"ids": [7]})", "ids"},
        {R"({"ids": [null]})", "ids"},
        {R"({"action": "retrieve_batch", "limit": 0})", "limit"},
        {R"({"action": "retrieve_batch", "limit": 101})", "limit"},
        {R"({"action": "retrieve_batch", "limit": -1})", "limit"},
        {R"({"action": "retrieve_batch", "limit": 1.5})", "limit"},
        {R"({"action": "retrieve_batch", "limit": "12"})", "limit"},
        {R"({"action": "retrieve_batch", "offset": -1})", "offset"},
        {R"({"action": "retrieve_batch", "offset": 1e99})", "offset"},
        {R"({"action": "retrieve_batch", "created_at_min": "today"})", "created_at_min"},
        {R"({"action": "retrieve_batch", "created_at_min": -1})", "created_at_min"},
        {R"({"action": "retrieve_batch", "created_at_max": 1e300})", "created_at_max"},
        {R"({"action": "retrieve_batch", "created_at_max": []})", "created_at_max"},
        {R"({"action": "retrieve_batch", "application_id": 7})", "application_id"},
    };
    for (const auto& row : table) {
        EXPECT_EQ(refusal(row.body), "400 bad_request") << row.body;
        EXPECT_TRUE(message(row.body).starts_with("`" + row.field + "` "))
            << row.body << ": " << message(row.body);
    }
    EXPECT_EQ(refusal("no JSON"), "400 bad_request");
    std::string many = R"({"ids": [""])";
    many.pop_back();
    for (int i = 0; i < 500; ++i) many += ",\"\"";
    EXPECT_TRUE(message(many + "]}").starts_with("`ids` "));
}

TEST_F(TasksTest, RetrievesThoseAskedForInTheirOrder) {
    const auto a = add_task();
    const auto b = add_task();
    const auto c = add_task();
    const auto theirs = add_task(test::add_account(*database, random));
    const auto of_other_application = add_task(add_application());
    const auto ids = "[" + quoted(c) + ",\"no id\"," + quoted(theirs) + "," + quoted(a) + "," +
                     quoted(of_other_application) + "," + quoted(c) + "," + quoted(b) + "]";
    for (const auto* action : {"", R"("action": "retrieve_batch", )"}) {
        const auto page = ask("{" + std::string(action) + R"("ids": )" + ids + "}");
        EXPECT_EQ(ids_of(page), (std::vector{c.id.str(), a.id.str(), b.id.str()}));
        EXPECT_EQ(page.at("count").as_int64(), 3);
    }
    const auto none = ask(R"({"ids": []})");
    EXPECT_TRUE(none.at("items").as_array().empty());
    EXPECT_EQ(none.at("count").as_int64(), 0);
}

TEST_F(TasksTest, OneOfManyLooksAsItDoesAlone) {
    const auto task = add_task();
    test::complete_all(*database, random, clock.now());
    const auto alone = ask(R"({"id": )" + quoted(task) + "}");
    const auto page = ask(R"({"ids": [)" + quoted(task) + "]}");
    EXPECT_EQ(page.at("items").as_array().at(0).as_object(), alone);
    EXPECT_EQ(ask(R"({"action": "retrieve_batch"})"), page);
}

TEST_F(TasksTest, ListsNewestFirstAPageAtATime) {
    std::vector<std::string> newest_first;
    for (int i = 0; i < 15; ++i) newest_first.insert(newest_first.begin(), add_task().id.str());
    add_task(test::add_account(*database, random));
    add_task(add_application());
    const auto expect_page = [&](const std::string& fields, std::size_t from, std::size_t to) {
        const auto page = ask(R"({"action": "retrieve_batch")" + fields + "}");
        const auto begin = newest_first.begin();
        EXPECT_EQ(ids_of(page), std::vector<std::string>(begin + std::ptrdiff_t(from),
                                                         begin + std::ptrdiff_t(to)))
            << fields;
        EXPECT_EQ(page.at("count").as_int64(), 15) << fields;
    };
    expect_page("", 0, 12);
    expect_page(R"(, "ids": null, "limit": null, "offset": null)", 0, 12);
    expect_page(R"(, "limit": 3)", 0, 3);
    expect_page(R"(, "limit": 3, "offset": 3)", 3, 6);
    expect_page(R"(, "limit": 100)", 0, 15);
    expect_page(R"(, "offset": 14)", 14, 15);
    expect_page(R"(, "offset": 15)", 15, 15);
    expect_page(R"(, "offset": 1000000000)", 15, 15);
}

TEST_F(TasksTest, ListsThoseOfATime) {
    std::vector<TaskRow> tasks;
    for (int i = 0; i < 4; ++i) tasks.push_back(add_task());  // A second apart.
    const auto seconds = [&](std::size_t i, const char* fraction = "") {
        return std::to_string(to_unix_ms(tasks[i].created_at) / 1000) + fraction;
    };
    const auto expect_ids = [&](const std::string& fields, std::vector<std::size_t> wanted) {
        const auto page = ask(R"({"action": "retrieve_batch", )" + fields + "}");
        std::vector<std::string> ids;
        for (const auto i : wanted) ids.push_back(tasks[i].id.str());
        EXPECT_EQ(ids_of(page), ids) << fields;
        EXPECT_EQ(page.at("count").to_number<std::size_t>(), ids.size()) << fields;
    };
    expect_ids("\"created_at_min\": " + seconds(2), {3, 2});
    expect_ids("\"created_at_min\": " + seconds(2, ".001"), {3});
    expect_ids("\"created_at_max\": " + seconds(1), {1, 0});
    expect_ids("\"created_at_max\": " + seconds(1, ".0"), {1, 0});
    expect_ids("\"created_at_min\": " + seconds(1) + ", \"created_at_max\": " + seconds(2), {2, 1});
    expect_ids("\"created_at_min\": " + seconds(2) + ", \"created_at_max\": " + seconds(1), {});
    expect_ids("\"created_at_min\": 0, \"created_at_max\": 253402300799", {3, 2, 1, 0});
}

TEST_F(TasksTest, ListsThoseOfItsOwnApplicationOnly) {
    const auto task = add_task();
    const auto other = add_application();
    add_task(other);
    const auto of = [&](const std::string& application) {
        return ask(R"({"action": "retrieve_batch", "application_id": ")" + application + "\"}");
    };
    EXPECT_EQ(ids_of(of(account.application.id.str())), std::vector{task.id.str()});
    for (const auto& id : {other.application.id.str(), std::string("no id"), std::string()}) {
        EXPECT_TRUE(ids_of(of(id)).empty());
        EXPECT_EQ(of(id).at("count").as_int64(), 0);
    }
}

TEST_F(TasksTest, FollowsATaskThroughItsLife) {
    const auto task = add_task();
    const auto state = [&] {
        const auto found = ask(R"({"id": )" + quoted(task) + "}");
        EXPECT_EQ(found.at("data").at("state"), found.at("response").at("state"));
        return std::string(found.at("response").at("state").as_string());
    };
    EXPECT_EQ(state(), "pending");
    const auto claim = test::claim(*database, "node/1", clock.now());
    EXPECT_EQ(state(), "processing");
    database->write_now([&](storage::Session& session) {
        return storage::return_task(session, claim, 1ms, clock.now());
    });
    EXPECT_EQ(state(), "processing");
    test::complete_all(*database, random, clock.now());
    EXPECT_EQ(state(), "completed");
}

TEST_F(TasksTest, LeavesABrokenDatabaseToTheFence) {
    const auto task = add_task();
    flaky.fail_with(std::runtime_error("broken"));
    auto request = this->request(kTasksPath, R"({"id": )" + quoted(task) + "}");
    EXPECT_THROW(call(request), std::runtime_error);
}

TEST_F(TasksTest, TakesPostOnlyFromEverywhere) {
    EXPECT_EQ(router.find(http::Method::get, kTasksPath).route, nullptr);
    const auto match = router.find(http::Method::post, kTasksPath);
    ASSERT_NE(match.route, nullptr);
    EXPECT_EQ(match.origins, http::Origins::any);
    EXPECT_EQ(match.route->body_limit_bytes, 1024U * 1024);
}

TEST_F(TasksTest, CancellingStopsWhatHasNotEndedAndMayBeRepeated) {
    const auto pending = add_task();
    const auto running = add_task();
    test::claim(*database, "worker", clock.now());
    for (const auto& task : {pending, running, pending}) {
        const auto object = ask(R"({"action": "cancel", "id": )" + quoted(task) + "}");
        const auto& response = object.at("response").as_object();
        EXPECT_EQ(response.at("state").as_string(), "cancelled");
        EXPECT_EQ(response.at("success").as_bool(), false);
        EXPECT_EQ(response.at("error").at("code").as_string(), "cancelled");
        EXPECT_EQ(test::find_task(*database, task.id).state, storage::TaskState::cancelled);
    }
}

TEST_F(TasksTest, WhatHasEndedIsNotCancelled) {
    const auto task = add_task();
    test::complete_all(*database, random, clock.now());
    const auto object = ask(R"({"action": "cancel", "task_id": )" + quoted(task) + "}");
    EXPECT_EQ(object.at("response").at("state").as_string(), "completed");
}

TEST_F(TasksTest, DeletingTakesTheFilesAlongAndMayBeRepeated) {
    const auto task = add_task();
    test::complete_all(*database, random, clock.now());
    const auto video = *test::find_task(*database, task.id).video;
    for (const auto& name : {video.video_name, video.thumbnail_name})
        std::ofstream(media.files() / name) << "bytes";
    const auto body = R"({"action": "delete", "id": )" + quoted(task) + "}";
    for (int i = 0; i < 2; ++i) {
        auto request = this->request(kTasksPath, body);
        EXPECT_EQ(text_of(call(request)), R"({"id":)" + quoted(task) + R"(,"deleted":true})");
        EXPECT_FALSE(media.has(video.video_name));
        EXPECT_FALSE(media.has(video.thumbnail_name));
    }
    EXPECT_EQ(refusal(R"({"id": )" + quoted(task) + "}"), "404 not_found");
    EXPECT_EQ(refusal(R"({"action": "cancel", "id": )" + quoted(task) + "}"), "404 not_found");
}

TEST_F(TasksTest, DeletingWhatIsWorkedOnCancelsItFirstAndTellsItsReceiver) {
    auto task = test::make_task(account, random, clock.now());
    task.callback_url = "https://hooks.example/a";
    task.callback_receiver = "hooks.example:443";
    test::add_task(*database, task);
    const auto claim = test::claim(*database, "worker", clock.now());
    ask(R"({"action": "delete", "id": )" + quoted(task) + "}");
    EXPECT_FALSE(database->write_now([&](storage::Session& session) {
        return storage::complete_task(session, claim, test::make_video(task, random),
                                      Milliseconds(1), clock.now());
    }));
    const auto delivery = database->read_now(
        [&](storage::Session& session) { return storage::find_delivery(session, task.id); });
    ASSERT_TRUE(delivery);
    const auto told = boost::json::parse(delivery->body).as_object();
    EXPECT_EQ(told.at("state").as_string(), "cancelled");
    EXPECT_EQ(told.at("task_id").as_string(), task.id.str());
}

TEST_F(TasksTest, OthersTasksAreNeitherCancelledNorDeleted) {
    const auto other = test::add_account(*database, random);
    const auto sibling = add_application();
    for (const auto& owner : {other, sibling}) {
        const auto task = add_task(owner);
        for (const auto* action : {"cancel", "delete"}) {
            EXPECT_EQ(refusal(R"({"action": ")" + std::string(action) + R"(", "id": )" +
                              quoted(task) + "}"),
                      "404 not_found");
        }
        EXPECT_EQ(test::find_task(*database, task.id).state, storage::TaskState::pending);
    }
    EXPECT_EQ(refusal(R"({"action": "cancel", "id": "x"})"), "404 not_found");
}

TEST_F(TasksTest, WhoRetrievesAResultHasSeenIt) {
    auto task = test::make_task(account, random, clock.now());
    task.seen = false;
    task.request_hash = "hash";
    test::add_task(*database, task);
    const auto seen = [&] { return test::find_task(*database, task.id).seen; };
    ask(R"({"id": )" + quoted(task) + "}");
    EXPECT_FALSE(seen()) << "before its end";
    test::complete_all(*database, random, clock.now());
    ask(R"({"action": "retrieve_batch"})");
    EXPECT_FALSE(seen()) << "a list is not asked for its sake";
    ask(R"({"ids": [)" + quoted(task) + "]}");
    EXPECT_TRUE(seen());
}

TEST_F(TasksTest, AnExpiredTaskSaysSoAndClaimsNoFile) {
    const auto task = add_task();
    test::complete_all(*database, random, clock.now());
    database->write_now([&](storage::Session& session) {
        storage::expire_files(session, clock.now() + 1s, clock.now(), 10);
    });
    const auto object = ask(R"({"id": )" + quoted(task) + "}");
    const auto& response = object.at("response").as_object();
    EXPECT_EQ(response.at("state").as_string(), "expired");
    EXPECT_EQ(response.at("error").at("code").as_string(), "expired");
    EXPECT_EQ(response.at("success").as_bool(), false);
    EXPECT_FALSE(response.contains("video_url"));
    EXPECT_FALSE(response.contains("thumbnail_url"));
}

}  // namespace
}  // namespace kinora::api
