// tests/support/any_database.hpp: a database of the test's own, of either kind; the same holds on
// both.
//
// PostgreSQL is the one that scripts/with-postgres runs.
#pragma once

#include "storage/database.hpp"
#include "support/postgres.hpp"
#include "support/quiet_log.hpp"

#include <gtest/gtest.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace kinora::test {

enum class Backend { sqlite, postgresql };

inline std::string backend_name(const testing::TestParamInfo<Backend>& info) {
    return info.param == Backend::sqlite ? "sqlite" : "postgresql";
}

// What of a database lies outside the program; removed at the end.
class Place {
public:
    explicit Place(Backend backend) {
        if (backend == Backend::postgresql) {
            schema_ = std::make_unique<PostgresSchema>();
            return;
        }
        auto pattern = (std::filesystem::temp_directory_path() / "kinora-storage-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
        folder_ = pattern;
    }
    ~Place() {
        std::error_code ignored;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }

    std::string url() const { return schema_ ? schema_->url() : "sqlite:" + file().string(); }
    std::filesystem::path file() const { return folder_ / "kinora.db"; }
    // A connection that goes round our code.
    std::unique_ptr<soci::session> raw() const {
        if (schema_) return std::make_unique<soci::session>(soci::postgresql, schema_->url());
        return std::make_unique<soci::session>(soci::sqlite3, "db=\"" + file().string() + "\"");
    }
    // The text of every row of these tables, in an order of its own: what is alike has changed
    // nothing.
    std::string contents(const std::vector<std::string>& tables) const {
        const auto sql = raw();
        std::string text;
        for (const auto& table : tables) {
            std::string row = "CAST(t AS TEXT)";
            if (!schema_) {
                row = "''";
                const soci::rowset<std::string> columns =
                    (sql->prepare << "SELECT name FROM pragma_table_info('" + table + "')");
                for (const auto& each : columns) row += " || '|' || coalesce(" + each + ", '')";
            }
            const soci::rowset<std::string> rows =
                (sql->prepare << "SELECT " + row + " FROM " + table + " t ORDER BY 1");
            for (const auto& each : rows) text += table + ' ' + each + '\n';
        }
        return text;
    }

private:
    std::unique_ptr<PostgresSchema> schema_;
    std::filesystem::path folder_;
};

// One that is open.
class AnyDatabase {
public:
    explicit AnyDatabase(Backend backend) : place_(backend), database_(connect()) {}

    storage::Database& operator*() { return *database_; }
    storage::Database* operator->() { return database_.get(); }
    const Place& place() const { return place_; }

    // Another connection to the same rows, as another process has it.
    std::unique_ptr<storage::Database> connect() {
        return storage::Database::open({place_.url(), 1}, log_);
    }

private:
    Place place_;
    QuietLog log_;
    std::unique_ptr<storage::Database> database_;
};

}  // namespace kinora::test

#define KINORA_ON_BOTH_BACKENDS(Suite)                                                     \
    INSTANTIATE_TEST_SUITE_P(                                                              \
        On, Suite,                                                                         \
        testing::Values(kinora::test::Backend::sqlite, kinora::test::Backend::postgresql), \
        kinora::test::backend_name)
