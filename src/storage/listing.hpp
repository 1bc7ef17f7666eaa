// storage/listing.hpp: lists that are filtered, counted and given a page at a time.
//
// A record is what columns.hpp says, with `kTable` and `row()`. Private to this room.
#pragma once

#include "storage/columns.hpp"
#include "storage/page.hpp"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace kinora::storage {

// Conditions with the values that they compare with, kept as long as queries are bound to them.
class Conditions {
public:
    // `alias` is what the query calls the table.
    explicit Conditions(std::string alias = "r") : alias_(std::move(alias)) {}

    void equal(const char* column, std::string value) {
        texts_.push_back({name_of(column), std::move(value)});
        add(alias_ + '.' + column + " = :" + texts_.back().name);
    }
    void at_least(const char* column, const std::optional<TimePoint>& time) {
        if (time) compare(column, ">=", to_unix_ms(*time));
    }
    void at_most(const char* column, const std::optional<TimePoint>& time) {
        if (time) compare(column, "<=", to_unix_ms(*time));
    }
    void compare(const char* column, const char* relation, long long value) {
        numbers_.push_back({name_of(column), value});
        add(alias_ + '.' + column + ' ' + relation + " :" + numbers_.back().name);
    }
    // Text of ours, without a value of anybody's.
    void raw(const std::string& condition) { add(condition); }
    // A condition with one text in it, by the name ":text<n>" that `with` is told.
    template <class F>
    void with_text(std::string value, F with) {
        texts_.push_back({name_of("text"), std::move(value)});
        add(with(":" + texts_.back().name));
    }

    const std::string& alias() const { return alias_; }
    const std::string& text() const { return text_; }
    void bind(Query& query) {
        for (auto& each : texts_) query.in(each.name.c_str(), each.value);
        for (auto& each : numbers_) query.in(each.name.c_str(), each.value);
    }

private:
    template <class T>
    struct Named {
        std::string name;
        T value;
    };
    std::string name_of(const char* column) {
        return std::string(column) + std::to_string(texts_.size() + numbers_.size());
    }
    void add(const std::string& condition) {
        text_ += (text_.empty() ? " WHERE " : " AND ") + condition;
    }

    const std::string alias_;
    std::string text_;
    std::deque<Named<std::string>> texts_;
    std::deque<Named<long long>> numbers_;
};

inline std::int64_t count_matching(Session& session, const char* table, Conditions& conditions) {
    long long count = 0;
    Query query(session, std::string("SELECT count(*) FROM ") + table + ' ' + conditions.alias() +
                             conditions.text());
    query.out(count);
    conditions.bind(query);
    query.only();
    return count;
}

// The rows of one page, by `age` (a column) and `tie`.
template <class Record>
auto list_matching(Session& session, Conditions& conditions, const Slice& slice,
                   const char* age = "created_at", const char* tie = "id") {
    using Row = decltype(Record().row());
    Listed<Row> listed;
    listed.count = count_matching(session, Record::kTable, conditions);
    int limit = slice.limit, offset = slice.offset;
    const std::string way = slice.descending ? " DESC" : "";
    Record record;
    Query query(session, "SELECT " + column_list<Record>("r") + " FROM " + Record::kTable + " r" +
                             conditions.text() + " ORDER BY r." + age + way + ", r." + tie + way +
                             " LIMIT :row_limit OFFSET :row_offset");
    bind_outputs(query, record);
    conditions.bind(query);
    query.in("row_limit", limit).in("row_offset", offset);
    for (bool more = query.first(); more; more = query.next()) listed.items.push_back(record.row());
    return listed;
}

// Rows that need no page. `rest` may use :value.
template <class Record>
auto select_rows(Session& session, const std::string& rest, std::string value) {
    Record record;
    Query query(session,
                "SELECT " + column_list<Record>("r") + " FROM " + Record::kTable + " r " + rest);
    bind_outputs(query, record);
    query.in("value", value);
    std::vector<decltype(record.row())> rows;
    for (bool more = query.first(); more; more = query.next()) rows.push_back(record.row());
    return rows;
}

template <class Row>
std::optional<Row> first_of(std::vector<Row> rows) {
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

template <class Record, class Row>
void insert_row(Session& session, const Row& row) {
    auto& insert = session.prepared<Insert<Record>>();
    insert.record = Record(row);
    insert.query.run();
}

// Runs a statement with texts and times bound by name; how many rows it changed.
struct Bound {
    const char* name;
    std::string text;
};
inline long long change(Session& session, const std::string& text, std::deque<Bound> texts,
                        std::optional<TimePoint> now = std::nullopt) {
    long long now_ms = now ? to_unix_ms(*now) : 0;
    Query query(session, text);
    for (auto& each : texts) query.in(each.name, each.text);
    if (now) query.in("now", now_ms);
    return query.run();
}

}  // namespace kinora::storage
