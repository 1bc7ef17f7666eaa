// storage/columns.hpp: the columns of a record, listed once and used for every SQL text about it.
//
// A record is a struct of plain variables with `each_column(f)`, which calls f(name, variable).
#pragma once

#include "storage/query.hpp"

#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace kinora::storage {

// "t.id, t.state, ..." for the alias "t".
template <class Record>
std::string column_list(std::string_view alias) {
    std::string list;
    Record().each_column([&](const char* name, auto&) {
        if (!list.empty()) list += ", ";
        list.append(alias).append(".").append(name);
    });
    return list;
}

// "INSERT INTO table (id, ...) VALUES (:id, ...)".
template <class Record>
std::string insert_text(std::string_view table) {
    std::string names;
    std::string values;
    Record().each_column([&](const char* name, auto&) {
        if (!names.empty()) names += ", ", values += ", ";
        names.append(name);
        values.append(":").append(name);
    });
    return "INSERT INTO " + std::string(table) + " (" + names + ") VALUES (" + values + ")";
}

template <class Record>
void bind_inputs(Query& query, Record& record) {
    record.each_column([&](const char* name, auto& value) { query.in(name, value); });
}
template <class Record>
void bind_outputs(Query& query, Record& record) {
    record.each_column([&](const char*, auto& value) { query.out(value); });
}

// An INSERT that a connection keeps prepared. `Record::kTable` names the table.
template <class Record>
struct Insert {
    explicit Insert(Session& session) : query(session, insert_text<Record>(Record::kTable)) {
        bind_inputs(query, record);
    }
    Record record;
    Query query;
};

// Only we write ids, so a text that is none means that somebody edited the database.
template <class Id>
Id id_of(const std::string& text) {
    const auto id = Id::parse(text);
    if (!id) throw std::runtime_error("the database holds a text where an id should be");
    return *id;
}

}  // namespace kinora::storage
