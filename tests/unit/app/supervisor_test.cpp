// tests/unit/app/supervisor_test.cpp: workers are started, watched over and ended; scripts play
// them.
#include "app/supervisor.hpp"

#include "support/fake_clock.hpp"
#include "support/quiet_log.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"
#include "support/variable.hpp"
#include "support/wait.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <csignal>
#include <set>
#include <sstream>

namespace kinora::app {
namespace {

using namespace std::chrono_literals;
using storage::TaskState;

class SupervisorTest : public testing::Test {
protected:
    SupervisorTest() {
        config.data = folder.path();
        config.database = database.url();
        config.workers = 1;
    }
    // Workers write down their name and process id, then do as the line of shell says.
    void workers_do(const std::string& line) {
        const auto script =
            folder.write("worker", "#!/bin/sh\necho \"$3 $$\" >> " + (folder / "started").string() +
                                       "\n" + line + "\n");
        std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    }
    Supervisor& start() {
        supervisor =
            std::make_unique<Supervisor>(config, "node-a", *database, media, clock, random, log);
        supervisor->start();
        return *supervisor;
    }
    struct Started {
        std::string name;
        pid_t pid = 0;
    };
    std::vector<Started> started() const {
        std::istringstream text(test::contents_of(folder / "started"));
        std::vector<Started> all;
        for (Started each; text >> each.name >> each.pid;) all.push_back(each);
        return all;
    }
    bool wait_for_starts(std::size_t count) const {
        return test::wait_until([&] { return started().size() >= count; });
    }
    // A task that `owner` works on.
    storage::TaskRow add_claimed_task(const std::string& owner) {
        clock.advance(1ms);
        const auto task = test::add_task(*database, test::make_task(account, random, clock.now()));
        test::claim(*database, owner, clock.now());
        return task;
    }
    TaskState state_of(const storage::TaskRow& task) {
        return test::find_task(*database, task.id).state;
    }
    static bool is_running(pid_t pid) { return ::kill(pid, 0) == 0; }

    test::TempFolder folder;
    storage::MediaFolder media = *storage::MediaFolder::open(folder.path());
    test::ScratchDatabase database;
    test::SeededRandom random;
    test::FakeClock clock;
    test::QuietLog log;
    test::Account account = test::add_account(*database, random);
    Config config;
    const test::Variable program{"KINORA_WORKER_PROGRAM", (folder / "worker").string()};
    std::unique_ptr<Supervisor> supervisor;
};

TEST_F(SupervisorTest, StartsAsManyAsItIsToldEachByANameOfItsOwn) {
    config.workers = 3;
    workers_do("exec sleep 1000");
    start();
    ASSERT_TRUE(wait_for_starts(3));
    std::set<std::string> names;
    for (const auto& each : started()) {
        EXPECT_TRUE(each.name.starts_with("node-a/")) << each.name;
        EXPECT_TRUE(is_running(each.pid));
        names.insert(each.name);
    }
    EXPECT_EQ(names.size(), 3U);
    supervisor->stop(test::kPatience);
    for (const auto& each : started()) EXPECT_FALSE(is_running(each.pid));
}

TEST_F(SupervisorTest, TellsItsWorkersWhatTheyNeed) {
    const test::Variable secret("KINORA_OWNER_TOKEN", "secret-secret-secret");
    const auto output = folder / "output";
    workers_do("env | grep ^KINORA_ | sort > " + output.string() + ".new; echo \"$*\" >> " +
               output.string() + ".new; mv " + output.string() + ".new " + output.string() +
               "; exec sleep 1000");
    start();
    ASSERT_TRUE(test::wait_until([&] { return std::filesystem::exists(output); }));
    std::string words;
    for (const auto& word : worker_arguments(config, started().at(0).name)) words += word + ' ';
    words = words.substr(words.find(' ') + 1);
    words.back() = '\n';
    EXPECT_EQ(test::contents_of(output), "KINORA_DATABASE=" + config.database + "\nKINORA_PARENT=" +
                                             std::to_string(::getpid()) + "\n" + words);
}

TEST_F(SupervisorTest, StartsAnotherForOneThatDied) {
    workers_do("exit 3");
    start();
    ASSERT_TRUE(wait_for_starts(3));
    supervisor->stop(test::kPatience);
    std::set<std::string> names;
    for (const auto& each : started()) names.insert(each.name);
    EXPECT_GE(names.size(), 3U);
}

TEST_F(SupervisorTest, FreesAtOnceWhatADeadWorkerHeld) {
    const auto go = folder / "go";
    workers_do("while ! test -e " + go.string() + "; do sleep 0.01; done; kill -9 $$");
    start();
    ASSERT_TRUE(wait_for_starts(1));
    const auto of_dead = add_claimed_task(started().at(0).name);
    const auto of_another = add_claimed_task("node-b/1");
    folder.write("go", "");
    EXPECT_TRUE(test::wait_until([&] { return state_of(of_dead) == TaskState::pending; }));
    EXPECT_EQ(test::find_task(*database, of_dead.id).attempt, 1);
    EXPECT_EQ(state_of(of_another), TaskState::processing);
}

TEST_F(SupervisorTest, FreesWhatAFormerRunHeld) {
    config.workers = 0;
    const auto of_former = add_claimed_task("node-a/0123");
    const auto of_another = add_claimed_task("node-ab/0123");
    start();
    EXPECT_EQ(state_of(of_former), TaskState::pending);
    EXPECT_EQ(state_of(of_another), TaskState::processing);
    supervisor->stop(0ms);
}

TEST_F(SupervisorTest, LetsAWorkerFinishWithinTheGrace) {
    const auto done = folder / "done";
    workers_do("trap 'echo done > " + done.string() + "; exit 0' TERM; echo > " +
               (folder / "ready").string() + "; while :; do sleep 0.01; done");
    start();
    ASSERT_TRUE(test::wait_until([&] { return std::filesystem::exists(folder / "ready"); }));
    supervisor->stop(test::kPatience);
    EXPECT_EQ(test::contents_of(done), "done\n");
    EXPECT_EQ(started().size(), 1U);
}

TEST_F(SupervisorTest, KillsAStubbornWorkerAndFreesWhatItHeld) {
    // An ignored signal stays ignored in the program that takes the script's place.
    workers_do("trap '' TERM; echo > " + (folder / "ready").string() + "; exec sleep 1000");
    start();
    ASSERT_TRUE(test::wait_until([&] { return std::filesystem::exists(folder / "ready"); }));
    const auto task = add_claimed_task(started().at(0).name);
    supervisor->stop(10ms);
    EXPECT_FALSE(is_running(started().at(0).pid));
    EXPECT_EQ(state_of(task), TaskState::pending);
    EXPECT_EQ(started().size(), 1U);
}

TEST_F(SupervisorTest, TriesAgainWhereTheProgramIsMissing) {
    start();
    workers_do("exec sleep 1000");
    EXPECT_TRUE(wait_for_starts(1));
}

TEST_F(SupervisorTest, StopsInTheMiddleOfAPause) {
    start();
    supervisor->stop(test::kPatience);
    supervisor->stop(test::kPatience);  // Once more is no harm.
}

TEST_F(SupervisorTest, GoingAwayEndsItsWorkers) {
    workers_do("exec sleep 1000");
    start();
    ASSERT_TRUE(wait_for_starts(1));
    supervisor.reset();
    EXPECT_FALSE(is_running(started().at(0).pid));
}

TEST_F(SupervisorTest, MayGoAwayBeforeItHasStarted) {
    config.workers = 4;
    Supervisor(config, "node-a", *database, media, clock, random, log);
    EXPECT_TRUE(started().empty());
}

}  // namespace
}  // namespace kinora::app
