// tests/support/scratch_database.hpp: an SQLite database of the test's own, gone with it.
#pragma once

#include "storage/database.hpp"
#include "support/quiet_log.hpp"
#include "support/temp_folder.hpp"

#include <memory>
#include <string>

namespace kinora::test {

class ScratchDatabase {
public:
    ScratchDatabase() : database_(connect()) {}

    storage::Database& operator*() { return *database_; }
    storage::Database* operator->() { return database_.get(); }
    std::string url() const { return "sqlite:" + (folder_ / "kinora.db").string(); }
    // The folder that the database lies in.
    const TempFolder& folder() const { return folder_; }

    // Another connection to the same rows, as another process has it.
    std::unique_ptr<storage::Database> connect() {
        return storage::Database::open({url(), 1}, log_);
    }

private:
    TempFolder folder_;
    QuietLog log_;
    std::unique_ptr<storage::Database> database_;
};

}  // namespace kinora::test
