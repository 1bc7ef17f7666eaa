#include "storage/ledger_rows.hpp"

#include "storage/listing.hpp"
#include "storage/usage_record.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kinora::storage {

namespace {

constexpr std::array<std::pair<TransferKind, std::string_view>, 6> kKinds = {{
    {TransferKind::free_amount, "free_amount"},
    {TransferKind::top_up, "top_up"},
    {TransferKind::hold, "hold"},
    {TransferKind::capture, "capture"},
    {TransferKind::release, "release"},
    {TransferKind::forfeit, "forfeit"},
}};

std::string available(const std::string& application) {
    return "available:" + application;
}
std::string held(const std::string& application) {
    return "held:" + application;
}

struct TransferRecord {
    static constexpr const char* kTable = "transfers";

    TransferRecord() = default;
    explicit TransferRecord(const TransferRow& row)
        : id(row.id),
          kind(to_string(row.kind)),
          from_account(row.from_account),
          to_account(row.to_account),
          amount(row.amount.micros),
          application_id(row.application_id.str()),
          task_id(row.task_id),
          reference(row.reference),
          note(row.note),
          created_at(to_unix_ms(row.created_at)) {}
    TransferRow row() const {
        return {id,           parse_transfer_kind(kind).value_or(TransferKind::top_up),
                from_account, to_account,
                {amount},     id_of<ApplicationId>(application_id),
                task_id,      reference,
                note,         from_unix_ms(created_at)};
    }
    template <class F>
    void each_column(F&& f) {
        f("id", id);
        f("kind", kind);
        f("from_account", from_account);
        f("to_account", to_account);
        f("amount", amount);
        f("application_id", application_id);
        f("task_id", task_id);
        f("reference", reference);
        f("note", note);
        f("created_at", created_at);
    }
    std::string id, kind, from_account, to_account;
    long long amount = 0;
    std::string application_id, task_id, reference, note;
    long long created_at = 0;
};

// Moves an amount between the sums of an application. `set` may use :amount and :more; it is done
// only where no sum falls below zero.
struct MoveAmount {
    MoveAmount(Session& session, const std::string& set, const std::string& enough)
        : query(session, "UPDATE balances SET " + set + " WHERE application_id = :id AND " +
                             enough + " >= :least") {
        query.in("amount", amount).in("more", more).in("id", id).in("least", least);
    }
    bool run(const std::string& application, Credits by) {
        id = application;
        amount = more = least = by.micros;
        return query.run() > 0;
    }
    std::string id;
    long long amount = 0, more = 0, least = 0;
    Query query;
};
struct MoveToHeld : MoveAmount {
    explicit MoveToHeld(Session& session)
        : MoveAmount(session, "available = available - :amount, held = held + :more", "available") {
    }
};
struct MoveToUsed : MoveAmount {
    explicit MoveToUsed(Session& session)
        : MoveAmount(session, "held = held - :amount, used = used + :more", "held") {}
};
struct MoveBack : MoveAmount {
    explicit MoveBack(Session& session)
        : MoveAmount(session, "held = held - :amount, available = available + :more", "held") {}
};

void must(bool done, const char* what) {
    if (!done) throw std::runtime_error(std::string("the ledger has no ") + what);
}

struct HoldRow {
    std::string application_id, credential_id;
    Credits amount;
};

struct FindHold {
    explicit FindHold(Session& session)
        : query(session,
                "SELECT application_id, credential_id, amount FROM holds WHERE task_id = :id") {
        query.out(application_id).out(credential_id).out(amount).in("id", id);
    }
    std::string id, application_id, credential_id;
    long long amount = 0;
    Query query;
};

struct EndOfTask {
    explicit EndOfTask(Session& session)
        : query(session,
                "SELECT t.user_id, t.application_id, t.credential_id, t.trace_id, t.api_id, "
                "coalesce(a.service_id, ''), t.state, coalesce(t.started_at, t.finished_at), "
                "t.finished_at FROM tasks t LEFT JOIN apis a ON a.id = t.api_id "
                "WHERE t.id = :id AND t.finished_at IS NOT NULL") {
        query.out(user_id).out(application_id).out(credential_id).out(trace_id).out(api_id);
        query.out(service_id).out(state).out(started_at).out(finished_at).in("id", id);
    }
    std::string id, user_id, application_id, credential_id, trace_id, api_id, service_id, state;
    long long started_at = 0, finished_at = 0;
    Query query;
};

std::optional<HoldRow> take_hold(Session& session, const std::string& task) {
    auto& find = session.prepared<FindHold>();
    find.id = task;
    if (!find.query.only()) return std::nullopt;
    change(session, "DELETE FROM holds WHERE task_id = :id", {{"id", task}});
    return HoldRow{find.application_id, find.credential_id, {find.amount}};
}

void settle_credential(Session& session, const HoldRow& hold, bool captured) {
    auto id = hold.credential_id;
    long long back = hold.amount.micros, more = captured ? back : 0;
    Query query(session,
                "UPDATE credentials SET held_amount = held_amount - :back, "
                "used_amount = used_amount + :more WHERE id = :id");
    query.in("back", back).in("more", more).in("id", id).run();  // It may have been revoked.
}

void settle_hold(Session& session, const std::string& task, const HoldRow& hold, bool captured,
                 TimePoint now) {
    const auto& application = hold.application_id;
    settle_credential(session, hold, captured);  // Before the balance, as where it was held.
    const bool moved = captured ? session.prepared<MoveToUsed>().run(application, hold.amount)
                                : session.prepared<MoveBack>().run(application, hold.amount);
    must(moved, "balance that covers a hold");
    TransferRow transfer;
    transfer.id = task + (captured ? "/capture" : "/release");
    transfer.kind = captured ? TransferKind::capture : TransferKind::release;
    transfer.from_account = held(application);
    transfer.to_account = captured ? "revenue" : available(application);
    transfer.amount = hold.amount;
    transfer.application_id = id_of<ApplicationId>(application);
    transfer.task_id = task;
    transfer.created_at = now;
    insert_row<TransferRecord>(session, transfer);
}

}  // namespace

std::string_view to_string(TransferKind kind) {
    return kKinds[static_cast<std::size_t>(kind)].second;
}

std::optional<TransferKind> parse_transfer_kind(std::string_view word) {
    for (const auto& [kind, name] : kKinds) {
        if (name == word) return kind;
    }
    return std::nullopt;
}

Balance balance_of(Session& session, ApplicationId application) {
    auto id = application.str();
    long long free = 0, on_hold = 0, used = 0;
    Query query(session, "SELECT available, held, used FROM balances WHERE application_id = :id");
    query.out(free).out(on_hold).out(used).in("id", id);
    if (!query.only()) return {};
    return {{free}, {on_hold}, {used}};
}

void lock_balance(Session& session, ApplicationId application) {
    change(session, "UPDATE balances SET used = used WHERE application_id = :id",
           {{"id", application.str()}});
}

void give(Session& session, TransferKind kind, ApplicationId application, Credits amount,
          std::string_view id, std::string_view reference, std::string_view note, TimePoint now) {
    TransferRow transfer;
    transfer.id = id;
    transfer.kind = kind;
    transfer.from_account = kind == TransferKind::free_amount ? "grants" : "deposits";
    transfer.to_account = available(application.str());
    transfer.amount = amount;
    transfer.application_id = application;
    transfer.reference = reference;
    transfer.note = note;
    transfer.created_at = now;
    insert_row<TransferRecord>(session, transfer);
    auto key = application.str();
    long long more = amount.micros, most = kCreditsMax.micros - more;
    Query query(session,
                "UPDATE balances SET available = available + :more WHERE application_id = :id "
                "AND available <= :most");
    must(query.in("more", more).in("id", key).in("most", most).run() > 0,
         "balance that takes so much more");
}

std::optional<TransferRow> find_transfer(Session& session, std::string_view reference) {
    return first_of(select_rows<TransferRecord>(
        session, "WHERE r.reference = :value AND r.reference <> ''", std::string(reference)));
}

void forfeit(Session& session, ApplicationId application, TimePoint now) {
    const auto id = application.str();
    lock_balance(session, application);  // What is read is what goes.
    const auto balance = balance_of(session, application);
    if (balance.available.is_zero()) return;
    Conditions former;
    former.equal("application_id", id);
    former.equal("kind", std::string(to_string(TransferKind::forfeit)));
    change(session, "UPDATE balances SET available = 0 WHERE application_id = :id", {{"id", id}});
    TransferRow transfer;
    transfer.id = id + "/forfeit/" +
                  std::to_string(count_matching(session, TransferRecord::kTable, former) + 1);
    transfer.kind = TransferKind::forfeit;
    transfer.from_account = available(id);
    transfer.to_account = "forfeited";
    transfer.amount = balance.available;
    transfer.application_id = application;
    transfer.created_at = now;
    insert_row<TransferRecord>(session, transfer);
}

bool move_to_held(Session& session, ApplicationId application, Credits amount) {
    return session.prepared<MoveToHeld>().run(application.str(), amount);
}

void move_back(Session& session, ApplicationId application, Credits amount) {
    must(session.prepared<MoveBack>().run(application.str(), amount), "amount to move back");
}

void note_hold(Session& session, TaskId task, ApplicationId application, CredentialId credential,
               Credits amount, TimePoint now) {
    const auto id = application.str();
    auto task_id = task.str(), application_id = id, credential_id = credential.str();
    long long micros = amount.micros;
    Query query(session,
                "INSERT INTO holds (task_id, application_id, credential_id, amount) "
                "VALUES (:task_id, :application_id, :credential_id, :amount)");
    query.in("task_id", task_id).in("application_id", application_id);
    query.in("credential_id", credential_id).in("amount", micros).run();
    TransferRow transfer;
    transfer.id = task_id + "/hold";
    transfer.kind = TransferKind::hold;
    transfer.from_account = available(id);
    transfer.to_account = held(id);
    transfer.amount = amount;
    transfer.application_id = application;
    transfer.task_id = task_id;
    transfer.created_at = now;
    insert_row<TransferRecord>(session, transfer);
}

bool note_free_amount(Session& session, std::string_view person, ServiceId service) {
    return change(session,
                  "INSERT INTO free_amounts (person, service_id) VALUES (:person, :service_id) "
                  "ON CONFLICT DO NOTHING",
                  {{"person", std::string(person)}, {"service_id", service.str()}}) > 0;
}

Reservation reserve(Session& session, CredentialId credential, Credits amount) {
    auto id = credential.str();
    long long more = amount.micros, added = more;
    Query query(session,
                "UPDATE credentials SET held_amount = held_amount + :more WHERE id = :id AND "
                "(limited_amount IS NULL OR used_amount + held_amount + :added <= limited_amount)");
    if (query.in("more", more).in("id", id).in("added", added).run() > 0) return Reservation::made;
    int found = 0;
    Query look(session, "SELECT 1 FROM credentials WHERE id = :id");
    return look.out(found).in("id", id).only() ? Reservation::over_limit
                                               : Reservation::no_credential;
}

void unreserve(Session& session, CredentialId credential, Credits amount) {
    settle_credential(session, {{}, credential.str(), amount}, false);
}

void settle_task(Session& session, TaskId task, TimePoint now) {
    auto& end = session.prepared<EndOfTask>();
    end.id = task.str();
    must(end.query.only(), "end of that task");
    const bool completed = end.state == to_string(TaskState::completed);
    UsageRecord usage;
    usage.task_id = end.id;
    usage.trace_id = end.trace_id;
    usage.user_id = end.user_id;
    usage.application_id = end.application_id;
    usage.credential_id = end.credential_id;
    usage.service_id = end.service_id;
    usage.api_id = end.api_id;
    usage.status = end.state;
    usage.elapsed_ms = std::max(0LL, end.finished_at - end.started_at);  // Clocks are set back.
    usage.created_at = end.finished_at;
    if (const auto hold = take_hold(session, end.id)) {
        settle_hold(session, end.id, *hold, completed, now);
        const auto payer = id_of<ApplicationId>(hold->application_id);
        usage.charged_application_id = hold->application_id;
        usage.remaining = NullableLong(balance_of(session, payer).available.micros);
        if (completed) usage.deducted = hold->amount.micros;
    }
    auto& insert = session.prepared<Insert<UsageRecord>>();
    insert.record = usage;
    insert.query.run();
}

Listed<TransferRow> list_transfers(Session& session, const TransferFilter& filter) {
    Conditions where;
    if (filter.application_id) where.equal("application_id", filter.application_id->str());
    if (filter.task_id) where.equal("task_id", filter.task_id->str());
    if (filter.kind) where.equal("kind", std::string(to_string(*filter.kind)));
    return list_matching<TransferRecord>(session, where, filter.slice);
}

}  // namespace kinora::storage
