// tests/property/interrupted_test.cpp: a transaction that stops between any two of its statements
// has done nothing, and the same again does all of it.
//
// Each act is tried with a failure before its first statement, its second and so on, until it gets
// through; a process that is killed at that line leaves the same to the next one.
#include "accounts/administration.hpp"
#include "accounts/owner.hpp"
#include "accounts/people.hpp"
#include "storage/media_folder.hpp"
#include "storage/queue_rows.hpp"
#include "storage/retention_rows.hpp"
#include "storage/session.hpp"
#include "support/any_database.hpp"
#include "support/fake_clock.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"
#include "tasks/acceptance.hpp"

#include <gmock/gmock.h>
#include <functional>

namespace kinora::test {
namespace {

using namespace std::chrono_literals;
using storage::Session;
using testing::IsEmpty;

struct Stopped : std::runtime_error {
    Stopped() : std::runtime_error("stopped") {}
};

class InterruptedTest : public testing::TestWithParam<Backend> {
protected:
    using Act = std::function<void(Session&)>;

    void SetUp() override {
        database_->write_now([&](Session& session) {
            ada = *accounts::add_user(session, {"ada@example.org", {}, {}, accounts::Role::user},
                                      random, clock.now());
            const auto luma = *ServiceId::parse(accounts::kLumaServiceId);
            application = accounts::acquire(session, ada, luma, random, clock.now())->application;
            storage::CredentialRow key;
            key.application_id = application.id;
            key.user_id = ada.id;
            account.credential =
                accounts::issue_credential(session, key, random, clock.now()).credential;
        });
        account.user = ada;
        account.application = application;
    }

    // All rows there are.
    std::string everything() const {
        return database_.place().contents(
            {"users",    "applications", "credentials",     "tasks",         "task_events",
             "videos",   "files",        "deliveries",      "deleted_tasks", "idempotency_keys",
             "codes",    "logins",       "platform_tokens", "acquisitions",  "free_amounts",
             "balances", "transfers",    "holds",           "usage_records", "audit_events"});
    }
    std::vector<std::string> unbalanced() {
        return database_->read_now(
            [](Session& session) { return storage::read_books(session).unbalanced; });
    }
    storage::Balance balance() {
        return database_->read_now(
            [&](Session& session) { return storage::balance_of(session, application.id); });
    }

    // False where the act was stopped before its statement number `number`, from 0 on.
    bool try_to(const Act& act, int number) {
        try {
            database_->write_now([&](Session& session) {
                int left = number;
                const Hook hook(session, [&] {
                    if (left-- == 0) throw Stopped();
                });
                act(session);
                if (left == 0) throw Stopped();  // After the last one, before the commit.
            });
            return true;
        } catch (const Stopped&) {
            return false;
        }
    }
    // How many statements it has.
    int interrupt_everywhere(const Act& act) {
        const auto before = everything();
        int number = 0;
        while (!try_to(act, number)) {
            EXPECT_EQ(everything(), before) << "stopped before statement " << number;
            if (HasFailure() || number == 1'000) return number;
            ++number;
        }
        EXPECT_NE(everything(), before);
        EXPECT_THAT(unbalanced(), IsEmpty());
        return number - 1;
    }

    storage::TaskRow accept_one() {
        const auto task = make_task(account, random, clock.now());
        database_->write_now([&](Session& session) { accept(session, task, {}); });
        return task;
    }
    void accept(Session& session, const storage::TaskRow& task, const std::string& key) {
        tasks::Recognition call;
        call.caller = account.caller();
        call.key = key;
        call.request_hash = tasks::hash_request("body");
        const storage::FileRow file{
            storage::make_media_name("png", random), ada.id, task.id, 1, clock.now(), {}};
        ASSERT_TRUE(tasks::accept_task(session, call, task, {file}, clock.now()));
    }

    test::SeededRandom random;
    test::FakeClock clock;
    AnyDatabase database_{GetParam()};
    storage::UserRow ada;
    storage::ApplicationRow application;
    Account account;

private:
    class Hook {
    public:
        Hook(Session& session, std::function<void()> hook) : session_(session) {
            session.before_statement(std::move(hook));
        }
        ~Hook() { session_.before_statement({}); }
        Hook(const Hook&) = delete;

    private:
        Session& session_;
    };
};

TEST_P(InterruptedTest, AnAcceptanceThatHolds) {
    const auto task = make_task(account, random, clock.now());
    const auto statements =
        interrupt_everywhere([&](Session& session) { accept(session, task, "key"); });
    EXPECT_GT(statements, 8);
    EXPECT_EQ(balance().held, Credits::whole(1));
    EXPECT_EQ(find_task(*database_, task.id).state, storage::TaskState::pending);
}

TEST_P(InterruptedTest, ACompletion) {
    const auto task = accept_one();
    const auto mine = claim(*database_, "w", clock.now());
    const auto video = make_video(task, random);
    const auto statements = interrupt_everywhere([&](Session& session) {
        ASSERT_TRUE(storage::complete_task(session, mine, video, 1s, clock.now()));
    });
    EXPECT_GT(statements, 8);
    EXPECT_EQ(balance().used, Credits::whole(1));
    EXPECT_TRUE(balance().held.is_zero());
}

TEST_P(InterruptedTest, AFailure) {
    accept_one();
    const auto mine = claim(*database_, "w", clock.now());
    interrupt_everywhere([&](Session& session) {
        ASSERT_TRUE(storage::fail_task(session, mine, "api_error", "No.", 1s, clock.now()));
    });
    EXPECT_EQ(balance().available, Credits::whole(10));
}

TEST_P(InterruptedTest, ACancellation) {
    const auto task = accept_one();
    interrupt_everywhere([&](Session& session) {
        ASSERT_TRUE(storage::cancel_task(session, task.id, "Enough.", clock.now()));
    });
    EXPECT_EQ(balance().available, Credits::whole(10));
}

TEST_P(InterruptedTest, ALeaseThatIsTakenBackForTheLastTime) {
    accept_one();
    claim(*database_, "w", clock.now(), 1s);
    clock.advance(5s);
    interrupt_everywhere([&](Session& session) {
        ASSERT_EQ(storage::take_back_leases(session, clock.now(), {}, 1, "api_error", "No.")
                      .failed.size(),
                  1U);
    });
    EXPECT_EQ(balance().available, Credits::whole(10));
}

TEST_P(InterruptedTest, ATopUp) {
    const accounts::Actor actor{ada.id, ada.email, {}, {}};
    const accounts::TopUp wanted{"transfer", application.id, Credits::whole(5), "key", "a note"};
    const Act act = [&](Session& session) {
        const accounts::Office office{session, actor, accounts::Role::admin, random, clock.now()};
        const auto transfer = accounts::top_up(office, wanted);
        ASSERT_TRUE(transfer);
        EXPECT_EQ(transfer->id, wanted.id);
    };
    EXPECT_GT(interrupt_everywhere(act), 4);
    EXPECT_EQ(balance().available, Credits::whole(15));
    database_->write_now(act);
    EXPECT_EQ(balance().available, Credits::whole(15)) << "it counts once";
}

TEST_P(InterruptedTest, AnAcquisition) {
    const auto bob = database_->write_now([&](Session& session) {
        return *accounts::add_user(session, {"bob@example.org", {}, {}, accounts::Role::user},
                                   random, clock.now());
    });
    interrupt_everywhere([&](Session& session) {
        const auto acquired =
            accounts::acquire(session, bob, application.service_id, random, clock.now());
        ASSERT_TRUE(acquired && acquired->is_new);
        EXPECT_EQ(storage::balance_of(session, acquired->application.id).available,
                  Credits::whole(10));
    });
}

TEST_P(InterruptedTest, ADeletedAccount) {
    const auto done = accept_one();
    complete_all(*database_, random, clock.now());
    const auto running = accept_one(), waiting = accept_one();
    claim(*database_, "w", clock.now());
    const auto statements = interrupt_everywhere([&](Session& session) {
        ASSERT_TRUE(accounts::delete_user(session, ada.id, clock.now()));
    });
    EXPECT_GT(statements, 20);
    EXPECT_EQ(find_task(*database_, done.id).state, storage::TaskState::completed);
    for (const auto& task : {running, waiting})
        EXPECT_EQ(find_task(*database_, task.id).state, storage::TaskState::cancelled);
    EXPECT_TRUE(balance().available.is_zero());
    EXPECT_TRUE(balance().held.is_zero());
    EXPECT_EQ(balance().used, Credits::whole(1));
}

KINORA_ON_BOTH_BACKENDS(InterruptedTest);

}  // namespace
}  // namespace kinora::test
