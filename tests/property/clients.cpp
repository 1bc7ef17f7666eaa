// tests/property/clients.cpp: what the clients of a world do: ask, go away, come again, change
// their minds.
#include "property/world.hpp"

#include "storage/retention_rows.hpp"
#include "support/tasks.hpp"

#include <algorithm>

namespace kinora::test {
namespace {

using storage::Session;

constexpr int kBodies = 3;
constexpr int kQueuedMax = 30;

}  // namespace

void World::begin_wish() {
    Wish wish;
    wish.account = below(accounts_.size());
    wish.body = static_cast<int>(below(kBodies));
    const auto kind = below(4);
    wish.blocking = kind < 2;
    wish.callback = kind == 2;
    if (one_in(3)) wish.key = random_.hex(4);
    wishes_.push_back(wish);
    send(wishes_.back());
}

bool World::is_waited_for(const TaskId& task) const {
    return std::any_of(wishes_.begin(), wishes_.end(),
                       [&](const Wish& wish) { return wish.waiting && wish.task == task; });
}

// Whether there is a task that a call without a key has to join: told by looking at every task.
bool World::should_join(const Wish& wish, const std::vector<storage::TaskRow>& tasks) {
    const auto& credential = accounts_[wish.account].credential.id;
    const auto hash = tasks::hash_request(std::to_string(wish.body));
    const auto oldest = clock_.now() - tasks::kEndedIsJoined;
    return std::any_of(tasks.begin(), tasks.end(), [&](const storage::TaskRow& task) {
        return !task.seen && task.credential_id == credential && task.request_hash == hash &&
               (!task.finished_at || *task.finished_at >= oldest) && !is_waited_for(task.id);
    });
}

void World::send(Wish& wish) {
    if (wish.waiting || wish.answered) return;
    const auto& account = accounts_[wish.account];
    tasks::Recognition call;
    call.caller = account.caller();
    call.caller.limits = {0, kQueuedMax, 0};
    call.key = wish.key;
    call.request_hash = tasks::hash_request(std::to_string(wish.body));
    call.blocking = wish.blocking;
    call.server = {"node/" + std::to_string(servers_), "node"};
    const auto tasks = all_tasks();
    call.id = wish.call = "call " + std::to_string(++calls_);
    for (const auto& task : tasks) {  // A live server knows whose client is gone.
        if (!task.seen && !is_waited_for(task.id)) call.gone.push_back(task.waiter_call);
    }
    auto row = make_task(account, random_, clock_.now());
    if (wish.callback) {
        row.callback_url = "http://receiver" + std::to_string(below(3)) + "/";
        row.callback_receiver = row.callback_url.substr(7);
    }
    const bool joins = wish.blocking && wish.key.empty() && should_join(wish, tasks);
    std::optional<TaskId> of_key;
    if (!wish.key.empty()) {
        const auto key = database_->read_now([&](Session& session) {
            return storage::find_key(session, account.credential.id, wish.key,
                                     clock_.now() - tasks::kKeyHolds);
        });
        if (key) of_key = key->task_id;
    }
    try {
        const auto result = flaky_.write_now([&](Session& session) {
            return tasks::accept_task(session, call, row, {}, clock_.now());
        });
        if (!result) {  // The queue is full: nothing was stored, and the client gives up.
            if (result.error().code() != ErrorCode::too_many_requests)
                fault("a call was refused: " + result.error().message());
            wish.answered = true;
            return;
        }
        check_answer(wish, *result, joins, of_key);
        wish.task = result->id;
        wish.waiting = wish.blocking;
        wish.answered = !wish.blocking;
        told_.insert(result->id);
        note((result->joined ? "joined " : "made ") + result->id.str());
    } catch (const std::exception&) {
        // The client hears nothing of it. It comes again where that cannot make a second task.
        if (!wish.blocking && wish.key.empty()) wish.answered = true;
        note("not confirmed");
    }
}

void World::check_answer(const Wish& wish, const tasks::Acceptance& answer, bool joins,
                         const std::optional<TaskId>& of_key) {
    if (!wish.key.empty()) {
        if (of_key.has_value() != answer.joined || (of_key && *of_key != answer.id))
            fault("a key led to another task");
    } else if (answer.joined != joins) {
        fault(std::string("a call ") + (joins ? "did not join a task" : "joined a task"));
    }
}

void World::go_away() {
    if (wishes_.empty()) return;
    auto& wish = wishes_[below(wishes_.size())];
    if (!wish.waiting) return;
    wish.waiting = false;
    note("gone from " + wish.task->str());
    try {
        flaky_.write_now([&](Session& session) {
            storage::leave_task(session, *wish.task,
                                {"node/" + std::to_string(servers_), wish.call});
        });
    } catch (const std::exception&) {
        // The server itself still knows.
    }
}

void World::take_answers() {
    for (auto& wish : wishes_) {
        if (!wish.waiting) continue;
        const auto task = database_->read_now(
            [&](Session& session) { return storage::find_task(session, *wish.task); });
        if (task && !task->finished_at) continue;
        try {
            flaky_.write_now([&](Session& session) { storage::mark_seen(session, *wish.task); });
        } catch (const std::exception&) {
            continue;
        }
        wish.waiting = false;
        wish.answered = true;
    }
}

void World::cancel_or_delete() {
    if (told_.empty()) return;
    const auto id = *std::next(told_.begin(), static_cast<std::ptrdiff_t>(below(told_.size())));
    const bool removes = one_in(2);
    note((removes ? "deleted " : "cancelled ") + id.str());
    if (removes) deleted_.insert(id);
    std::vector<std::string> names;
    bool unended = false;
    bool has_callback = false;
    try {
        names = flaky_.write_now([&](Session& session) -> std::vector<std::string> {
            storage::cancel_task(session, id, "Cancelled.", clock_.now());
            const auto task = storage::find_task(session, id);
            if (!removes || !task) return {};
            unended = task->finished_at == clock_.now();
            has_callback = !task->callback_url.empty();
            if (unended) storage::freeze_delivery(session, id, "cancelled " + id.str());
            return storage::delete_task(
                session, *task, unended ? storage::Delivery::kept : storage::Delivery::removed,
                clock_.now());
        });
    } catch (const std::exception&) {
        return;  // It may have happened; files without a row are swept.
    }
    if (unended && has_callback) deleted_unended_.insert(id);
    if (one_in(4)) return;  // A crash before the files are removed.
    for (const auto& name : names) media_.remove(name);
}

}  // namespace kinora::test
