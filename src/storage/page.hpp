// storage/page.hpp: which part of a list is wanted, and what comes of it.
#pragma once

#include <cstdint>
#include <vector>

namespace kinora::storage {

struct Slice {
    int limit = 12;
    int offset = 0;
    bool descending = true;  // By age: newest first.
};

template <class Row>
struct Listed {
    std::vector<Row> items;
    std::int64_t count = 0;  // All that match, whatever limit and offset.
};

}  // namespace kinora::storage
