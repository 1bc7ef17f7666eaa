// storage/query.hpp: an SQL text with the variables that go in and come out.
//
// Variables are bound by reference and must live as long as the query; each run reads the inputs
// anew. Names in the text (":id") are unique per query.
#pragma once

#include "base/clock.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <type_traits>

namespace kinora::storage {

// A time that a row may lack, as the database keeps it.
struct NullableTime {
    long long unix_ms = 0;
    soci::indicator indicator = soci::i_null;

    NullableTime() = default;
    NullableTime(std::optional<TimePoint> time) { *this = time; }
    NullableTime& operator=(std::optional<TimePoint> time) {
        unix_ms = time ? to_unix_ms(*time) : 0;
        indicator = time ? soci::i_ok : soci::i_null;
        return *this;
    }
    std::optional<TimePoint> get() const {
        if (indicator == soci::i_null) return std::nullopt;
        return from_unix_ms(unix_ms);
    }
};

// The same for a number.
struct NullableInt {
    int value = 0;
    soci::indicator indicator = soci::i_null;

    NullableInt() = default;
    NullableInt(std::optional<int> number)
        : value(number.value_or(0)), indicator(number ? soci::i_ok : soci::i_null) {}
    std::optional<int> get() const {
        if (indicator == soci::i_null) return std::nullopt;
        return value;
    }
};

// And for an amount or another large number.
struct NullableLong {
    long long value = 0;
    soci::indicator indicator = soci::i_null;

    NullableLong() = default;
    NullableLong(std::optional<std::int64_t> number)
        : value(number.value_or(0)), indicator(number ? soci::i_ok : soci::i_null) {}
    std::optional<std::int64_t> get() const {
        if (indicator == soci::i_null) return std::nullopt;
        return value;
    }
};

class Query {
public:
    Query(Session& session, std::string text)
        : session_(session), statement_(session.sql()), text_(std::move(text)) {}

    template <class T>
    Query& in(const char* name, T& value) {
        if constexpr (std::is_same_v<T, NullableTime>) {
            statement_.exchange(soci::use(value.unix_ms, value.indicator, name));
        } else if constexpr (std::is_same_v<T, NullableInt> || std::is_same_v<T, NullableLong>) {
            statement_.exchange(soci::use(value.value, value.indicator, name));
        } else {
            statement_.exchange(soci::use(value, name));
        }
        return *this;
    }
    // Columns in the order of the text.
    template <class T>
    Query& out(T& value) {
        if constexpr (std::is_same_v<T, NullableTime>) {
            statement_.exchange(soci::into(value.unix_ms, value.indicator));
        } else if constexpr (std::is_same_v<T, NullableInt> || std::is_same_v<T, NullableLong>) {
            statement_.exchange(soci::into(value.value, value.indicator));
        } else {
            statement_.exchange(soci::into(value));
        }
        return *this;
    }
    // `indicator` says after each row whether the column had a value.
    template <class T>
    Query& out(T& value, soci::indicator& indicator) {
        statement_.exchange(soci::into(value, indicator));
        return *this;
    }

    // Runs it from the start; answers whether there is a first row.
    bool first() {
        session_.begin_statement();
        if (!ready_) {
            statement_.alloc();
            statement_.prepare(text_);
            statement_.define_and_bind();
            ready_ = true;
        }
        return statement_.execute(true);
    }
    // Each row is left for the next one until there is none; that ends the statement's snapshot.
    bool next() { return statement_.fetch(); }
    // For one row at most: runs it, and ends it whatever it found. The outputs keep the row.
    bool only() {
        if (!first()) return false;
        next();
        return true;
    }
    // For statements that change rows: how many.
    long long run() {
        first();
        return statement_.get_affected_rows();
    }

private:
    const Session& session_;
    soci::statement statement_;
    std::string text_;
    bool ready_ = false;
};

}  // namespace kinora::storage
