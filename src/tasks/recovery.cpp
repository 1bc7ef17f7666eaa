#include "tasks/recovery.hpp"

#include "storage/task_rows.hpp"

namespace kinora::tasks {

void recover_tasks(storage::Database& database, const storage::MediaFolder& media,
                   const Clock& clock, Log& log, std::string_view dead_owner_prefix) {
    const auto now = clock.now();
    const auto lost = database.write_now([&](storage::Session& session) {
        return storage::take_back_leases(
            session, now, dead_owner_prefix, kAttemptsMax, "api_error",
            "The video could not be made: the worker stopped unexpectedly three times.");
    });
    for (const auto& task : lost.returned) log.warn("task.recovered", {{"task", task.str()}});
    for (const auto& task : lost.failed) {
        media.remove_parts(task);
        log.error("task.given_up", {{"task", task.str()}});
    }
}

}  // namespace kinora::tasks
