// bench/commit_bench.cpp: durable single-row commits of plain SQLite, the measure of submissions.
//
//     KINORA_BENCH_FOLDER=/var/tmp kinora_bench_commit
//
// The same journal (WAL) and synchronous (FULL) modes as the service's, one prepared INSERT of one
// row a commit into a table without further indexes: as little as SQLite can do. The row is about
// as long as a task's.
#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>

namespace {

namespace fs = std::filesystem;

constexpr int kRow_bytes = 700;

// A new database in a folder of its own, both gone at the end.
class Plain {
public:
    Plain() {
        const char* given = std::getenv("KINORA_BENCH_FOLDER");
        std::string pattern = std::string(given != nullptr ? given : "/var/tmp") + "/kinora-XXXXXX";
        if (::mkdtemp(pattern.data()) == nullptr) fail("cannot make " + pattern);
        folder_ = pattern;
        check(sqlite3_open((folder_ / "plain.db").c_str(), &db_));
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = FULL");
        run("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
        check(sqlite3_prepare_v2(db_, "INSERT INTO rows (text) VALUES (?)", -1, &insert_, nullptr));
    }
    ~Plain() {
        sqlite3_finalize(insert_);
        sqlite3_close(db_);
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Plain(const Plain&) = delete;

    // Its own transaction: on disk when this returns.
    void commit_row(const std::string& text) {
        sqlite3_bind_text(insert_, 1, text.data(), int(text.size()), SQLITE_STATIC);
        if (sqlite3_step(insert_) != SQLITE_DONE) fail(sqlite3_errmsg(db_));
        sqlite3_reset(insert_);
    }

private:
    [[noreturn]] static void fail(const std::string& sentence) {
        std::cerr << sentence << "\n";
        std::exit(1);
    }
    void check(int code) {
        if (code != SQLITE_OK) fail(sqlite3_errmsg(db_));
    }
    void run(const char* text) { check(sqlite3_exec(db_, text, nullptr, nullptr, nullptr)); }

    fs::path folder_;
    sqlite3* db_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

void commit(benchmark::State& state) {
    Plain plain;
    const std::string text(kRow_bytes, 'x');
    for (auto _ : state) plain.commit_row(text);
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(commit)->UseRealTime();

}  // namespace
