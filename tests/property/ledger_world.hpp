// tests/property/ledger_world.hpp: people acquire, pay, call, cancel and leave as a seed says, and
// the ledger keeps step with a model of it.
//
// All of it runs on the test's thread and on a clock that the world turns. What the program does is
// its own code; what is played are the people, the workers and the network. A write may be lost
// before it is done, or done without anybody being told.
#pragma once

#include "accounts/applications.hpp"
#include "property/ledger_model.hpp"
#include "storage/media_folder.hpp"
#include "storage/task_rows.hpp"
#include "support/any_database.hpp"
#include "support/fake_clock.hpp"
#include "support/flaky_database.hpp"
#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"

#include <set>

namespace kinora::test {

class LedgerWorld {
public:
    LedgerWorld(std::uint64_t seed, Backend backend);

    // One thing happens, and is compared with the model.
    void step();
    // Nothing is lost any more, and every task is brought to its end.
    void settle();

    // What is wrong, as sentences; empty where all is well.
    const std::vector<std::string>& faults() const { return faults_; }
    const std::vector<std::string>& story() const { return story_; }
    const LedgerModel& model() const { return model_; }

private:
    using Micros = LedgerModel::Micros;
    struct Person {
        storage::UserRow row;
        bool has_left = false, is_erased = false;
    };
    struct Client {
        accounts::Caller caller;
    };
    // A call with a key, and the task that it made.
    struct Keyed {
        Client client;
        std::string key;
        int body = 0;
        TaskId task;
    };
    struct PaidIn {
        accounts::TopUp wanted;
    };
    // A connection was lost.
    struct Lost : std::runtime_error {
        Lost() : std::runtime_error("lost") {}
    };

    std::size_t below(std::size_t limit) { return dice_.number() % limit; }
    bool one_in(std::size_t chances) { return below(chances) == 0; }
    template <class T>
    T& any_of(std::vector<T>& all) {
        return all[below(all.size())];
    }
    void note(std::string what) { story_.push_back(std::move(what)); }
    void fault(std::string what) { faults_.push_back(std::move(what)); }
    // What `fn` returned in its transaction; nothing where that was lost before it was done.
    template <class F>
    auto write(F fn) -> std::optional<std::invoke_result_t<F&, storage::Session&>>;

    // What people do.
    void come();
    void acquire();
    void issue();
    void revoke();
    void pay_in();
    void call();
    void check_answer(const Keyed& wanted, const LedgerModel::Verdict& verdict,
                      const std::optional<Keyed>& former, const Result<TaskId>& answer);
    void cancel_or_delete();
    void leave();
    void change_application();
    // What those who run the server do.
    void change_service();
    void erase();
    // What workers do, or what befalls them.
    void claim();
    void work();
    void take_back();

    void compare();
    void check_end(TaskId task, const LedgerModel::Job& job);

    SeededRandom dice_;    // What happens.
    SeededRandom random_;  // The program's own.
    FakeClock clock_;
    QuietLog log_;
    AnyDatabase database_;
    FlakyDatabase flaky_{*database_};
    TempFolder folder_;
    storage::MediaFolder media_ = *storage::MediaFolder::open(folder_.path());
    const ServiceId luma_;
    bool is_settling_ = false;

    LedgerModel model_;
    std::vector<Person> people_;
    std::set<std::string> had_free_amount_;  // Addresses.
    Micros free_amount_ = 0;
    std::vector<Client> clients_;
    std::vector<Keyed> keyed_;
    std::vector<PaidIn> paid_in_;
    std::vector<storage::Claim> claims_;
    std::vector<std::string> story_, faults_;
};

}  // namespace kinora::test
