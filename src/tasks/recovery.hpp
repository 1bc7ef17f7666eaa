// tasks/recovery.hpp: what the dead were working on goes back into the queue.
#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "storage/database.hpp"
#include "storage/media_folder.hpp"

#include <string_view>

namespace kinora::tasks {

// A task is begun at most this often; then it fails with api_error.
inline constexpr int kAttemptsMax = 3;

// Takes back every lease that ran out, and those of all owners whose names begin with
// `dead_owner_prefix` where that is not empty. What was written for tasks that fail by that is
// removed. Blocks; safe to repeat and to race.
void recover_tasks(storage::Database& database, const storage::MediaFolder& media,
                   const Clock& clock, Log& log, std::string_view dead_owner_prefix = {});

}  // namespace kinora::tasks
