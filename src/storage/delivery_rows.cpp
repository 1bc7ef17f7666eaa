#include "storage/delivery_rows.hpp"

#include "base/ensure.hpp"
#include "storage/columns.hpp"
#include "storage/dialect.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace kinora::storage {

namespace {

constexpr std::array<std::string_view, 3> kStates = {"waiting", "delivered", "given_up"};
// A next attempt so far ahead means that the clock was set back since.
constexpr Milliseconds kFarAhead{60 * 60'000};

struct DeliveryRecord {
    static constexpr const char* kTable = "deliveries";

    DeliveryRow row() const {
        const auto parsed = parse_delivery_state(state);
        if (!parsed) throw std::runtime_error("the database holds an unknown state of a delivery");
        DeliveryRow row;
        row.id = id_of<TaskId>(id);
        row.user_id = id_of<UserId>(user_id);
        row.application_id = id_of<ApplicationId>(application_id);
        row.url = url;
        row.receiver = receiver;
        row.body = body;
        row.state = *parsed;
        row.attempt = attempt;
        row.tries = tries;
        row.round = round;
        row.next_attempt_at = next_attempt_at.get();
        row.created_at = from_unix_ms(created_at);
        row.finished_at = finished_at.get();
        return row;
    }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("user_id", user_id);
        f("application_id", application_id);
        f("url", url);
        f("receiver", receiver);
        f("body", body);
        f("state", state);
        f("attempt", attempt);
        f("tries", tries);
        f("round", round);
        f("next_attempt_at", next_attempt_at);
        f("created_at", created_at);
        f("finished_at", finished_at);
    }

    std::string id, user_id, application_id, url, receiver, body, state;
    int attempt = 0, tries = 0, round = 0;
    NullableTime next_attempt_at;
    long long created_at = 0;
    NullableTime finished_at;
};

std::string select_text(const std::string& rest) {
    return "SELECT " + column_list<DeliveryRecord>("d") + " FROM deliveries d " + rest;
}

struct OweDelivery {
    explicit OweDelivery(Session& session)
        : query(
              session,
              "INSERT INTO deliveries (id, user_id, application_id, url, receiver, body, state, "
              "attempt, tries, round, next_attempt_at, sender, sender_until, created_at, "
              "finished_at) "
              "SELECT id, user_id, application_id, callback_url, callback_receiver, '', "
              "'waiting', 0, 0, 0, CAST(:due AS BIGINT), '', NULL, CAST(:created AS BIGINT), NULL "
              "FROM tasks WHERE id = :id AND callback_url <> ''") {
        query.in("due", now).in("created", now).in("id", id);
    }
    std::string id;
    long long now = 0;
    Query query;
};

// A receiver is the caller's text: quotes are doubled.
std::string sql_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

template <class Items, class Word>
std::string not_in(const char* column, const Items& items, Word word) {
    std::string list;
    for (const auto& item : items) list += (list.empty() ? "" : ", ") + sql_quoted(word(item));
    return list.empty() ? list : std::string(" AND ") + column + " NOT IN (" + list + ")";
}

std::vector<DeliveryRow> all_rows(Query& query, const DeliveryRecord& record) {
    std::vector<DeliveryRow> rows;
    for (bool more = query.first(); more; more = query.next()) rows.push_back(record.row());
    return rows;
}

}  // namespace

std::string_view to_string(DeliveryState state) {
    return kStates[static_cast<std::size_t>(state)];
}

std::optional<DeliveryState> parse_delivery_state(std::string_view word) {
    const auto found = std::find(kStates.begin(), kStates.end(), word);
    if (found == kStates.end()) return std::nullopt;
    return static_cast<DeliveryState>(found - kStates.begin());
}

void owe_delivery(Session& session, TaskId id, TimePoint now) {
    auto& owe = session.prepared<OweDelivery>();
    owe.id = id.str();
    owe.now = to_unix_ms(now);
    owe.query.run();
}

std::vector<DeliveryRow> take_deliveries(Session& session, const DeliverySearch& search) {
    long long now = to_unix_ms(search.now);
    long long far = to_unix_ms(search.now + kFarAhead);
    long long also_far = far;
    // More than are wanted, for one receiver may have many in a row.
    int candidates_max = search.limit * 4;
    DeliveryRecord record;
    auto text = select_text(
        "WHERE d.state = 'waiting' AND (d.next_attempt_at <= :now OR d.next_attempt_at > :far) "
        "AND (d.sender = '' OR d.sender_until < :sender_now OR d.sender_until > :also_far)");
    text += not_in("d.user_id || ' ' || d.receiver", search.busy_receivers,
                   [](const auto& name) { return name; });
    text += not_in("d.user_id", search.busy_users, [](const auto& id) { return id.str(); });
    text += " ORDER BY d.next_attempt_at, d.id LIMIT :row_limit" + session.dialect().claiming();
    Query find(session, text);
    bind_outputs(find, record);
    find.in("now", now).in("far", far).in("sender_now", now).in("also_far", also_far);
    find.in("row_limit", candidates_max);
    const auto candidates = all_rows(find, record);

    std::string id, sender = search.sender;
    long long until = to_unix_ms(search.until);
    Query take(session,
               "UPDATE deliveries SET sender = :sender, sender_until = :until WHERE id = :id");
    take.in("sender", sender).in("until", until).in("id", id);
    std::map<std::string, int> receivers;
    std::map<UserId, int> users;
    std::vector<DeliveryRow> taken;
    for (const auto& row : candidates) {
        if (taken.size() == static_cast<std::size_t>(search.limit)) break;
        if (receivers[lane_of(row)] == search.receiver_max) continue;
        if (users[row.user_id] == search.user_max) continue;
        id = row.id.str();
        if (take.run() == 0) continue;
        ++receivers[lane_of(row)], ++users[row.user_id];
        taken.push_back(row);
    }
    return taken;
}

std::string lane_of(const DeliveryRow& delivery) {
    return delivery.user_id.str() + ' ' + delivery.receiver;
}

std::optional<TimePoint> next_delivery_at(Session& session, TimePoint now) {
    long long now_ms = to_unix_ms(now);
    long long at = 0;
    Query query(session,
                "SELECT next_attempt_at FROM deliveries WHERE state = 'waiting' "
                "AND (sender = '' OR sender_until < :now) ORDER BY next_attempt_at LIMIT 1");
    if (!query.out(at).in("now", now_ms).only()) return std::nullopt;
    return from_unix_ms(at);
}

bool note_attempt(Session& session, const DeliveryRow& delivery, std::string_view sender,
                  const DeliveryAttempt& attempt, std::string_view body,
                  const AfterAttempt& after) {
    auto key = delivery.id.str();
    std::string owner(sender);
    std::string word(to_string(after.state));
    NullableTime due(after.next);
    const auto ended = attempt.started_at + attempt.latency;
    NullableTime finished(after.next ? std::nullopt : std::optional(ended));
    int counted = after.counts ? 1 : 0;
    int round = delivery.round;
    Query update(session,
                 "UPDATE deliveries SET state = :state, attempt = attempt + 1, "
                 "tries = tries + :counted, next_attempt_at = :next_attempt_at, "
                 "finished_at = :finished_at, sender = '', sender_until = NULL "
                 "WHERE id = :id AND sender = :sender AND round = :round");
    update.in("state", word).in("counted", counted).in("next_attempt_at", due);
    update.in("finished_at", finished).in("id", key).in("sender", owner).in("round", round);
    if (update.run() == 0) {
        Query only(session,
                   "UPDATE deliveries SET attempt = attempt + 1, sender = '', sender_until = NULL "
                   "WHERE id = :id AND sender = :sender");
        if (only.in("id", key).in("sender", owner).run() == 0) return false;
    }
    freeze_delivery(session, delivery.id, body);

    long long started_at = to_unix_ms(attempt.started_at);
    long long latency_ms = attempt.latency.count();
    int status = attempt.status;
    auto answer = attempt.answer;
    auto error = attempt.error;
    Query insert(session,
                 "INSERT INTO delivery_attempts (delivery_id, number, started_at, latency_ms, "
                 "status, answer, error) SELECT id, attempt, CAST(:started_at AS BIGINT), "
                 "CAST(:latency_ms AS BIGINT), CAST(:status AS INTEGER), CAST(:answer AS TEXT), "
                 "CAST(:error AS TEXT) FROM deliveries WHERE id = :id");
    insert.in("started_at", started_at).in("latency_ms", latency_ms).in("status", status);
    insert.in("answer", answer).in("error", error).in("id", key).run();
    session.mark_tasks_changed();
    return true;
}

void return_delivery(Session& session, TaskId id, std::string_view sender) {
    auto key = id.str();
    std::string owner(sender);
    Query query(session,
                "UPDATE deliveries SET sender = '', sender_until = NULL "
                "WHERE id = :id AND sender = :sender");
    query.in("id", key).in("sender", owner).run();
}

void return_deliveries_of(Session& session, std::string_view prefix) {
    std::string like(prefix);
    ensure(like.find_first_of("%_\\") == std::string::npos, "a node's name has no such signs");
    like += '%';
    Query query(session,
                "UPDATE deliveries SET sender = '', sender_until = NULL "
                "WHERE state = 'waiting' AND sender LIKE :prefix");
    query.in("prefix", like).run();
}

bool send_again(Session& session, TaskId id, TimePoint now) {
    auto key = id.str();
    long long due = to_unix_ms(now);
    Query query(session,
                "UPDATE deliveries SET state = 'waiting', tries = 0, round = round + 1, "
                "next_attempt_at = :due, finished_at = NULL WHERE id = :id");
    if (query.in("due", due).in("id", key).run() == 0) return false;
    session.mark_tasks_changed();
    return true;
}

void freeze_delivery(Session& session, TaskId id, std::string_view body) {
    auto key = id.str();
    std::string text(body);
    Query query(session, "UPDATE deliveries SET body = :body WHERE id = :id AND body = ''");
    query.in("body", text).in("id", key).run();
}

void remove_delivery(Session& session, TaskId id) {
    auto key = id.str();
    Query query(session, "DELETE FROM deliveries WHERE id = :id");
    query.in("id", key).run();
}

std::int64_t forget_deliveries(Session& session, TimePoint before) {
    long long until = to_unix_ms(before);
    Query query(session,
                "DELETE FROM deliveries WHERE state <> 'waiting' AND finished_at < :until "
                "AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.id = deliveries.id)");
    return query.in("until", until).run();
}

std::optional<DeliveryRow> find_delivery(Session& session, TaskId id) {
    auto key = id.str();
    DeliveryRecord record;
    Query query(session, select_text("WHERE d.id = :id"));
    bind_outputs(query, record);
    if (!query.in("id", key).only()) return std::nullopt;
    return record.row();
}

std::vector<DeliveryAttempt> attempts_of(Session& session, TaskId id) {
    auto key = id.str();
    DeliveryAttempt attempt;
    long long started_at = 0, latency_ms = 0;
    Query query(session,
                "SELECT number, started_at, latency_ms, status, answer, error "
                "FROM delivery_attempts WHERE delivery_id = :id ORDER BY number");
    query.out(attempt.number).out(started_at).out(latency_ms).out(attempt.status);
    query.out(attempt.answer).out(attempt.error).in("id", key);
    std::vector<DeliveryAttempt> attempts;
    for (bool more = query.first(); more; more = query.next()) {
        attempt.started_at = from_unix_ms(started_at);
        attempt.latency = Milliseconds(latency_ms);
        attempts.push_back(attempt);
    }
    return attempts;
}

DeliveryPage list_deliveries(Session& session, const DeliveryFilter& filter) {
    auto user_id = filter.user_id.str();
    auto application_id = filter.application_id.value_or(ApplicationId()).str();
    auto task_id = filter.task_id.value_or(TaskId()).str();
    std::string state(filter.state ? to_string(*filter.state) : "");
    int limit = std::max(filter.limit, 0);
    int offset = std::max(filter.offset, 0);
    std::string where = "WHERE d.user_id = :user_id";
    if (filter.application_id) where += " AND d.application_id = :application_id";
    if (filter.task_id) where += " AND d.id = :task_id";
    if (filter.state) where += " AND d.state = :state";
    const auto bind_where = [&](Query& query) {
        query.in("user_id", user_id);
        if (filter.application_id) query.in("application_id", application_id);
        if (filter.task_id) query.in("task_id", task_id);
        if (filter.state) query.in("state", state);
    };
    long long count = 0;
    Query counting(session, "SELECT count(*) FROM deliveries d " + where);
    bind_where(counting.out(count));
    counting.only();

    DeliveryRecord record;
    const std::string order = filter.descending ? " DESC" : "";
    Query listing(session, select_text(where) + " ORDER BY d.created_at" + order +
                               ", d.id LIMIT :row_limit OFFSET :row_offset");
    bind_outputs(listing, record);
    bind_where(listing);
    listing.in("row_limit", limit).in("row_offset", offset);
    return {all_rows(listing, record), count};
}

}  // namespace kinora::storage
