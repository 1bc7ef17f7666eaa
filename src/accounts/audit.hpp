// accounts/audit.hpp: who did what to run this server.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kinora::storage {
class Session;
}

namespace kinora::accounts {

// Who acts. The command line has no user, no trace and no address.
struct Actor {
    std::optional<UserId> user_id;
    std::string name = "command line";  // The address of the user at that time.
    std::string trace_id;
    std::string remote_address;
};

struct Act {
    std::string_view action;       // "user.disabled".
    std::string_view object_type;  // "user".
    std::string object_id;
    std::string details_json = "{}";  // What was changed, without secrets.
};

// Writes the act down in the transaction that does it.
void note_act(storage::Session& session, const Actor& actor, const Act& act, Random& random,
              TimePoint now);

}  // namespace kinora::accounts
