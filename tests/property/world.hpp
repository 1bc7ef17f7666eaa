// tests/property/world.hpp: a small world in which calls, workers, servers and receivers do as a
// seed says.
//
// All of it runs on the test's thread and on a clock that the world turns. What the program does is
// its own code; what is played are the clients, the workers' drawing, the network and the crashes.
#pragma once

#include "storage/media_folder.hpp"
#include "storage/queue_rows.hpp"
#include "support/accounts.hpp"
#include "support/fake_clock.hpp"
#include "support/flaky_database.hpp"
#include "support/quiet_log.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"
#include "tasks/acceptance.hpp"
#include "tasks/courier.hpp"

#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kinora::test {

// The number in a variable of the environment, so that a run can be asked for by hand.
inline std::uint64_t number_in(const char* variable, std::uint64_t fallback) {
    const char* text = std::getenv(variable);
    return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

class World {
public:
    explicit World(std::uint64_t seed);

    // One thing happens.
    void step();
    // Nothing fails any more, and everything is brought to its end.
    void settle();
    // What is wrong, as sentences; empty where all is well. After settle().
    std::vector<std::string> faults();

    std::size_t task_count() const { return told_.size(); }
    const std::vector<std::string>& story() const { return story_; }

private:
    // What somebody wants: a call, and the same again until there is an answer.
    struct Wish {
        std::size_t account = 0;
        int body = 0;
        std::string key;  // Empty: none.
        bool blocking = false;
        bool callback = false;
        std::optional<TaskId> task;  // That the client was told of, or the server knows.
        bool waiting = false;        // A client of the present server waits.
        std::string call;            // Its last call.
        bool answered = false;
    };
    struct Work {
        storage::TaskRow task;
        storage::Claim claim;
        bool published = false;
        storage::VideoRow video;
    };
    struct Receipt {
        std::string body;
        int count = 0;
    };

    std::size_t below(std::size_t limit) { return dice_.number() % limit; }
    bool one_in(std::size_t chances) { return below(chances) == 0; }
    void note(std::string what) { story_.push_back(std::move(what)); }

    // What clients do.
    void begin_wish();
    void send(Wish& wish);
    void go_away();
    void take_answers();
    void cancel_or_delete();
    // What workers do.
    void claim();
    void work();
    void finish(Work work);
    // What servers do, or what befalls them.
    void kill_server();
    void recover();
    void deliver();
    void sweep();
    void change_storage();
    void turn_clock();

    bool is_waited_for(const TaskId& task) const;
    bool should_join(const Wish& wish, const std::vector<storage::TaskRow>& tasks);
    void check_answer(const Wish& wish, const tasks::Acceptance& answer, bool joins,
                      const std::optional<TaskId>& of_key);
    std::vector<storage::TaskRow> all_tasks();
    Result<outbound::Reply> receive(const std::string& url, const outbound::Letter& letter);
    void check_running();
    void check_task(const storage::TaskRow& task);
    void check_deliveries(const std::vector<storage::TaskRow>& tasks);
    void check_files(const std::vector<storage::TaskRow>& tasks);
    void fault(std::string what) { faults_.push_back(std::move(what)); }

    SeededRandom dice_;    // What happens.
    SeededRandom random_;  // The program's own.
    FakeClock clock_;
    QuietLog log_;
    ScratchDatabase database_;
    FlakyDatabase flaky_{*database_};
    TempFolder folder_;
    storage::MediaFolder media_ = *storage::MediaFolder::open(folder_.path());
    std::vector<Account> accounts_;
    int servers_ = 0;
    int calls_ = 0;
    int workers_ = 0;
    std::vector<Wish> wishes_;
    std::vector<Work> works_;
    std::set<TaskId> told_;             // Ids that a client got.
    std::set<TaskId> deleted_;          // Or tried to.
    std::set<TaskId> deleted_unended_;  // Deleted before their end, with a callback.
    std::map<std::string, Receipt> receipts_;
    bool receivers_are_well_ = false;
    std::optional<tasks::Courier> courier_;
    std::vector<std::string> story_, faults_;
};

}  // namespace kinora::test
