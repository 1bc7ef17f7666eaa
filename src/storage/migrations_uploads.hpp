// storage/migrations_uploads.hpp: the columns that uploads need; part of step 3 of the schema.
#pragma once

#include <vector>

namespace kinora::storage {

// An upload is a file of no task: its task_id is the nil UUID.
inline std::vector<const char*> upload_schema() {
    return {
        // When an upload is over, whatever the server's retention; NULL: with all other files.
        "ALTER TABLE files ADD COLUMN expires_at BIGINT",
        "CREATE INDEX files_uploads ON files (user_id, created_at, name) "
        "WHERE task_id = '00000000-0000-0000-0000-000000000000'",
        "CREATE INDEX files_expiring ON files (expires_at) "
        "WHERE expired_at IS NULL AND expires_at IS NOT NULL",
    };
}

}  // namespace kinora::storage
