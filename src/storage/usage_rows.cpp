#include "storage/usage_rows.hpp"

#include "storage/listing.hpp"
#include "storage/usage_record.hpp"

namespace kinora::storage {

namespace {

Conditions conditions_of(const UsageFilter& filter) {
    Conditions where;
    if (filter.user_id) where.equal("user_id", filter.user_id->str());
    if (filter.application_id) where.equal("application_id", filter.application_id->str());
    if (filter.credential_id) where.equal("credential_id", filter.credential_id->str());
    if (!filter.service_id.empty()) where.equal("service_id", filter.service_id);
    if (!filter.api_id.empty()) where.equal("api_id", filter.api_id);
    if (!filter.task_id.empty()) where.equal("task_id", filter.task_id);
    if (!filter.trace_id.empty()) where.equal("trace_id", filter.trace_id);
    if (!filter.status.empty()) where.equal("status", filter.status);
    where.at_least("created_at", filter.created_at_min);
    where.at_most("created_at", filter.created_at_max);
    return where;
}

constexpr const char* kDay = "(r.created_at / 86400000)";

}  // namespace

Listed<UsageRow> list_usage(Session& session, const UsageFilter& filter) {
    auto where = conditions_of(filter);
    return list_matching<UsageRecord>(session, where, filter.slice, "created_at", "task_id");
}

std::vector<UsageRow> usage_after(Session& session, const UsageFilter& filter,
                                  const std::optional<std::pair<TimePoint, TaskId>>& after,
                                  int limit) {
    auto where = conditions_of(filter);
    if (after) {
        const auto at = std::to_string(to_unix_ms(after->first));
        where.raw("(r.created_at > " + at + " OR (r.created_at = " + at + " AND r.task_id > '" +
                  after->second.str() + "'))");
    }
    UsageRecord record;
    Query query(session, "SELECT " + column_list<UsageRecord>("r") + " FROM usage_records r" +
                             where.text() + " ORDER BY r.created_at, r.task_id LIMIT :row_limit");
    bind_outputs(query, record);
    where.bind(query);
    query.in("row_limit", limit);
    std::vector<UsageRow> rows;
    for (bool more = query.first(); more; more = query.next()) rows.push_back(record.row());
    return rows;
}

Listed<UsageSum> sum_usage(Session& session, const UsageFilter& filter, const UsageGroups& groups) {
    std::string columns, order;
    const auto by = [&](bool wanted, const std::string& column, const char* absent) {
        columns += (wanted ? column : std::string(absent)) + ", ";
        if (wanted) order += (order.empty() ? "" : ", ") + column;
    };
    by(groups.day, kDay, "0");
    by(groups.service, "r.service_id", "''");
    by(groups.application, "r.application_id", "''");
    by(groups.credential, "r.credential_id", "''");
    auto where = conditions_of(filter);
    const auto grouped = order.empty() ? std::string() : " GROUP BY " + order;
    const auto ordered =
        order.empty() ? std::string()
                      : " ORDER BY " + (groups.day ? kDay + std::string(" DESC") +
                                                         order.substr(std::string(kDay).size())
                                                   : order);
    const std::string from = " FROM usage_records r" + where.text() + grouped;

    Listed<UsageSum> listed;
    long long count = 0;
    Query counting(session, "SELECT count(*) FROM (SELECT 1" + from + ") g");
    counting.out(count);
    where.bind(counting);
    counting.only();
    listed.count = order.empty() ? 1 : count;  // All in one.

    UsageSum sum;
    long long day = 0, calls = 0, completed = 0, failed = 0, cancelled = 0, deducted = 0;
    int limit = filter.slice.limit, offset = filter.slice.offset;
    // sum() of a bigint is numeric for PostgreSQL.
    Query query(session, "SELECT " + columns +
                             "count(*), count(CASE r.status WHEN 'completed' THEN 1 END), "
                             "count(CASE r.status WHEN 'failed' THEN 1 END), "
                             "count(CASE r.status WHEN 'cancelled' THEN 1 END), "
                             "CAST(coalesce(sum(r.deducted), 0) AS BIGINT)" +
                             from + ordered + " LIMIT :row_limit OFFSET :row_offset");
    query.out(day).out(sum.service_id).out(sum.application_id).out(sum.credential_id);
    query.out(calls).out(completed).out(failed).out(cancelled).out(deducted);
    where.bind(query);
    query.in("row_limit", limit).in("row_offset", offset);
    for (bool more = query.first(); more; more = query.next()) {
        sum.day = day;
        sum.calls = calls;
        sum.completed = completed;
        sum.failed = failed;
        sum.cancelled = cancelled;
        sum.deducted = {deducted};
        listed.items.push_back(sum);
    }
    return listed;
}

}  // namespace kinora::storage
