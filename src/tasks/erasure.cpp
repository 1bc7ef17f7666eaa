#include "tasks/erasure.hpp"

#include "storage/account_rows.hpp"
#include "storage/ledger_rows.hpp"
#include "storage/retention_rows.hpp"
#include "storage/user_rows.hpp"

namespace kinora::tasks {
namespace {

using storage::Session;

constexpr int kUsersAtOnce = 20;
constexpr int kTasksAtOnce = 50;

struct Batch {
    std::vector<std::string> files;  // To be removed once this is committed.
    bool is_last = false;
};

Batch erase_batch(Session& session, UserId user, TimePoint now) {
    Batch batch;
    storage::TaskFilter filter;
    filter.user_id = user;
    filter.limit = kTasksAtOnce;
    const auto page = storage::list_tasks(session, filter);
    for (const auto& found : page.items) {
        auto task = found;
        if (!task.finished_at) {  // A call that had begun before the account was deleted.
            storage::cancel_task(session, task.id, "The account was deleted.", now);
            const auto cancelled = storage::find_task(session, task.id);
            if (!cancelled) continue;  // Another server's janitor was quicker.
            task = *cancelled;
        }
        const auto names = storage::delete_task(session, task, storage::Delivery::removed, now);
        batch.files.insert(batch.files.end(), names.begin(), names.end());
    }
    if (page.items.empty()) {
        // What was on its way while the account was deleted: a hold let go above, a top-up.
        for (const auto& application : storage::applications_of(session, user))
            storage::forfeit(session, application.id, now);
        batch.files = storage::files_of(session, user);
        storage::remove_user(session, user);
        batch.is_last = true;
    }
    return batch;
}

}  // namespace

int erase_deleted_users(storage::Database& database, const storage::MediaFolder& media,
                        const Clock& clock) {
    const auto users = database.read_now(
        [](Session& session) { return storage::deleted_users(session, kUsersAtOnce); });
    for (const auto& user : users) {
        for (bool more = true; more;) {
            const auto batch = database.write_now(
                [&](Session& session) { return erase_batch(session, user, clock.now()); });
            for (const auto& name : batch.files) media.remove(name);
            more = !batch.is_last;
        }
    }
    return static_cast<int>(users.size());
}

}  // namespace kinora::tasks
