// tasks/erasure.hpp: what is left of people who deleted their accounts goes, a batch at a time.
//
// accounts::delete_user has ended all that they had running and taken their keys. Thousands of
// tasks and files in one transaction would hold up everybody else, so the rows go in small ones; a
// crash in between leaves the rest for the next sweep.
#pragma once

#include "base/clock.hpp"
#include "storage/database.hpp"
#include "storage/media_folder.hpp"

namespace kinora::tasks {

// Erases all that is due; how many people. Blocks; throws where the database fails. May be
// repeated, and raced by other servers.
int erase_deleted_users(storage::Database& database, const storage::MediaFolder& media,
                        const Clock& clock);

}  // namespace kinora::tasks
