// tests/unit/base/ensure_test.cpp: our own mistakes stop the program with one clear line.
#include "base/ensure.hpp"

#include <gtest/gtest.h>

namespace kinora {
namespace {

TEST(Ensure, PassesWhatHolds) {
    ensure(1 + 1 == 2, "arithmetic");
}

TEST(EnsureDeathTest, StopsWithTheSentenceAndThePlace) {
    EXPECT_DEATH(ensure(1 + 1 == 3, "a hold is captured twice"),
                 "kinora: a hold is captured twice .*ensure_test.cpp:.*bug in Kinora");
}

}  // namespace
}  // namespace kinora
