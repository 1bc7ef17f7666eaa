// tests/unit/app/worker_process_test.cpp: one worker as a process, here as a thread of the test.
#include "app/worker_process.hpp"

#include "engines/fake.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"
#include "support/variable.hpp"
#include "support/wait.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <csignal>
#include <thread>

namespace kinora::app {
namespace {

using EngineResult = Result<std::unique_ptr<engines::Engine>>;

EngineResult make_fake(const Config&) {
    return std::unique_ptr<engines::Engine>(std::make_unique<engines::FakeEngine>());
}

int run(std::vector<std::string> words, const EngineMaker& maker = make_fake) {
    words.insert(words.begin(), "kinora-worker");
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    return run_worker_process(static_cast<int>(pointers.size()), pointers.data(), maker);
}

TEST(WorkerProcess, WorksUntilItIsTold) {
    // Here and so in all threads; the worker waits for it.
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);

    test::ScratchDatabase database;
    test::SeededRandom random;
    const auto account = test::add_account(*database, random);
    const auto task =
        test::add_task(*database, test::make_task(account, random, SystemClock().now()));
    int status = -1;
    std::jthread worker([&] {
        status = run({"worker", "--name", "node/1", "--data", database.folder().path().string(),
                      "--database", database.url(), "--threads", "1", "--log-level", "off"});
    });
    EXPECT_TRUE(test::wait_until(
        [&] { return test::find_task(*database, task.id).finished_at.has_value(); }));
    EXPECT_EQ(test::find_task(*database, task.id).state, storage::TaskState::completed);
    ::kill(::getpid(), SIGTERM);
    worker.join();
    EXPECT_EQ(status, 0);
}

TEST(WorkerProcess, GoesAwayWhereItsServerIsGoneAlready) {
    const test::Variable parent("KINORA_PARENT", "1234567890");
    const auto no_engine = [](const Config&) -> EngineResult {
        return Error(ErrorCode::api_error, "nobody asked for an engine");
    };
    EXPECT_EQ(run({"worker"}, no_engine), 0);
}

TEST(WorkerProcess, SaysWhatIsInTheWay) {
    test::TempFolder folder;
    testing::internal::CaptureStderr();
    EXPECT_EQ(run({"worker", "--threads", "many"}), 2);
    EXPECT_NE(testing::internal::GetCapturedStderr(), "");

    const auto file = folder.write("file", "").string();
    testing::internal::CaptureStderr();
    EXPECT_EQ(run({"worker", "--data", file, "--log-level", "off"}), 1);
    EXPECT_NE(testing::internal::GetCapturedStderr().find(file), std::string::npos);

    const auto no_engine = [](const Config&) -> EngineResult {
        return Error(ErrorCode::api_error, "the asset pack is missing");
    };
    testing::internal::CaptureStderr();
    EXPECT_EQ(run({"worker", "--data", folder.path().string(), "--log-level", "off"}, no_engine),
              1);
    EXPECT_NE(testing::internal::GetCapturedStderr().find("the asset pack is missing"),
              std::string::npos);

    testing::internal::CaptureStderr();
    EXPECT_EQ(run({"worker", "--data", folder.path().string(), "--log-level", "off", "--database",
                   "mysql://localhost"}),
              1);
    EXPECT_NE(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace kinora::app
