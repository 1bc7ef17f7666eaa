// storage/writer.cpp: see writer.hpp.
#include "storage/writer.hpp"

#include <chrono>

namespace kinora::storage {

namespace {

// One group's undo log stays within a few megabytes, and the first of it waits not too long.
constexpr std::size_t kMaxGroup = 512;
constexpr int kTries = 8;

}  // namespace

Writer::Writer(const Dialect& dialect, Log& log)
    : connection_(dialect, Use::write), log_(log), thread_([this] { work(); }) {}

Writer::~Writer() {
    queue_.close();
}

void Writer::work() {
    for (;;) {
        auto group = queue_.take(kMaxGroup, 1);
        if (group.empty()) return;
        run_group(group);
        for (auto& pending : group) {
            pending.job = nullptr;  // What it refers to may be gone once the caller knows.
            pending.done(pending.error);
        }
    }
}

void Writer::run_group(std::span<PendingJob> group) {
    for (int tries = 1;; ++tries) {
        switch (try_group(group)) {
            case Outcome::committed:
            case Outcome::failed:
                return;
            case Outcome::spoiled:
                return run_alone(group);
            case Outcome::conflict:
                if (tries == kTries) return run_alone(group);
                log_.debug("database.conflict", {{"try", tries}, {"jobs", group.size()}});
                std::this_thread::sleep_for(std::chrono::milliseconds(tries));
        }
    }
}

void Writer::run_alone(std::span<PendingJob> group) {
    if (group.size() == 1) return;  // It was alone, and its `error` says what happened.
    for (auto& pending : group) run_group({&pending, 1});
}

Writer::Outcome Writer::try_group(std::span<PendingJob> group) {
    for (auto& pending : group) pending.error = nullptr;
    try {
        connection_.begin();
        const auto outcome = run_jobs(group);
        if (outcome != Outcome::committed) {
            connection_.rollback();
            return outcome;
        }
        const bool accounts_changed = connection_.session().take_accounts_changed();
        connection_.commit();
        if (accounts_changed) ++account_changes_;
        return Outcome::committed;
    } catch (const soci::soci_error& error) {
        const auto failure = connection_.judge(error);
        connection_.rollback();
        fail(group, failure.exception());
        return failure.kind == Failure::Kind::conflict ? Outcome::conflict : Outcome::failed;
    } catch (...) {
        connection_.rollback();
        return fail(group, std::current_exception());
    }
}

Writer::Outcome Writer::run_jobs(std::span<PendingJob> group) {
    if (group.size() == 1) {
        // Its own transaction is all the savepoint it needs.
        try {
            group.front().job(connection_.session());
            return Outcome::committed;
        } catch (const soci::soci_error&) {
            throw;
        } catch (...) {
            return fail(group, std::current_exception());
        }
    }
    for (auto& pending : group) {
        const auto outcome = run_behind_savepoint(pending);
        if (outcome == Outcome::committed) continue;
        fail(group, std::exception_ptr(pending.error));
        return outcome;
    }
    return Outcome::committed;
}

Writer::Outcome Writer::run_behind_savepoint(PendingJob& pending) {
    auto& session = connection_.session();
    session.sql() << "SAVEPOINT job";
    try {
        pending.job(session);
        session.sql() << "RELEASE SAVEPOINT job";
        return Outcome::committed;
    } catch (const soci::soci_error& error) {
        const auto failure = connection_.judge(error);
        pending.error = failure.exception();
        if (failure.kind == Failure::Kind::conflict) return Outcome::conflict;
        if (failure.kind == Failure::Kind::connection_lost) return Outcome::failed;
    } catch (...) {
        pending.error = std::current_exception();
    }
    // SQLite rolls back everything when the disk is full; then there is no savepoint either.
    if (!session.dialect().in_transaction(session.sql())) return Outcome::spoiled;
    session.sql() << "ROLLBACK TO SAVEPOINT job";
    session.sql() << "RELEASE SAVEPOINT job";
    session.forget_prepared();
    return Outcome::committed;
}

Writer::Outcome Writer::fail(std::span<PendingJob> group, std::exception_ptr error) {
    for (auto& pending : group) pending.error = error;
    return Outcome::failed;
}

}  // namespace kinora::storage
