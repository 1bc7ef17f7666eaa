// tests/property/faults.cpp: what has to be true of a world that has come to rest.
#include "property/world.hpp"

#include "storage/delivery_rows.hpp"
#include "storage/event_rows.hpp"
#include "storage/retention_rows.hpp"
#include "tasks/task_state.hpp"

#include <algorithm>

namespace kinora::test {
namespace {

using storage::Session;
using storage::TaskState;

}  // namespace

std::vector<std::string> World::faults() {
    const auto tasks = all_tasks();
    std::set<TaskId> there;
    for (const auto& task : tasks) {
        there.insert(task.id);
        check_task(task);
    }
    for (const auto& id : told_) {
        if (!there.contains(id) && !deleted_.contains(id))
            fault("the task " + id.str() + " is lost");
    }
    for (const auto& id : deleted_unended_) {
        const auto receipt = receipts_.find(id.str());
        if (receipt == receipts_.end() || receipt->second.body != "cancelled " + id.str())
            fault("nobody heard that " + id.str() + " was deleted");
    }
    check_deliveries(tasks);
    check_files(tasks);
    return faults_;
}

void World::check_task(const storage::TaskRow& task) {
    const auto name = task.id.str();
    if (!tasks::has_ended(task.state)) return fault("the task " + name + " has no end");
    const auto events = database_->read_now(
        [&](Session& session) { return storage::events_after(session, task.id, 0); });
    auto state = TaskState::pending;
    int progress = 0, ends = 0;
    for (const auto& event : events) {
        if (event.state != state && !tasks::is_allowed(state, event.state))
            fault("the task " + name + " made a move that is not allowed");
        if (event.progress < progress) fault("the progress of " + name + " fell");
        if (tasks::has_ended(event.state)) ++ends;
        state = event.state;
        progress = event.progress;
    }
    // Those of old ends are forgotten.
    if (!events.empty() && ends != 1)
        fault("the task " + name + " has " + std::to_string(ends) + " ends");
    if ((task.state == TaskState::completed) != task.video.has_value())
        fault("the task " + name + " and its clip do not go together");
}

void World::check_deliveries(const std::vector<storage::TaskRow>& tasks) {
    for (const auto& task : tasks) {
        const auto delivery = database_->read_now(
            [&](Session& session) { return storage::find_delivery(session, task.id); });
        const auto name = task.id.str();
        if (delivery.has_value() == task.callback_url.empty()) {
            fault("the task " + name + (delivery ? " told its end unasked" : " told nobody"));
            continue;
        }
        if (!delivery) continue;
        const auto attempts = database_->read_now(
            [&](Session& session) { return storage::attempts_of(session, task.id); });
        if (static_cast<int>(attempts.size()) != delivery->attempt)
            fault("attempts at " + name + " are missing");
        const bool arrived = std::any_of(attempts.begin(), attempts.end(), [](const auto& each) {
            return each.status >= 200 && each.status < 300;
        });
        if (delivery->state == storage::DeliveryState::waiting)
            fault("the end of " + name + " is still to be told");
        if (arrived != (delivery->state == storage::DeliveryState::delivered))
            fault("the delivery of " + name + " does not say what became of it");
        const auto receipt = receipts_.find(name);
        if (arrived && receipt == receipts_.end()) fault("the receipt of " + name + " is lost");
        const auto wanted = std::string(storage::to_string(task.state)) + ' ' + name;
        if (receipt != receipts_.end() && receipt->second.body != wanted)
            fault("the receiver of " + name + " was told " + receipt->second.body);
    }
}

void World::check_files(const std::vector<storage::TaskRow>& tasks) {
    std::set<std::string> wanted;
    for (const auto& task : tasks) {
        if (!task.video) continue;
        for (const auto& name : {task.video->video_name, task.video->thumbnail_name}) {
            if (task.video->expired_at) {
                if (media_.has(name)) fault("the file " + name + " has expired and is there");
            } else {
                wanted.insert(name);
                if (!media_.has(name)) fault("the file " + name + " is missing");
            }
        }
    }
    // By the clock of this world every file is from the future, so their age is left out.
    for (const auto& name : media_.files_before(TimePoint::max())) {
        if (!wanted.contains(name)) fault("the file " + name + " belongs to no task");
    }
    if (!media_.parts_before(TimePoint::max()).empty()) fault("parts were left behind");
}

}  // namespace kinora::test
