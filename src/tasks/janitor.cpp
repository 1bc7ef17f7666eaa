#include "tasks/janitor.hpp"

#include "storage/audit_rows.hpp"
#include "storage/code_rows.hpp"
#include "storage/delivery_rows.hpp"
#include "storage/event_rows.hpp"
#include "storage/login_rows.hpp"
#include "storage/resend_rows.hpp"
#include "storage/retention_rows.hpp"
#include "tasks/acceptance.hpp"
#include "tasks/erasure.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace kinora::tasks {
namespace {

using storage::Session;

constexpr int kBatch = 100;
constexpr std::size_t kNamesAtOnce = 500;
constexpr Milliseconds kSweepEvery{10'000};
constexpr Milliseconds kDeletedKept{24 * 60 * 60'000};

// `items` in pieces that one statement can take.
template <class T>
std::vector<std::vector<T>> pieces_of(const std::vector<T>& items) {
    std::vector<std::vector<T>> pieces;
    for (std::size_t i = 0; i < items.size(); i += kNamesAtOnce) {
        const auto end = std::min(i + kNamesAtOnce, items.size());
        pieces.emplace_back(items.begin() + static_cast<std::ptrdiff_t>(i),
                            items.begin() + static_cast<std::ptrdiff_t>(end));
    }
    return pieces;
}

}  // namespace

void Janitor::run(std::stop_token stop) {
    // Often enough that a short retention is kept to.
    const auto pause = options_.retention.count() == 0
                           ? kSweepEvery
                           : std::clamp(options_.retention / 8, Milliseconds(250), kSweepEvery);
    std::mutex mutex;
    std::condition_variable_any wake;
    std::optional<SteadyPoint> orphans_at;
    while (!stop.stop_requested()) {
        try {
            expire_files();
            forget_notes();
            remove_parts();
            erase_users();
            const auto now = clock_.steady();
            if (!orphans_at || now - *orphans_at >= options_.orphans_every) {
                remove_orphans();
                orphans_at = now;
            }
        } catch (const std::exception& error) {
            log_.warn("janitor.failed", {{"reason", error.what()}});  // The next sweep looks again.
        }
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, pause, [] { return false; });
    }
}

void Janitor::remove(const std::vector<std::string>& names, const char* why) {
    for (const auto& name : names) media_.remove(name);
    if (!names.empty()) log_.info("files.removed", {{"count", names.size()}, {"why", why}});
}

void Janitor::expire_files() {
    for (;;) {
        const auto now = clock_.now();
        std::optional<TimePoint> before;  // Without a retention uploads alone expire.
        if (options_.retention.count() != 0) before = now - options_.retention;
        const auto names = database_.write_now(
            [&](Session& session) { return storage::expire_files(session, before, now, kBatch); });
        remove(names, "expired");
        if (names.size() < std::size_t{kBatch}) return;
    }
}

void Janitor::forget_notes() {
    const auto now = clock_.now();
    database_.write_now([&](Session& session) {
        storage::forget_keys(session, now - kKeyHolds);
        storage::forget_deleted(session, now - kDeletedKept);
        storage::forget_events(session, now - options_.events_kept, kBatch);
        storage::forget_logins(session, now);
        storage::forget_codes(session, now);
        storage::forget_allowances(session, now);
        storage::forget_nodes(session, now - kDeletedKept);
    });
}

void Janitor::erase_users() {
    const int count = erase_deleted_users(database_, media_, clock_);
    if (count > 0) log_.info("users.erased", {{"count", count}});
}

void Janitor::remove_orphans() {
    const auto now = clock_.now();
    database_.write_now(
        [&](Session& session) { storage::forget_deliveries(session, now - kDeletedKept); });
    const auto names = media_.files_before(clock_.now() - options_.orphan_age);
    for (const auto& piece : pieces_of(names)) {
        const auto unwanted = database_.read_now(
            [&](Session& session) { return storage::unwanted_among(session, piece); });
        remove(unwanted, "orphaned");
    }
}

void Janitor::remove_parts() {
    const auto now = clock_.now();
    const auto parts = media_.parts_before(now - options_.part_age);
    if (parts.empty()) return;
    std::vector<TaskId> tasks;
    for (const auto& part : parts) {
        if (!part.task.is_nil()) tasks.push_back(part.task);
    }
    std::vector<TaskId> worked_on;
    for (const auto& piece : pieces_of(tasks)) {
        const auto some = database_.read_now(
            [&](Session& session) { return storage::processing_among(session, piece); });
        worked_on.insert(worked_on.end(), some.begin(), some.end());
    }
    const auto loose = media_.parts_before(now - options_.loose_part_age);
    for (const auto& part : parts) {
        const bool in_use =
            std::find(worked_on.begin(), worked_on.end(), part.task) != worked_on.end();
        const bool too_young = part.task.is_nil() &&
                               std::none_of(loose.begin(), loose.end(),
                                            [&](const auto& old) { return old.path == part.path; });
        if (in_use || too_young) continue;
        std::error_code ignored;  // The next sweep looks again.
        if (std::filesystem::remove(part.path, ignored))
            log_.info("part.removed", {{"file", part.path.filename().string()}});
    }
}

}  // namespace kinora::tasks
