// tests/unit/base/random_test.cpp: random bytes, and how they are written.
#include "base/random.hpp"

#include "support/seeded_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace kinora {
namespace {

TEST(Random, HexIsLowerCaseAndTwiceAsLong) {
    test::SeededRandom random;
    for (const std::size_t size : {0U, 1U, 16U, 1000U}) {
        const auto text = random.hex(size);
        EXPECT_EQ(text.size(), 2 * size);
        EXPECT_EQ(text.find_first_not_of("0123456789abcdef"), std::string::npos);
    }
}

TEST(Random, HexShowsTheHighHalfFirst) {
    const std::array bytes{std::byte{0x00}, std::byte{0x0f}, std::byte{0xf0}, std::byte{0xa5}};
    EXPECT_EQ(to_hex(bytes), "000ff0a5");
    EXPECT_EQ(to_hex({}), "");
}

TEST(Random, TheSystemsIsNeverTheSameTwice) {
    SystemRandom random;
    std::set<std::uint64_t> numbers;
    std::set<std::string> texts;
    for (int i = 0; i < 1000; ++i) {
        numbers.insert(random.number());
        texts.insert(random.hex(16));
    }
    EXPECT_EQ(numbers.size(), 1000U);
    EXPECT_EQ(texts.size(), 1000U);
}

TEST(Random, TheSystemsFillsMoreThanOneCallOfTheKernelGives) {
    std::vector<std::byte> bytes(1'000'000, std::byte{0});
    SystemRandom().fill(bytes);
    // 3,906 of a million random bytes are zero on average; a gap would leave far more.
    EXPECT_LT(std::count(bytes.begin(), bytes.end(), std::byte{0}), 5'000);
    SystemRandom().fill({});
}

}  // namespace
}  // namespace kinora
