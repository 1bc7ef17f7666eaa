#include "tasks/queue_gauge.hpp"

#include "tasks/acceptance.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace kinora::tasks {
namespace {

using namespace std::chrono_literals;

constexpr auto kFresh = 250ms;
constexpr int kShareOfTime = 20;
// From here on a task's own speed says more than what is usual.
constexpr int kTellingProgress = 10;

double to_seconds(Milliseconds time) {
    return static_cast<double>(time.count()) / 1000;
}

}  // namespace

QueueFacts::QueueFacts(const storage::QueueView& view) : known_(true) {
    // A user's turns are taken by its tasks in the order that it wants them, see queue_rows.hpp.
    std::map<UserId, std::vector<const storage::WaitingTask*>> wanted;
    for (const auto& task : view.waiting) wanted[task.user_id].push_back(&task);
    for (auto& [user, tasks] : wanted) {
        std::sort(tasks.begin(), tasks.end(), [](const auto* a, const auto* b) {
            return std::tuple(-a->priority, a->created_at, a->turn, a->id) <
                   std::tuple(-b->priority, b->created_at, b->turn, b->id);
        });
    }
    std::map<UserId, std::size_t> used;
    int position = 0;
    for (const auto& turn : view.waiting) {
        const auto* task = wanted[turn.user_id][used[turn.user_id]++];
        positions_.emplace(task->id, ++position);
    }
    workers_ = view.progress.size();
    if (view.worked.empty()) return;
    const auto sum = std::accumulate(view.worked.begin(), view.worked.end(), Milliseconds(0));
    usual_ = to_seconds(sum) / static_cast<double>(view.worked.size());
    for (const int progress : view.progress) running_seconds_ += *usual_ * (100 - progress) / 100;
}

QueueFacts::Outlook QueueFacts::outlook(const storage::TaskRow& task) const {
    Outlook outlook;
    if (!known_) return outlook;
    if (task.state == storage::TaskState::pending) {
        const auto found = positions_.find(task.id);
        const bool known = found != positions_.end();
        outlook.position = known ? found->second : static_cast<int>(positions_.size()) + 1;
        if (!usual_ || workers_ == 0) return outlook;
        const auto before = running_seconds_ + *usual_ * (*outlook.position - 1);
        outlook.seconds = before / static_cast<double>(workers_) + *usual_;
    } else if (task.state == storage::TaskState::processing) {
        if (task.attempt > 1) {
            outlook.seconds =
                usual_;  // How far this attempt is nobody knows: progress never falls.
        } else if (task.progress >= kTellingProgress && task.worked.count() > 0) {
            outlook.seconds = to_seconds(task.worked) * (100 - task.progress) / task.progress;
        } else if (usual_) {
            outlook.seconds = *usual_ * (100 - task.progress) / 100;
        }
    }
    return outlook;
}

std::shared_ptr<const QueueFacts> QueueGauge::facts_at_hand() {
    const std::lock_guard lock(mutex_);
    return clock_.steady() < look_again_at_ ? facts_ : nullptr;
}

Async<std::shared_ptr<const QueueFacts>> QueueGauge::facts() {
    const auto began = clock_.steady();
    {
        const std::lock_guard lock(mutex_);
        if (facts_ && began < look_again_at_) co_return facts_;
        look_again_at_ = began + kFresh;  // Others make do with the last ones meanwhile.
    }
    auto look = [](storage::Session& session) {
        return std::make_shared<const QueueFacts>(
            storage::view_queue(session, static_cast<int>(kQueuedMax)));
    };
    auto fresh = co_await database_.read(std::move(look));
    const auto took = clock_.steady() - began;
    const std::lock_guard lock(mutex_);
    facts_ = fresh;
    hurried_look_at_ = clock_.steady() + took * kShareOfTime;
    look_again_at_ = clock_.steady() + std::max<SteadyPoint::duration>(kFresh, took * kShareOfTime);
    co_return fresh;
}

Async<std::shared_ptr<const QueueFacts>> QueueGauge::fresh_facts() {
    {
        const std::lock_guard lock(mutex_);
        look_again_at_ = std::min(look_again_at_, hurried_look_at_);
    }
    auto fresh = co_await facts();
    co_return fresh;
}

}  // namespace kinora::tasks
