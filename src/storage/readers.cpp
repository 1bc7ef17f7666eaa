// storage/readers.cpp: see readers.hpp.
#include "storage/readers.hpp"

namespace kinora::storage {

namespace {

// A snapshot held longer keeps SQLite from trimming its log, and the last job waiting.
constexpr std::size_t kMaxBatch = 64;

}  // namespace

Readers::Readers(const Dialect& dialect, std::size_t count) : dialect_(dialect), count_(count) {
    for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
}

Readers::~Readers() {
    queue_.close();
}

void Readers::work() {
    Connection connection(dialect_, Use::read);
    for (;;) {
        auto batch = queue_.take(kMaxBatch, count_);
        if (batch.empty()) return;
        auto rest = std::span(batch);
        while (!rest.empty()) rest = rest.subspan(run_snapshot(connection, rest));
    }
}

std::size_t Readers::run_snapshot(Connection& connection, std::span<PendingJob> jobs) {
    try {
        connection.begin();
    } catch (...) {
        for (auto& pending : jobs) pending.done(std::current_exception());
        return jobs.size();
    }
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        auto& [job, done, error] = jobs[i];
        try {
            job(connection.session());
            job = nullptr;  // What it refers to may be gone once the caller knows.
            done(nullptr);
            continue;
        } catch (const soci::soci_error& failed) {
            error = connection.judge(failed).exception();
        } catch (...) {
            error = std::current_exception();
        }
        connection.rollback();
        done(error);
        return i + 1;
    }
    try {
        connection.commit();
    } catch (const soci::soci_error&) {
        connection.rollback();  // Nothing was written; the next batch meets what is wrong.
    }
    return jobs.size();
}

}  // namespace kinora::storage
