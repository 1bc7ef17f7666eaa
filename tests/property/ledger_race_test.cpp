// tests/property/ledger_race_test.cpp: several servers at once, and no credit is spent twice.
//
// Threads, each with a database of its own as a process has it, call, work, cancel and pay in for
// the same few people. What happens when is the machine's to say; what must be true afterwards is
// not.
#include "accounts/applications.hpp"
#include "accounts/owner.hpp"
#include "accounts/people.hpp"
#include "storage/media_folder.hpp"
#include "storage/queue_rows.hpp"
#include "storage/usage_rows.hpp"
#include "support/any_database.hpp"
#include "support/fake_clock.hpp"
#include "support/race.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"
#include "support/temp_folder.hpp"
#include "tasks/acceptance.hpp"
#include "tasks/erasure.hpp"
#include "tasks/recovery.hpp"

#include <gmock/gmock.h>
#include <map>
#include <mutex>
#include <set>

namespace kinora::test {
namespace {

using namespace std::chrono_literals;
using storage::Session;
using testing::IsEmpty;

constexpr int kServers = 4;
constexpr int kActs = 120;  // Of each server.
constexpr int kKeys = 12;   // Of calls and of payments: all servers use the same ones.

class LedgerRace : public testing::TestWithParam<Backend> {
protected:
    struct Customer {
        storage::UserRow user;
        ApplicationId application, general;
        std::vector<accounts::Caller> callers;
    };

    void SetUp() override {
        for (const auto* name : {"ada", "bob"}) customers.push_back(make_customer(name));
    }

    Customer make_customer(const std::string& name) {
        return database->write_now([&](Session& session) {
            const auto now = clock.now();
            Customer customer;
            customer.user = *accounts::add_user(
                session, {name + "@example.org", {}, {}, accounts::Role::user}, random, now);
            const auto luma = *ServiceId::parse(accounts::kLumaServiceId);
            auto application =
                accounts::acquire(session, customer.user, luma, random, now)->application;
            application.allow_consume_global = true;
            storage::update_application(session, application);
            customer.application = application.id;
            customer.general = accounts::general_balance(session, customer.user.id, random, now).id;
            const std::optional<Credits> limits[] = {std::nullopt, Credits::whole(15)};
            for (const auto& limit : limits) {
                storage::CredentialRow key;
                key.application_id = customer.application;
                key.user_id = customer.user.id;
                key.limited_amount = limit;
                const auto issued = accounts::issue_credential(session, key, random, now);
                customer.callers.push_back(
                    {customer.user.id, customer.application, issued.credential.id});
            }
            return customer;
        });
    }

    // One server, with dice and connections of its own.
    class Server {
    public:
        Server(LedgerRace& race, int number)
            : race_(race),
              name_("server" + std::to_string(number)),
              dice_(static_cast<std::uint64_t>(number) + 1),
              database_(race.database.connect()) {}

        void run(int acts = kActs) {
            for (int i = 0; i < acts; ++i) {
                const auto what = below(20);
                if (what < 9)
                    call();
                else if (what < 14)
                    work();
                else if (what < 16)
                    pay_in();
                else if (what < 18)
                    cancel();
                else if (what < 19)
                    die();
                else
                    change_price();
            }
        }
        void remove(UserId user) {
            database_->write_now([&](Session& session) {
                EXPECT_TRUE(accounts::delete_user(session, user, race_.clock.now()));
            });
        }

    private:
        std::size_t below(std::size_t limit) { return dice_.number() % limit; }

        void call() {
            const auto& customer = race_.customers[below(race_.customers.size())];
            const auto& caller = customer.callers[below(2)];
            tasks::Recognition call;
            call.caller = caller;
            if (below(2) == 0) call.key = std::to_string(below(kKeys));
            call.request_hash = tasks::hash_request("body");
            Account account;
            account.user.id = caller.user_id;
            account.application.id = caller.application_id;
            account.credential.id = caller.credential_id;
            const auto task = make_task(account, dice_, race_.clock.now());
            const auto answer = database_->write_now([&](Session& session) {
                return tasks::accept_task(session, call, task, {}, race_.clock.now());
            });
            if (!answer) {
                const auto code = answer.error().code();
                EXPECT_TRUE(code == ErrorCode::used_up || code == ErrorCode::invalid_token)
                    << answer.error().message();
                return;
            }
            const std::lock_guard lock(race_.mutex);
            if (!answer->joined) race_.made.insert(answer->id);
            if (!call.key.empty())
                race_.by_key[caller.credential_id.str() + call.key].insert(answer->id);
        }
        void work() {
            const auto now = race_.clock.now();
            const auto task = database_->write_now([&](Session& session) {
                return storage::claim_task(session, {name_, now, now + 10s});
            });
            if (!task) return;
            const storage::Claim claim{task->id, name_, task->attempt};
            const auto how = below(5);
            const bool done = database_->write_now([&](Session& session) {
                if (how == 0) return storage::return_task(session, claim, 1s, now);
                if (how == 1) return storage::fail_task(session, claim, "api_error", "", 1s, now);
                return storage::complete_task(session, claim, make_video(*task, dice_), 1s, now);
            });
            const std::lock_guard lock(race_.mutex);
            if (done && how > 1) race_.completed.insert(task->id);
        }
        void pay_in() {
            const auto& customer = race_.customers[below(race_.customers.size())];
            const auto number = below(kKeys);
            // By a reference it is always the same application and amount.
            const accounts::TopUp wanted{dice_.hex(8),
                                         number % 2 == 0 ? customer.application : customer.general,
                                         Credits{static_cast<std::int64_t>(1'000'000 + number)},
                                         customer.user.id.str() + '/' + std::to_string(number),
                                         {}};
            const auto done = database_->write_now([&](Session& session) {
                return accounts::top_up(session, wanted, race_.clock.now());
            });
            EXPECT_TRUE(done);
            const std::lock_guard lock(race_.mutex);
            if (done) race_.paid_in[wanted.reference] = wanted.amount;
        }
        void cancel() {
            std::optional<TaskId> id;
            {
                const std::lock_guard lock(race_.mutex);
                if (race_.made.empty()) return;
                id = *std::next(race_.made.begin(),
                                static_cast<std::ptrdiff_t>(below(race_.made.size())));
            }
            database_->write_now([&](Session& session) {
                storage::cancel_task(session, *id, "Enough.", race_.clock.now());
            });
        }
        // A worker dies at its work, and its server starts anew.
        void die() {
            const auto now = race_.clock.now();
            database_->write_now([&](Session& session) {
                storage::claim_task(session, {name_, now, now + 10s});
            });
            database_->write_now([&](Session& session) {
                storage::take_back_leases(session, now, name_, tasks::kAttemptsMax, "api_error",
                                          "");
            });
        }
        void change_price() {
            database_->write_now([&](Session& session) {
                auto service = storage::all_services(session).at(0);
                service.price = {static_cast<std::int64_t>(1 + below(3)) * 500'000};
                storage::update_service(session, service);
            });
        }

        LedgerRace& race_;
        const std::string name_;
        SeededRandom dice_;
        const std::unique_ptr<storage::Database> database_;
    };

    storage::Books books() {
        return database->read_now([](Session& session) { return storage::read_books(session); });
    }
    std::int64_t house(const std::string& name) {
        for (const auto& account : books().house) {
            if (account.name == name) return account.balance_micros;
        }
        return 0;
    }
    // What was written down of every task that was ever made, at its end.
    void check_usage() {
        std::int64_t earned = 0;
        for (const auto& id : made) {
            storage::UsageFilter filter;
            filter.task_id = id.str();
            const auto usage = database->read_now(
                [&](Session& session) { return storage::list_usage(session, filter).items; });
            ASSERT_EQ(usage.size(), 1U) << id.str();
            EXPECT_EQ(usage[0].status == "completed", completed.contains(id)) << id.str();
            EXPECT_EQ(usage[0].deducted.is_zero(), !completed.contains(id)) << id.str();
            earned += usage[0].deducted.micros;
        }
        EXPECT_EQ(house("revenue"), earned);
    }

    SeededRandom random;
    FakeClock clock;
    AnyDatabase database{GetParam()};
    std::vector<Customer> customers;

    std::mutex mutex;
    std::set<TaskId> made, completed;
    std::map<std::string, std::set<TaskId>> by_key;
    std::map<std::string, Credits> paid_in;
};

TEST_P(LedgerRace, NoCreditIsMadeLostOrSpentTwice) {
    std::vector<std::unique_ptr<Server>> servers;
    for (int i = 0; i < kServers; ++i) servers.push_back(std::make_unique<Server>(*this, i));
    race(kServers, [&](int number) {
        servers[static_cast<std::size_t>(number)]->run();
        return 0;
    });

    EXPECT_THAT(books().unbalanced, IsEmpty());
    fail_all(*database, "api_error", "", clock.now());
    const auto sums = books();
    EXPECT_THAT(sums.unbalanced, IsEmpty());
    EXPECT_TRUE(sums.held.is_zero());
    check_usage();
    EXPECT_GT(completed.size(), 20U) << "a race in which little is paid for shows little";
    for (const auto& [key, tasks] : by_key) EXPECT_EQ(tasks.size(), 1U) << key;
    std::int64_t deposited = 0;
    for (const auto& each : paid_in) deposited += each.second.micros;
    EXPECT_EQ(house("deposits"), -deposited);
    for (const auto& customer : customers) {
        const auto limited = database->read_now([&](Session& session) {
            return storage::find_credential(session, customer.callers[1].credential_id);
        });
        EXPECT_LE(limited->used_amount, Credits::whole(15));
        EXPECT_TRUE(limited->held_amount.is_zero());
    }
}

TEST_P(LedgerRace, WhoLeavesInTheMiddleLeavesTheBooksInOrder) {
    std::vector<std::unique_ptr<Server>> servers;
    for (int i = 0; i < kServers; ++i) servers.push_back(std::make_unique<Server>(*this, i));
    race(kServers, [&](int number) {
        auto& server = *servers[static_cast<std::size_t>(number)];
        if (number == 0) {
            server.run(kActs / 6);
            for (const auto& customer : customers) server.remove(customer.user.id);
            return 0;
        }
        server.run();
        return 0;
    });

    const auto before = books();
    EXPECT_THAT(before.unbalanced, IsEmpty());
    EXPECT_TRUE(before.held.is_zero()) << "nobody works for who has left";
    const TempFolder folder;
    const auto media = *storage::MediaFolder::open(folder.path());
    EXPECT_EQ(tasks::erase_deleted_users(*database, media, clock), 2);
    const auto sums = books();
    EXPECT_THAT(sums.unbalanced, IsEmpty());
    EXPECT_TRUE(sums.available.is_zero());
    EXPECT_TRUE(sums.held.is_zero());
    EXPECT_EQ(house("forfeited") + house("revenue"), -house("deposits") - house("grants"));
}

KINORA_ON_BOTH_BACKENDS(LedgerRace);

}  // namespace
}  // namespace kinora::test
