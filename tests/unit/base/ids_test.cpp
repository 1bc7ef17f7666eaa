// tests/unit/base/ids_test.cpp: an id is a UUID version 4 in its one spelling, or it is none.
#include "base/ids.hpp"

#include "support/seeded_random.hpp"

#include <gtest/gtest.h>

#include <set>
#include <type_traits>
#include <unordered_set>

namespace kinora {
namespace {

// Gives the same byte again and again.
class Constant final : public Random {
public:
    explicit Constant(std::byte value) : value_(value) {}
    void fill(std::span<std::byte> out) override { std::fill(out.begin(), out.end(), value_); }

private:
    std::byte value_;
};

TEST(Uuid, CarriesVersionAndVariantWhateverTheRandomBytes) {
    Constant zeros(std::byte{0x00}), ones(std::byte{0xff});
    EXPECT_EQ(Uuid::make(zeros).str(), "00000000-0000-4000-8000-000000000000");
    EXPECT_EQ(Uuid::make(ones).str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
}

TEST(Uuid, ComesBackFromItsText) {
    test::SeededRandom random;
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto uuid = Uuid::make(random);
        const auto text = uuid.str();
        EXPECT_TRUE(seen.insert(text).second);
        const auto parsed = Uuid::parse(text);
        ASSERT_TRUE(parsed.has_value()) << text;
        EXPECT_EQ(*parsed, uuid);
        EXPECT_FALSE(parsed->is_nil());
    }
}

TEST(Uuid, ReadsUpperCaseAndWritesLower) {
    const auto parsed = Uuid::parse("DFF45A0D-2858-4936-8E2B-3D49C52AFF11");
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(parsed->str(), "dff45a0d-2858-4936-8e2b-3d49c52aff11");
}

TEST(Uuid, RefusesWhatIsNoId) {
    const std::string good = "dff45a0d-2858-4936-8e2b-3d49c52aff11";
    ASSERT_TRUE(Uuid::parse(good));
    const std::string table[] = {
        "",
        "-",
        "dff45a0d28584936 8e2b3d49c52aff11",
        "dff45a0d285849368e2b3d49c52aff11",
        "{dff45a0d-2858-4936-8e2b-3d49c52aff11}",
        "urn:uuid:dff45a0d-2858-4936-8e2b-3d49c52aff11",
        good + "0",
        good.substr(1),
        " " + good.substr(1),
        good.substr(0, 35) + " ",
        good.substr(0, 35) + "g",
        good.substr(0, 35) + std::string(1, '\0'),
        "dff45a0d_2858-4936-8e2b-3d49c52aff11",
        "dff45a0d-2858-4936-8e2b03d49c52aff11",
        "dff45a0-d2858-4936-8e2b-3d49c52aff11",
        "------------------------------------",
        "dff45a0d-2858-4936-8e2b-3d49c52aff1\xc3",
        std::string(100'000, 'a'),
    };
    for (const auto& text : table) EXPECT_FALSE(Uuid::parse(text)) << text.substr(0, 60);
}

TEST(Uuid, IsNilUntilMade) {
    EXPECT_TRUE(Uuid().is_nil());
    EXPECT_EQ(Uuid().str(), "00000000-0000-0000-0000-000000000000");
    EXPECT_TRUE(Uuid::parse(Uuid().str())->is_nil());
}

TEST(Id, IsAKindOfItsOwn) {
    static_assert(!std::is_convertible_v<TaskId, UserId>);
    static_assert(!std::is_constructible_v<TaskId, UserId>);
    static_assert(!std::is_convertible_v<Uuid, TaskId>);
    static_assert(!std::is_constructible_v<TaskId, std::string>);
    const auto id = TaskId::parse("dff45a0d-2858-4936-8e2b-3d49c52aff11");
    ASSERT_TRUE(id.has_value());
    EXPECT_EQ(id->str(), "dff45a0d-2858-4936-8e2b-3d49c52aff11");
    EXPECT_FALSE(TaskId::parse("no id"));
    EXPECT_TRUE(TaskId().is_nil());
}

TEST(Id, CanBeAKey) {
    test::SeededRandom random;
    std::unordered_set<TaskId> ids;
    std::unordered_set<std::size_t> hashes;
    for (int i = 0; i < 1000; ++i) {
        const auto id = TaskId::make(random);
        ids.insert(id);
        ids.insert(id);
        hashes.insert(std::hash<TaskId>()(id));
    }
    EXPECT_EQ(ids.size(), 1000U);
    EXPECT_GT(hashes.size(), 990U);
    EXPECT_LT(*Uuid::parse("00000000-0000-4000-8000-000000000001"),
              *Uuid::parse("10000000-0000-4000-8000-000000000000"));
}

}  // namespace
}  // namespace kinora
