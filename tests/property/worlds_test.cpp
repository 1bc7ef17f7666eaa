// tests/property/worlds_test.cpp: whatever happens, each task has one end, told once and kept.
//
// A failing world is repeated by the command that it prints. KINORA_SEED runs one seed,
// KINORA_STEPS so many steps of each world, KINORA_WORLDS so many worlds.
#include "property/world.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace kinora::test {
namespace {

void live(std::uint64_t seed, std::uint64_t steps) {
    World world(seed);
    for (std::uint64_t i = 0; i < steps; ++i) world.step();
    world.settle();
    const auto faults = world.faults();
    if (faults.empty()) {
        EXPECT_GT(world.task_count(), steps / 30) << "a world in which little happens shows little";
        return;
    }
    std::string text = "repeat: KINORA_SEED=" + std::to_string(seed) +
                       " KINORA_STEPS=" + std::to_string(steps) +
                       " build/dev/tests/property/kinora_property_test\n";
    for (const auto& fault : faults) text += "  " + fault + '\n';
    text += "what happened:\n";
    for (const auto& event : world.story()) text += "  " + event + '\n';
    ADD_FAILURE() << text;
}

class Worlds : public testing::TestWithParam<int> {};

TEST_P(Worlds, KeepTheirPromises) {
    const auto steps = number_in("KINORA_STEPS", 400);
    if (const auto seed = number_in("KINORA_SEED", 0); seed != 0) {
        if (GetParam() == 0) live(seed, steps);
        return;
    }
    const auto worlds = number_in("KINORA_WORLDS", 5);
    for (std::uint64_t i = 0; i < worlds && !HasFailure(); ++i)
        live(1 + i + static_cast<std::uint64_t>(GetParam()) * worlds, steps);
}

// Each of these runs beside the others.
INSTANTIATE_TEST_SUITE_P(Seeded, Worlds, testing::Range(0, 4));

}  // namespace
}  // namespace kinora::test
