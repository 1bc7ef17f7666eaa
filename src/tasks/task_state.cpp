#include "tasks/task_state.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kinora::tasks {
namespace {

constexpr std::array kMoves{
    std::pair{TaskState::pending, TaskState::processing},    // claim_task
    std::pair{TaskState::processing, TaskState::pending},    // return_task, take_back_leases
    std::pair{TaskState::processing, TaskState::completed},  // complete_task
    std::pair{TaskState::processing, TaskState::failed},     // fail_task, take_back_leases
    std::pair{TaskState::pending, TaskState::cancelled},
    std::pair{TaskState::processing, TaskState::cancelled},
};

}  // namespace

bool is_allowed(TaskState from, TaskState to) {
    return std::find(kMoves.begin(), kMoves.end(), std::pair{from, to}) != kMoves.end();
}

bool has_ended(TaskState state) {
    return std::none_of(kMoves.begin(), kMoves.end(),
                        [&](const auto& move) { return move.first == state; });
}

}  // namespace kinora::tasks
