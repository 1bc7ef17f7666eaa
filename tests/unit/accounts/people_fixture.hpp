// tests/unit/accounts/people_fixture.hpp: a database of each kind, with people, keys and tasks.
#pragma once

#include "accounts/applications.hpp"
#include "accounts/owner.hpp"
#include "accounts/people.hpp"
#include "accounts/token.hpp"
#include "storage/queue_rows.hpp"
#include "support/any_database.hpp"
#include "support/fake_clock.hpp"
#include "support/seeded_random.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kinora::accounts {

inline constexpr std::string_view kVideosApi = "94fc9028-5a9f-4875-aae4-38463bd30ac5";

class PeopleTest : public testing::TestWithParam<test::Backend> {
protected:
    // What a test does in one transaction.
    template <class F>
    auto write(F fn) {
        return database->write_now(std::move(fn));
    }

    storage::UserRow add(const std::string& email, Role role = Role::user) {
        return write([&](storage::Session& session) {
            auto row = add_user(session, {email, "", "", Role::user}, random, clock.now()).value();
            row.role = to_string(role);
            storage::update_user(session, row);
            return row;
        });
    }
    storage::UserRow user(UserId id) {
        return database
            ->read_now([id](storage::Session& session) { return storage::find_user(session, id); })
            .value();
    }
    storage::ApplicationRow acquired(const storage::UserRow& user) {
        return write([&](storage::Session& session) {
            return acquire(session, user, luma, random, clock.now()).value().application;
        });
    }
    storage::ApplicationRow general(UserId user) {
        return write([&](storage::Session& session) {
            return general_balance(session, user, random, clock.now());
        });
    }
    Caller issue(const storage::ApplicationRow& application,
                 std::optional<Credits> limited_amount = {}) {
        storage::CredentialRow wanted;
        wanted.application_id = application.id;
        wanted.user_id = application.user_id;
        wanted.limited_amount = limited_amount;
        const auto issued = write([&](storage::Session& session) {
            return issue_credential(session, wanted, random, clock.now());
        });
        return {application.user_id, application.id, issued.credential.id};
    }

    storage::Balance balance(ApplicationId application) {
        return database->read_now([application](storage::Session& session) {
            return storage::balance_of(session, application);
        });
    }
    std::vector<std::string> unbalanced() {
        return database->read_now(
            [](storage::Session& session) { return storage::read_books(session).unbalanced; });
    }
    Result<storage::TransferRow> pay_in(ApplicationId application, Credits amount,
                                        const std::string& reference = {},
                                        const std::string& note = {}) {
        const TopUp wanted{random.hex(8), application, amount, reference, note};
        return write(
            [&](storage::Session& session) { return top_up(session, wanted, clock.now()); });
    }
    void update(const storage::ApplicationRow& application) {
        write(
            [&](storage::Session& session) { storage::update_application(session, application); });
    }
    void set_price(Credits price) {
        write([&](storage::Session& session) {
            auto service = storage::find_service(session, luma).value();
            service.price = price;
            storage::update_service(session, service);
        });
    }

    // A waiting task that the caller pays for, as tasks::accept_task writes it.
    storage::TaskRow submit(const Caller& caller) {
        storage::TaskRow task;
        task.id = TaskId::make(random);
        task.user_id = caller.user_id;
        task.application_id = caller.application_id;
        task.credential_id = caller.credential_id;
        task.trace_id = TraceId::make(random);
        task.type = "videos";
        task.api_id = kVideosApi;
        task.request_json = task.brief_json = "{}";
        task.base_url = "http://localhost";
        task.created_at = clock.now();
        write([&](storage::Session& session) {
            const auto payment = take_payment(session, caller, kVideosApi).value();
            storage::insert_task(session, task);
            if (payment) note_payment(session, *payment, task.id, clock.now());
        });
        return task;
    }
    storage::Claim claim() {
        const auto task = write([&](storage::Session& session) {
            return storage::claim_task(session, {"w", clock.now(), clock.now() + kLease});
        });
        return {task.value().id, "w", task->attempt};
    }
    void complete(const storage::Claim& claim) {
        storage::VideoRow video;
        video.id = VideoId::make(random);
        video.task_id = claim.id;
        video.video_name = random.hex(16) + ".mp4";
        video.thumbnail_name = random.hex(16) + ".jpg";
        video.engine = "fake";
        video.notes_json = "[]";
        write([&](storage::Session& session) {
            video.user_id = storage::find_task(session, claim.id).value().user_id;
            ASSERT_TRUE(
                storage::complete_task(session, claim, video, Milliseconds(1), clock.now()));
        });
    }
    storage::TaskState state(TaskId task) {
        return database
            ->read_now(
                [task](storage::Session& session) { return storage::find_task(session, task); })
            .value()
            .state;
    }

    // What tables hold, for a test to look for what must not be there.
    std::string contents(const std::vector<std::string>& tables) {
        return database.place().contents(tables);
    }

    static constexpr Milliseconds kLease{10'000};
    const ServiceId luma = *ServiceId::parse(kLumaServiceId);
    test::AnyDatabase database{GetParam()};
    test::SeededRandom random;
    test::FakeClock clock;
};

}  // namespace kinora::accounts
