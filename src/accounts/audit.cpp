#include "accounts/audit.hpp"

#include "storage/audit_rows.hpp"

namespace kinora::accounts {

void note_act(storage::Session& session, const Actor& actor, const Act& act, Random& random,
              TimePoint now) {
    storage::insert_audit(
        session, {AuditId::make(random), now, actor.user_id, actor.name, std::string(act.action),
                  std::string(act.object_type), act.object_id, act.details_json, actor.trace_id,
                  actor.remote_address});
}

}  // namespace kinora::accounts
