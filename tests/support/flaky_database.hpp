// tests/support/flaky_database.hpp: a database that fails when the test says so.
#pragma once

#include "storage/database.hpp"

#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <utility>

namespace kinora::test {

// Hands everything to `inner`, which must outlive it, on the caller's thread.
class FlakyDatabase final : public storage::Database {
public:
    explicit FlakyDatabase(storage::Database& inner) : inner_(inner) {}

    enum class Failing { all, writes, confirmations };
    // From now on reads and writes, or writes alone, throw `error`; or writes are done and throw it
    // all the same, as where a connection is lost with the commit.
    template <class E>
    void fail_with(E error, Failing which = Failing::all) {
        const std::lock_guard lock(mutex_);
        error_ = std::make_exception_ptr(std::move(error));
        which_ = which;
    }
    void recover() {
        const std::lock_guard lock(mutex_);
        error_ = nullptr;
    }

    // Runs `act` once, while the next write is on its way.
    void during_next_write(std::function<void()> act) {
        const std::lock_guard lock(mutex_);
        during_write_ = std::move(act);
    }

    int failures() const { return failures_; }
    int writes() const { return writes_; }  // That reached the database.

    std::unique_ptr<Watch> watch_tasks(std::function<void()> changed) override {
        return inner_.watch_tasks(std::move(changed));
    }

    std::uint64_t account_changes() const override { return inner_.account_changes(); }

protected:
    void submit(Kind kind, Job job, Done done) override {
        auto error = error_of(kind);
        if (error) ++failures_;
        if (!error || confirms_nothing(kind)) {
            if (kind == Kind::write) begin_write();
            auto run = [&](storage::Session& session) { job(session); };
            try {
                kind == Kind::write ? inner_.write_now(run) : inner_.read_now(run);
            } catch (...) {
                error = std::current_exception();
            }
        }
        done(error);
    }

private:
    bool confirms_nothing(Kind kind) {
        const std::lock_guard lock(mutex_);
        return kind == Kind::write && which_ == Failing::confirmations;
    }
    std::exception_ptr error_of(Kind kind) {
        const std::lock_guard lock(mutex_);
        return kind == Kind::write || which_ == Failing::all ? error_ : nullptr;
    }

    void begin_write() {
        ++writes_;
        std::function<void()> act;
        {
            const std::lock_guard lock(mutex_);
            act = std::exchange(during_write_, nullptr);
        }
        if (act) act();
    }

    storage::Database& inner_;
    std::mutex mutex_;
    std::exception_ptr error_;
    Failing which_ = Failing::all;
    std::function<void()> during_write_;
    std::atomic<int> failures_ = 0;
    std::atomic<int> writes_ = 0;
};

}  // namespace kinora::test
