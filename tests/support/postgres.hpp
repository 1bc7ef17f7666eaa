// support/postgres.hpp: an empty schema of its own in the PostgreSQL that scripts/with-postgres
// runs.
#pragma once

#include "base/random.hpp"

#include <libpq-fe.h>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

namespace kinora::test {

// Tests that run at once do not see each other's tables. The schema goes with this object.
class PostgresSchema {
public:
    PostgresSchema() : name_("test_" + SystemRandom().hex(8)) {
        const char* server = std::getenv("KINORA_TEST_POSTGRES");
        if (!server || !*server) {
            throw std::runtime_error(
                "KINORA_TEST_POSTGRES is not set: run the tests as `scripts/with-postgres ctest "
                "...`");
        }
        server_ = server;
        execute("CREATE SCHEMA " + name_);
    }
    ~PostgresSchema() {
        try {
            execute("DROP SCHEMA " + name_ + " CASCADE");
        } catch (const std::exception&) {
            // The server ended first, and the schema with it.
        }
    }
    PostgresSchema(const PostgresSchema&) = delete;
    PostgresSchema& operator=(const PostgresSchema&) = delete;

    // Connections to it find and make tables in this schema only.
    std::string url() const {
        const char* sign = server_.find('?') == std::string::npos ? "?" : "&";
        return server_ + sign + "options=-csearch_path%3D" + name_;
    }
    const std::string& name() const { return name_; }

    // One statement or more, as the server's administrator.
    void execute(const std::string& sql) const {
        const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(server_.c_str()),
                                                                      PQfinish);
        PQsetNoticeProcessor(
            connection.get(), [](void*, const char*) {}, nullptr);
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(
            PQexec(connection.get(), sql.c_str()), PQclear);
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
            throw std::runtime_error(PQerrorMessage(connection.get()));
        }
    }

private:
    std::string name_;
    std::string server_;
};

}  // namespace kinora::test
