// tests/unit/tasks/task_state_test.cpp: every pair of states, allowed or not.
#include "tasks/task_state.hpp"

#include <gtest/gtest.h>

#include <set>

namespace kinora::tasks {
namespace {

constexpr TaskState kStates[] = {TaskState::pending, TaskState::processing, TaskState::completed,
                                 TaskState::failed, TaskState::cancelled};

TEST(TaskState, TheTableOfMovesIsThisAndNoMore) {
    using enum TaskState;
    const std::set<std::pair<TaskState, TaskState>> allowed{
        {pending, processing}, {processing, pending}, {processing, completed},
        {processing, failed},  {pending, cancelled},  {processing, cancelled},
    };
    for (const auto from : kStates) {
        for (const auto to : kStates) {
            EXPECT_EQ(is_allowed(from, to), allowed.contains({from, to}))
                << storage::to_string(from) << " to " << storage::to_string(to);
        }
    }
}

TEST(TaskState, WhatHasEndedStaysAsItIs) {
    for (const auto state : kStates) {
        bool may_move = false;
        for (const auto to : kStates) may_move |= is_allowed(state, to);
        EXPECT_EQ(has_ended(state), !may_move) << storage::to_string(state);
    }
    EXPECT_FALSE(has_ended(TaskState::pending));
    EXPECT_FALSE(has_ended(TaskState::processing));
    EXPECT_TRUE(has_ended(TaskState::cancelled));
}

TEST(TaskState, HasOneWordThatComesBack) {
    for (const auto state : kStates) {
        EXPECT_EQ(storage::parse_task_state(storage::to_string(state)), state);
    }
    for (const auto* word : {"", "Pending", "done", "pending "}) {
        EXPECT_FALSE(storage::parse_task_state(word)) << word;
    }
}

}  // namespace
}  // namespace kinora::tasks
