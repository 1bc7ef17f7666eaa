// storage/usage_rows.hpp: what each task cost, as rows. Written by settle_task (ledger_rows.hpp).
#pragma once

#include "base/credits.hpp"
#include "storage/task_rows.hpp"
#include "storage/user_rows.hpp"

#include <functional>

namespace kinora::storage {

struct UsageRow {
    TaskId task_id;  // A task has one end.
    TraceId trace_id;
    UserId user_id;
    ApplicationId application_id;
    CredentialId credential_id;
    std::string service_id;  // Empty: of no service that is known.
    std::string api_id;
    std::string status;       // The state that the task ended in.
    Milliseconds elapsed{0};  // From the first attempt's start to the end.
    Credits deducted;
    std::optional<Credits> remaining;  // Of the application that paid; none did: none.
    std::optional<ApplicationId> charged_application;  // Which that was.
    TimePoint created_at{};
};

struct UsageFilter {
    std::optional<UserId> user_id;  // None: everybody's.
    std::optional<ApplicationId> application_id;
    std::optional<CredentialId> credential_id;
    std::string service_id, api_id, task_id, trace_id, status;  // Empty: any.
    std::optional<TimePoint> created_at_min;                    // Inclusive, both.
    std::optional<TimePoint> created_at_max;
    Slice slice;
};
Listed<UsageRow> list_usage(Session& session, const UsageFilter& filter);
// Rows after `after` (a time and a task's id; none: from the first), oldest first, at most `limit`:
// for reading all of them a piece at a time.
std::vector<UsageRow> usage_after(Session& session, const UsageFilter& filter,
                                  const std::optional<std::pair<TimePoint, TaskId>>& after,
                                  int limit);

struct UsageGroups {
    bool day = false, service = false, application = false, credential = false;
};
struct UsageSum {
    std::int64_t day = 0;  // Days since 1970-01-01 (UTC); where grouped by it, as the others.
    std::string service_id, application_id, credential_id;
    std::int64_t calls = 0, completed = 0, failed = 0, cancelled = 0;
    Credits deducted;
};
// By what is grouped, latest day first.
Listed<UsageSum> sum_usage(Session& session, const UsageFilter& filter, const UsageGroups& groups);

}  // namespace kinora::storage
