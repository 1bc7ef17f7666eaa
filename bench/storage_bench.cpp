// storage_bench.cpp: what storage carries: reads of a request, and durable writes in groups.
//
// The database lies in a temporary folder, or where KINORA_BENCH_DATABASE (a URL) says. A disk that
// does not really sync makes the figures of writes worthless; compare with PlainCommits.
#include "base/log.hpp"
#include "base/random.hpp"
#include "storage/account_rows.hpp"
#include "storage/database.hpp"
#include "storage/task_rows.hpp"

#include <benchmark/benchmark.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace {

using namespace kinora;
using namespace kinora::storage;

class Folder {
public:
    Folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "kinora-bench-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
        path_ = pattern;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    std::filesystem::path file(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

// A database with one caller and `tasks` ended tasks of it.
struct World {
    explicit World(std::size_t readers, int tasks) {
        const char* url = std::getenv("KINORA_BENCH_DATABASE");
        const auto file = "sqlite:" + folder.file("kinora.db").string();
        db = Database::open({url ? url : file, readers}, log);
        user.id = UserId::make(random);
        user.email = random.hex(8) + "@example.org";
        application.id = ApplicationId::make(random);
        application.user_id = user.id;
        credential.id = CredentialId::make(random);
        credential.application_id = application.id;
        credential.user_id = user.id;
        credential.token_hash = random.hex(32);
        db->write_now([&](Session& session) {
            insert_user(session, user);
            insert_application(session, application);
            insert_credential(session, credential);
            for (int i = 0; i < tasks; ++i) {
                const auto task = make_task();
                ids.push_back(task.id);
                insert_task(session, task);
            }
        });
    }

    TaskRow make_task() {
        TaskRow task;
        task.id = TaskId::make(random);
        task.user_id = user.id;
        task.application_id = application.id;
        task.credential_id = credential.id;
        task.trace_id = TraceId::make(random);
        task.type = "videos";
        task.request_json = R"({"prompt":"Astronauts shuttle from space to volcano","async":true})";
        task.brief_json = task.request_json;
        task.created_at = SystemClock().now();
        return task;
    }

    Folder folder;
    SystemRandom random;
    Log log{LogLevel::off};
    std::unique_ptr<Database> db;
    UserRow user;
    ApplicationRow application;
    CredentialRow credential;
    std::vector<TaskId> ids;
};

// The statements alone, in one job: what a reader's core can do at most.
void Statements(benchmark::State& state) {
    World world(1, 10'000);
    std::size_t next = 0;
    world.db->read_now([&](Session& session) {
        for (auto _ : state) {
            benchmark::DoNotOptimize(find_caller(session, world.credential.token_hash));
            benchmark::DoNotOptimize(find_task(session, world.ids[next++ % world.ids.size()]));
        }
    });
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(Statements)->UseRealTime();

constexpr int kRound = 2000;  // Calls in one iteration of what follows.

Async<void> look(World& world, int& left) {
    while (left-- > 0) {
        const auto id = world.ids[static_cast<std::size_t>(left) % world.ids.size()];
        const auto both = [&world, id](Session& session) {
            const auto caller = find_caller(session, world.credential.token_hash);
            return caller ? find_task(session, id) : std::nullopt;
        };
        const auto task = co_await world.db->read(both);
        if (!task) std::abort();
    }
}

// As the API does it: coroutines on one thread, `range(0)` at once, with `range(1)` readers.
void Reads(benchmark::State& state) {
    World world(static_cast<std::size_t>(state.range(1)), 10'000);
    for (auto _ : state) {
        asio::io_context context(1);
        int left = kRound;
        for (int i = 0; i < state.range(0); ++i) {
            asio::co_spawn(context, look(world, left), asio::detached);
        }
        context.run();
    }
    state.SetItemsProcessed(state.iterations() * kRound);
}
BENCHMARK(Reads)->ArgsProduct({{1, 64, 512}, {1, 2}})->MeasureProcessCPUTime()->UseRealTime();

Async<void> store(World& world, int& left) {
    while (left-- > 0) {
        const auto task = world.make_task();
        const auto insert = [task](Session& session) { insert_task(session, task); };
        co_await world.db->write(insert);
    }
}

// Tasks submitted by `range(0)` callers at once, each waiting for its durable commit.
void DurableWrites(benchmark::State& state) {
    World world(1, 1);
    for (auto _ : state) {
        asio::io_context context(1);
        int left = kRound;
        for (int i = 0; i < state.range(0); ++i) {
            asio::co_spawn(context, store(world, left), asio::detached);
        }
        context.run();
    }
    state.SetItemsProcessed(state.iterations() * kRound);
}
BENCHMARK(DurableWrites)->Arg(1)->Arg(64)->Arg(512)->UseRealTime();

// The measure: one row, one durable commit, and nothing else.
void PlainCommits(benchmark::State& state) {
    const Folder folder;
    soci::session sql(soci::sqlite3, "db=\"" + folder.file("plain.db").string() + "\"");
    sql << "PRAGMA journal_mode = WAL";
    sql << "PRAGMA synchronous = FULL";
    sql << "CREATE TABLE rows (id INTEGER PRIMARY KEY, body TEXT NOT NULL)";
    const std::string body(400, 'x');
    soci::statement insert =
        (sql.prepare << "INSERT INTO rows (body) VALUES (:body)", soci::use(body, "body"));
    for (auto _ : state) insert.execute(true);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(PlainCommits)->UseRealTime();

}  // namespace
