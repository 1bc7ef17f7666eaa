// tests/property/ledger_test.cpp: whatever happens, everybody has what the model says, to the
// millionth.
//
// A failing world is repeated by the command that it prints. KINORA_SEED runs one seed,
// KINORA_STEPS so many steps of each world, KINORA_WORLDS so many worlds.
#include "property/ledger_world.hpp"
#include "property/world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace kinora::test {
namespace {

std::string command(std::uint64_t seed, std::uint64_t steps, Backend backend) {
    const bool is_sqlite = backend == Backend::sqlite;
    return std::string(is_sqlite ? "" : "scripts/with-postgres ") +
           "env KINORA_SEED=" + std::to_string(seed) + " KINORA_STEPS=" + std::to_string(steps) +
           " build/dev/tests/property/kinora_property_test --gtest_filter='*Ledgers*" +
           (is_sqlite ? "sqlite" : "postgresql") + "*'";
}

void live(std::uint64_t seed, std::uint64_t steps, Backend backend) {
    LedgerWorld world(seed, backend);
    std::uint64_t step = 0;
    // What is wrong once stays wrong: the first fault is the one to look at.
    while (step < steps && world.faults().empty()) world.step(), ++step;
    if (world.faults().empty()) world.settle();
    if (world.faults().empty()) {
        const auto& jobs = world.model().jobs;
        const auto paid = std::count_if(jobs.begin(), jobs.end(), [](const auto& each) {
            return each.second.payer && each.second.end == LedgerModel::End::completed;
        });
        EXPECT_GT(paid, static_cast<std::ptrdiff_t>(steps / 100))
            << "a world in which little is paid for shows little";
        return;
    }
    std::string text =
        "repeat: " + command(seed, steps, backend) + "\nafter step " + std::to_string(step) + ":\n";
    for (const auto& fault : world.faults()) text += "  " + fault + '\n';
    text += "what happened:\n";
    for (const auto& event : world.story()) text += "  " + event + '\n';
    ADD_FAILURE() << text;
}

class Ledgers : public testing::TestWithParam<std::tuple<Backend, int>> {};

TEST_P(Ledgers, Balance) {
    const auto [backend, part] = GetParam();
    const auto steps = number_in("KINORA_STEPS", 300);
    if (const auto seed = number_in("KINORA_SEED", 0); seed != 0) {
        if (part == 0) live(seed, steps, backend);
        return;
    }
    const auto worlds = number_in("KINORA_WORLDS", 2);
    for (std::uint64_t i = 0; i < worlds && !HasFailure(); ++i)
        live(1 + i + static_cast<std::uint64_t>(part) * worlds, steps, backend);
}

// Each of these runs beside the others.
INSTANTIATE_TEST_SUITE_P(
    Seeded, Ledgers,
    testing::Combine(testing::Values(Backend::sqlite, Backend::postgresql), testing::Range(0, 2)),
    [](const auto& each) {
        return std::string(std::get<0>(each.param) == Backend::sqlite ? "sqlite" : "postgresql") +
               "_" + std::to_string(std::get<1>(each.param));
    });

}  // namespace
}  // namespace kinora::test
