// tests/unit/api/deliveries_test.cpp: /api/v1/deliveries/, looked at and sent again.
#include "api/deliveries.hpp"

#include "api/times.hpp"
#include "storage/delivery_rows.hpp"
#include "unit/api/endpoint.hpp"

namespace kinora::api {
namespace {

class DeliveriesTest : public Endpoint {
protected:
    DeliveriesTest() { endpoint.routes(router); }

    TaskId add_ended(const test::Account& owner) {
        clock.advance(Milliseconds(1000));
        auto task = test::make_task(owner, random, clock.now());
        task.callback_url = "https://hooks.example/a";
        task.callback_receiver = "hooks.example:443";
        test::add_task(*database, task);
        database->write_now([&](storage::Session& session) {
            storage::cancel_task(session, task.id, "Cancelled.", clock.now());
        });
        return task.id;
    }
    void attempt(TaskId id, int status, storage::DeliveryState state) {
        database->write_now([&](storage::Session& session) {
            storage::DeliverySearch search;
            search.sender = "node/1";
            search.now = clock.now();
            search.until = clock.now() + Milliseconds(1000);
            storage::take_deliveries(session, search);
            storage::DeliveryAttempt made;
            made.started_at = clock.now();
            made.latency = Milliseconds(1500);
            made.status = status;
            made.answer = status == 0 ? "" : "oops";
            made.error = status == 0 ? "Nobody answered." : "";
            storage::note_attempt(session, *storage::find_delivery(session, id), "node/1", made,
                                  "{}", {state, {}});
        });
    }
    http::Response ask(http::Method method, const std::string& path,
                       const std::string& query = "") {
        last = std::make_unique<test::FakeRequest>(method, path);
        last->query = query;
        last->set("Authorization", account.authorization());
        return call(*last);
    }
    http::Response get(const std::string& rest, const std::string& query = "") {
        return ask(http::Method::get, "/api/v1/deliveries" + rest, query);
    }

    // Of the last call's answer.
    std::string refused(const http::Response& response) { return refusal_of(response, *last); }

    Deliveries endpoint{flaky, access, clock};
    std::unique_ptr<test::FakeRequest> last;
};

TEST_F(DeliveriesTest, ShowsOneWithItsAttempts) {
    const auto id = add_ended(account);
    const auto ended_at = to_rfc3339(clock.now());
    auto shown = json_of(get("/" + id.str()));
    EXPECT_EQ(shown.at("id").as_string(), id.str());
    EXPECT_EQ(shown.at("task_id").as_string(), id.str());
    EXPECT_EQ(shown.at("url").as_string(), "https://hooks.example/a");
    EXPECT_EQ(shown.at("state").as_string(), "waiting");
    EXPECT_EQ(shown.at("created_at").as_string(), ended_at);
    EXPECT_EQ(shown.at("next_attempt_at").as_string(), ended_at);
    EXPECT_TRUE(shown.at("finished_at").is_null());
    EXPECT_TRUE(shown.at("attempts").as_array().empty());

    attempt(id, 500, storage::DeliveryState::given_up);
    shown = json_of(get("/" + id.str()));
    EXPECT_EQ(shown.at("state").as_string(), "given_up");
    EXPECT_TRUE(shown.at("next_attempt_at").is_null());
    ASSERT_EQ(shown.at("attempts").as_array().size(), 1U);
    const auto& made = shown.at("attempts").as_array()[0];
    EXPECT_EQ(made.at("number").as_int64(), 1);
    EXPECT_EQ(made.at("status").as_int64(), 500);
    EXPECT_EQ(made.at("latency").as_double(), 1.5);
    EXPECT_EQ(made.at("answer").as_string(), "oops");
    EXPECT_TRUE(made.at("error").is_null());
}

TEST_F(DeliveriesTest, AnAttemptWithoutAnAnswerSaysWhy) {
    const auto id = add_ended(account);
    attempt(id, 0, storage::DeliveryState::given_up);
    const auto shown = json_of(get("/" + id.str()));
    const auto& made = shown.at("attempts").as_array().at(0);
    EXPECT_TRUE(made.at("status").is_null());
    EXPECT_TRUE(made.at("answer").is_null());
    EXPECT_EQ(made.at("error").as_string(), "Nobody answered.");
}

TEST_F(DeliveriesTest, SendsAgain) {
    const auto id = add_ended(account);
    attempt(id, 500, storage::DeliveryState::given_up);
    clock.advance(Milliseconds(60'000));
    const auto response = ask(http::Method::post, "/api/v1/deliveries/" + id.str() + "/resend");
    EXPECT_EQ(response.status, 202);
    EXPECT_EQ(json_of(response).at("state").as_string(), "waiting");
    EXPECT_EQ(json_of(response).at("next_attempt_at").as_string(), to_rfc3339(clock.now()));
    EXPECT_EQ(json_of(response).at("attempts").as_array().size(), 1U);
}

TEST_F(DeliveriesTest, ListsTheNewestFirst) {
    const auto first = add_ended(account), second = add_ended(account);
    attempt(first, 200, storage::DeliveryState::delivered);
    const auto ids = [&](const std::string& query) {
        std::string text;
        const auto page = json_of(get("", query));
        for (const auto& item : page.at("items").as_array()) {
            text += item.at("id").as_string() == first.str() ? "first " : "second ";
        }
        return text + std::to_string(page.at("count").as_int64());
    };
    EXPECT_EQ(ids(""), "second first 2");
    EXPECT_EQ(ids("ordering=created_at"), "first second 2");
    EXPECT_EQ(ids("limit=1&offset=1"), "first 2");
    EXPECT_EQ(ids("task_id=" + second.str()), "second 1");
    EXPECT_EQ(ids("task_id=nonsense"), "0");
    EXPECT_EQ(ids("state=delivered"), "first 1");
    EXPECT_EQ(refused(get("", "state=lost")), "400 bad_request");
    EXPECT_EQ(refused(get("", "limit=0")), "400 bad_request");
}

TEST_F(DeliveriesTest, OthersAreNotThere) {
    const auto theirs = add_ended(test::add_account(*database, random));
    EXPECT_EQ(json_of(get("")).at("count").as_int64(), 0);
    for (const auto& id : {theirs.str(), std::string("x")}) {
        EXPECT_EQ(refused(get("/" + id)), "404 not_found");
        const auto again = ask(http::Method::post, "/api/v1/deliveries/" + id + "/resend");
        EXPECT_EQ(refused(again), "404 not_found");
    }
}

TEST_F(DeliveriesTest, AsksForAToken) {
    for (const auto* path : {"/api/v1/deliveries", "/api/v1/deliveries/x"}) {
        test::FakeRequest request(http::Method::get, path);
        EXPECT_EQ(refusal_of(call(request), request), "401 no_token");
    }
    test::FakeRequest request(http::Method::post, "/api/v1/deliveries/x/resend");
    EXPECT_EQ(refusal_of(call(request), request), "401 no_token");
}

TEST(Times, AreWrittenAsRfc3339Says) {
    EXPECT_EQ(to_rfc3339(from_unix_ms(0)), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339(from_unix_ms(1'709'164'800'000 + 86'399'007)), "2024-02-29T23:59:59.007Z");
}

}  // namespace
}  // namespace kinora::api
