// unit/http/range_test.cpp: Range headers as a table.
#include "http/range.hpp"

#include <gtest/gtest.h>

namespace kinora::http {
namespace {

struct Row {
    const char* header;
    std::uint64_t file_size;
    Range::Kind kind;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

TEST(Range, ChoosesBytes) {
    using enum Range::Kind;
    const Row rows[] = {
        {"bytes=0-0", 10, part, 0, 1},
        {"bytes=0-9", 10, part, 0, 10},
        {"bytes=2-5", 10, part, 2, 4},
        {"bytes=5-", 10, part, 5, 5},
        {"bytes=5-99", 10, part, 5, 5},
        {"bytes=-3", 10, part, 7, 3},
        {"bytes=-99", 10, part, 0, 10},
        {"BYTES= 1-2 ", 10, part, 1, 2},
        {"bytes=0-99999999999999999999999", 10, part, 0, 10},
        {"bytes=10-", 10, outside},
        {"bytes=10-12", 10, outside},
        {"bytes=99999999999999999999999-", 10, outside},
        {"bytes=-0", 10, outside},
        {"bytes=0-", 0, outside},
        {"bytes=-1", 0, outside},
        {"", 10, whole},
        {"bytes=", 10, whole},
        {"bytes=-", 10, whole},
        {"bytes=5-2", 10, whole},
        {"bytes=0-1,3-4", 10, whole},
        {"bytes=a-b", 10, whole},
        {"bytes=1 -2", 10, whole},
        {"bytes=--2", 10, whole},
        {"bytes=+1-2", 10, whole},
        {"lines=1-2", 10, whole},
        {"1-2", 10, whole},
    };
    for (const auto& row : rows) {
        const auto range = choose_range(row.header, row.file_size);
        EXPECT_EQ(range.kind, row.kind) << row.header;
        EXPECT_EQ(range.offset, row.offset) << row.header;
        EXPECT_EQ(range.size_bytes, row.size) << row.header;
    }
}

}  // namespace
}  // namespace kinora::http
