// app/node_beat.hpp: a process says that it lives, so that administrators see it.
#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "storage/audit_rows.hpp"
#include "storage/database.hpp"

#include <string>
#include <thread>

namespace kinora::app {

class NodeBeat {
public:
    static constexpr Milliseconds kEvery{10'000};

    // Says so at once and then now and again, on a thread of its own, and says goodbye at its end.
    // `id` is the name that the process signs its leases with. References outlive this.
    NodeBeat(storage::Database& database, std::string id, std::string kind, const Clock& clock,
             Log& log);
    ~NodeBeat();
    NodeBeat(const NodeBeat&) = delete;

private:
    void beat();

    storage::Database& database_;
    storage::NodeRow node_;
    const Clock& clock_;
    Log& log_;
    std::jthread thread_;
};

}  // namespace kinora::app
