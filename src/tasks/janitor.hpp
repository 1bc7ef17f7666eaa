// tasks/janitor.hpp: removes what is over: expired files, files without a task, old notes.
//
// Every step changes rows first and removes files afterwards, and may be repeated or raced by the
// janitors of other servers.
#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "storage/database.hpp"
#include "storage/media_folder.hpp"

#include <stop_token>

namespace kinora::tasks {

struct JanitorOptions {
    // Of clips and files that came with tasks; 0: for ever. Uploads have times of their own.
    Milliseconds retention{0};
    // A file younger than this may be waiting for its row: a worker gives it its name first.
    Milliseconds orphan_age{60 * 60'000};
    Milliseconds part_age{60'000};          // The same for parts of tasks that nobody works on,
    Milliseconds loose_part_age{600'000};   // and for those of no task.
    Milliseconds events_kept{60 * 60'000};  // After a task's end.
    Milliseconds orphans_every{60 * 60'000};
};

class Janitor {
public:
    // All of these outlive it.
    Janitor(storage::Database& database, const storage::MediaFolder& media, const Clock& clock,
            Log& log, JanitorOptions options = {})
        : database_(database), media_(media), clock_(clock), log_(log), options_(options) {}

    // Sweeps until `stop` is requested. Blocks; throws nothing.
    void run(std::stop_token stop);

    // What is due. Each blocks, and throws where the database fails.
    void expire_files();
    void forget_notes();
    void remove_orphans();
    void remove_parts();
    void erase_users();

private:
    void remove(const std::vector<std::string>& names, const char* why);

    storage::Database& database_;
    const storage::MediaFolder& media_;
    const Clock& clock_;
    Log& log_;
    const JanitorOptions options_;
};

}  // namespace kinora::tasks
