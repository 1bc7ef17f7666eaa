// courier_test.cpp: what a receiver gets, and what comes of its answer.
#include "tasks/courier.hpp"

#include "accounts/webhook.hpp"
#include "support/fake_clock.hpp"
#include "support/quiet_log.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"

#include <gtest/gtest.h>

#include <set>

namespace kinora::tasks {
namespace {

using namespace std::chrono_literals;
using storage::DeliveryState;
using storage::Session;

struct Sent {
    std::string url;
    outbound::Letter letter;
};

class CourierTest : public testing::Test {
protected:
    // A task that ended, with its delivery.
    TaskId add_ended() {
        auto task = test::make_task(account, random, clock.now());
        task.callback_url = "https://hooks.example/a";
        task.callback_receiver = "hooks.example:443";
        test::add_task(*database, task);
        database->write_now([&](Session& session) {
            storage::cancel_task(session, task.id, "Cancelled.", clock.now());
        });
        return task.id;
    }
    // Takes what is due and delivers it; how many.
    std::size_t deliver() {
        storage::DeliverySearch search;
        search.sender = courier.sender();
        search.now = clock.now();
        search.until = clock.now() + 30s;
        const auto taken = database->write_now(
            [&](Session& session) { return storage::take_deliveries(session, search); });
        for (const auto& delivery : taken) courier.deliver(delivery, stop.get_token());
        return taken.size();
    }
    storage::DeliveryRow delivery(TaskId id) {
        return *database->read_now(
            [&](Session& session) { return storage::find_delivery(session, id); });
    }
    std::vector<storage::DeliveryAttempt> attempts(TaskId id) {
        return database->read_now(
            [&](Session& session) { return storage::attempts_of(session, id); });
    }
    static std::string header(const outbound::Letter& letter, const std::string& name) {
        for (const auto& line : letter.headers) {
            if (line.starts_with(name + ": ")) return line.substr(name.size() + 2);
        }
        return {};
    }

    test::ScratchDatabase database;
    test::SeededRandom random;
    test::FakeClock clock;
    test::QuietLog log;
    test::Account account = test::add_account(*database, random);
    std::stop_source stop;
    std::vector<Sent> sent;
    std::function<void()> during;
    Result<outbound::Reply> answer = outbound::Reply{200, "thanks"};
    Courier courier{*database,
                    [](const storage::TaskRow& task) { return "about " + task.id.str(); },
                    [this](const std::string& url, const outbound::Letter& letter,
                           std::stop_token) -> Result<outbound::Reply> {
                        sent.push_back({url, letter});
                        clock.advance(40ms);
                        if (during) during();
                        return answer;
                    },
                    clock,
                    random,
                    log,
                    "node/1"};
};

TEST_F(CourierTest, SendsASignedLetterAndIsDone) {
    const auto id = add_ended();
    const auto seconds = std::to_string(to_unix_ms(clock.now()) / 1000);
    const auto began = clock.now();
    EXPECT_EQ(deliver(), 1U);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].url, "https://hooks.example/a");
    const auto& letter = sent[0].letter;
    EXPECT_EQ(letter.body, "about " + id.str());
    EXPECT_EQ(header(letter, "Content-Type"), "application/json");
    EXPECT_EQ(header(letter, "webhook-id"), id.str());
    EXPECT_EQ(header(letter, "webhook-timestamp"), seconds);
    EXPECT_EQ(header(letter, "webhook-signature"),
              accounts::sign_webhook(Secret<std::string>(account.application.webhook_secret),
                                     id.str(), began, letter.body));
    EXPECT_EQ(delivery(id).state, DeliveryState::delivered);
    ASSERT_EQ(attempts(id).size(), 1U);
    EXPECT_EQ(attempts(id)[0].status, 200);
    EXPECT_EQ(attempts(id)[0].answer, "thanks");
    EXPECT_EQ(attempts(id)[0].latency, 40ms);
    clock.advance(24h);
    EXPECT_EQ(deliver(), 0U);
}

TEST_F(CourierTest, TriesTenTimesOverTwoHoursWithOneId) {
    const auto id = add_ended();
    answer = outbound::Reply{500, "no"};
    const auto began = clock.now();
    for (const Milliseconds pause : kRetryAfter) {
        const auto tried_at = clock.now();
        ASSERT_EQ(deliver(), 1U);
        const auto next = *delivery(id).next_attempt_at;
        EXPECT_GE(next - tried_at, pause * 9 / 10 + 40ms);
        EXPECT_LE(next - tried_at, pause * 11 / 10 + 40ms);
        clock.advance(next - clock.now() - 1ms);
        EXPECT_EQ(deliver(), 0U) << "before its time";
        clock.advance(1ms);
    }
    ASSERT_EQ(deliver(), 1U);
    EXPECT_EQ(delivery(id).state, DeliveryState::given_up);
    EXPECT_EQ(attempts(id).size(), 10U);
    std::set<std::string> ids, jitters;
    for (const auto& each : sent) ids.insert(header(each.letter, "webhook-id"));
    EXPECT_EQ(ids.size(), 1U);
    EXPECT_GT(clock.now() - began, 100min);
    EXPECT_LT(clock.now() - began, 125min);
    clock.advance(24h);
    EXPECT_EQ(deliver(), 0U);
}

TEST_F(CourierTest, AnythingButA2xxIsNoAnswer) {
    for (const int status : {100, 301, 302, 404, 500, 503}) {
        const auto id = add_ended();
        answer = outbound::Reply{status, ""};
        deliver();
        EXPECT_EQ(delivery(id).state, DeliveryState::waiting) << status;
        EXPECT_EQ(attempts(id)[0].status, status);
    }
    for (const int status : {200, 202, 204, 299}) {
        const auto id = add_ended();
        answer = outbound::Reply{status, ""};
        deliver();
        EXPECT_EQ(delivery(id).state, DeliveryState::delivered) << status;
    }
}

TEST_F(CourierTest, WhyThereWasNoAnswerIsKept) {
    const auto id = add_ended();
    answer = Error(ErrorCode::bad_request, "The server at hooks.example could not be reached.");
    deliver();
    EXPECT_EQ(attempts(id)[0].status, 0);
    EXPECT_EQ(attempts(id)[0].error, "The server at hooks.example could not be reached.");
    EXPECT_EQ(delivery(id).state, DeliveryState::waiting);
}

TEST_F(CourierTest, BytesOfAnAnswerAreKeptAsText) {
    const auto id = add_ended();
    answer = outbound::Reply{500, std::string("a\0b\xff\n\x1b[31m", 9)};
    deliver();
    EXPECT_EQ(attempts(id)[0].answer, "a?b?\n?[31");
}

TEST_F(CourierTest, AStopIsKeptAndCountsForNothing) {
    const auto id = add_ended();
    answer = Error(ErrorCode::cancelled, "");
    deliver();
    ASSERT_EQ(attempts(id).size(), 1U);
    EXPECT_NE(attempts(id)[0].error.find("stopped"), std::string::npos);
    EXPECT_EQ(delivery(id).tries, 0);
    answer = outbound::Reply{200, ""};
    EXPECT_EQ(deliver(), 1U) << "it is due as it was";
    EXPECT_EQ(attempts(id).size(), 2U);
}

TEST_F(CourierTest, WhatIsAskedForAgainWhileItIsSentIsKeptAndStaysDue) {
    const auto id = add_ended();
    during = [&] {
        database->write_now(
            [&](Session& session) { storage::send_again(session, id, clock.now()); });
    };
    EXPECT_EQ(deliver(), 1U);
    during = nullptr;
    EXPECT_EQ(attempts(id).size(), 1U);
    EXPECT_EQ(delivery(id).state, DeliveryState::waiting);
    EXPECT_EQ(deliver(), 1U);
    EXPECT_EQ(attempts(id).size(), 2U);
    EXPECT_EQ(delivery(id).state, DeliveryState::delivered);
}

TEST_F(CourierTest, AFrozenBodyIsSentAsItIs) {
    const auto id = add_ended();
    database->write_now(
        [&](Session& session) { storage::freeze_delivery(session, id, "as it was"); });
    deliver();
    EXPECT_EQ(sent.at(0).letter.body, "as it was");
}

TEST_F(CourierTest, SendingAgainBeginsANewRound) {
    const auto id = add_ended();
    deliver();
    database->write_now([&](Session& session) { storage::send_again(session, id, clock.now()); });
    answer = outbound::Reply{500, ""};
    EXPECT_EQ(deliver(), 1U);
    EXPECT_EQ(sent.size(), 2U);
    EXPECT_EQ(header(sent[0].letter, "webhook-id"), header(sent[1].letter, "webhook-id"));
    EXPECT_EQ(delivery(id).state, DeliveryState::waiting);
    EXPECT_LT(*delivery(id).next_attempt_at - clock.now(), 3s);
}

}  // namespace
}  // namespace kinora::tasks
