// storage/usage_record.hpp: a usage row as plain columns, and back.
#pragma once

#include "storage/columns.hpp"
#include "storage/usage_rows.hpp"

namespace kinora::storage {

struct UsageRecord {
    static constexpr const char* kTable = "usage_records";

    UsageRow row() const {
        UsageRow row;
        row.task_id = id_of<TaskId>(task_id);
        row.trace_id = id_of<TraceId>(trace_id);
        row.user_id = id_of<UserId>(user_id);
        row.application_id = id_of<ApplicationId>(application_id);
        row.credential_id = id_of<CredentialId>(credential_id);
        row.service_id = service_id;
        row.api_id = api_id;
        row.status = status;
        row.elapsed = Milliseconds(elapsed_ms);
        row.deducted = {deducted};
        if (const auto left = remaining.get()) row.remaining = Credits{*left};
        if (!charged_application_id.empty())
            row.charged_application = id_of<ApplicationId>(charged_application_id);
        row.created_at = from_unix_ms(created_at);
        return row;
    }
    template <class F>
    void each_column(F&& f) {
        f("task_id", task_id);
        f("trace_id", trace_id);
        f("user_id", user_id);
        f("application_id", application_id);
        f("credential_id", credential_id);
        f("service_id", service_id);
        f("api_id", api_id);
        f("status", status);
        f("elapsed_ms", elapsed_ms);
        f("deducted", deducted);
        f("remaining", remaining);
        f("charged_application_id", charged_application_id);
        f("created_at", created_at);
    }
    std::string task_id, trace_id, user_id, application_id, credential_id, service_id, api_id;
    std::string status;
    long long elapsed_ms = 0, deducted = 0;
    NullableLong remaining;
    std::string charged_application_id;
    long long created_at = 0;
};

}  // namespace kinora::storage
