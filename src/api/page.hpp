// api/page.hpp: which part of a list a query asks for: `limit`, `offset` and `ordering`.
#pragma once

#include "api/json_text.hpp"
#include "base/result.hpp"
#include "storage/page.hpp"

#include <boost/json/object.hpp>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace kinora::api {

struct Page {
    std::size_t limit = 12;  // 1..100.
    std::size_t offset = 0;
    std::string ordering;  // The field to sort by.
    bool descending = false;
};

// `query` as sent, without its '?'. `orderings` are the fields that a list can be sorted by, the
// default first; with "-" before it a field sorts downwards. An empty value counts as absent, other
// parameters do not matter. Fails with bad_request and names the parameter.
Result<Page> read_page(std::string_view query, std::initializer_list<std::string_view> orderings);

// The same for lists by age, newest first, as storage wants it; they can be sorted by `field`
// alone.
Result<storage::Slice> read_slice(std::string_view query, std::string_view field = "created_at");

// {"items": [...], "count": N}.
template <class Row, class ToJson>
std::string list_text(const storage::Listed<Row>& listed, ToJson to_json) {
    boost::json::array items;
    for (const auto& row : listed.items) items.push_back(to_json(row));
    return to_text(boost::json::object{{"items", std::move(items)}, {"count", listed.count}});
}

// The decoded value of a query's first parameter of that name; empty where there is none, or the
// query is no valid one.
std::string query_value(std::string_view query, std::string_view name);

// An id in a query; nothing where there is none. What is no id is the id of nothing.
template <class Id>
std::optional<Id> query_id(std::string_view query, std::string_view name) {
    const auto text = query_value(query, name);
    if (text.empty()) return std::nullopt;
    return Id::parse(text).value_or(Id());
}

}  // namespace kinora::api
