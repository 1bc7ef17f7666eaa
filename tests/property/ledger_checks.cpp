// tests/property/ledger_checks.cpp: what the rows say, beside what the model says.
#include "property/ledger_world.hpp"

#include "storage/usage_rows.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace kinora::test {
namespace {

using storage::Session;

}  // namespace

void LedgerWorld::check_answer(const Keyed& wanted, const LedgerModel::Verdict& verdict,
                               const std::optional<Keyed>& former, const Result<TaskId>& answer) {
    if (former) {
        if (former->body == wanted.body ? (!answer || *answer != former->task)
                                        : (answer || answer.error().code() != ErrorCode::conflict))
            fault(of("a key led elsewhere than to", former->task.str()));
        return;
    }
    if (answer.has_value() == verdict.refusal.has_value())
        return fault(answer ? "a call was accepted that should not be"
                            : "a call was refused: " + answer.error().message());
    if (!answer && answer.error().code() != *verdict.refusal)
        fault("a call was refused for another reason: " + answer.error().message());
}

void LedgerWorld::compare() {
    struct Read {
        std::map<ApplicationId, storage::Balance> balances;
        std::map<CredentialId, std::optional<storage::CredentialRow>> keys;
        storage::Books books;
    };
    const auto read = database_->read_now([&](Session& session) {
        Read all;
        for (const auto& [id, purse] : model_.purses)
            all.balances[id] = storage::balance_of(session, id);
        for (const auto& [id, key] : model_.keys)
            all.keys[id] = storage::find_credential(session, id);
        all.books = storage::read_books(session);
        return all;
    });
    Micros available = 0, held = 0;
    for (const auto& [id, purse] : model_.purses) {
        const auto& balance = read.balances.at(id);
        if (balance.available.micros != purse.available || balance.held.micros != purse.held ||
            balance.used.micros != purse.used)
            fault(of("has something else than it must:", id.str()));
        if (balance.available.micros < 0 || balance.held.micros < 0)
            fault(of("has less than nothing:", id.str()));
        available += purse.available;
        held += purse.held;
    }
    if (read.books.available.micros != available || read.books.held.micros != held)
        fault("somebody unknown has something");
    for (const auto& [id, key] : model_.keys) {
        const auto& row = read.keys.at(id);
        if (!row || row->used_amount.micros != key.used || row->held_amount.micros != key.held)
            fault(of("a key has spent something else than it must:", id.str()));
        if (key.limit && key.used + key.held > *key.limit)
            fault(of("a key has spent more than it may:", id.str()));
    }
    for (const auto& sentence : read.books.unbalanced) fault(sentence);
    const std::map<std::string, Micros> wanted{{"grants", -model_.house.granted},
                                               {"deposits", -model_.house.deposited},
                                               {"revenue", model_.house.earned},
                                               {"forfeited", model_.house.forfeited}};
    std::map<std::string, Micros> house{
        {"grants", 0}, {"deposits", 0}, {"revenue", 0}, {"forfeited", 0}};
    for (const auto& account : read.books.house) house[account.name] = account.balance_micros;
    if (house != wanted) fault("the house has something else than it must");
}

void LedgerWorld::check_end(TaskId task, const LedgerModel::Job& job) {
    storage::UsageFilter of_usage;
    of_usage.task_id = task.str();
    storage::TransferFilter of_transfers;
    of_transfers.task_id = task;
    of_transfers.slice.descending = false;
    const auto [usage, transfers] = database_->read_now([&](Session& session) {
        return std::pair(storage::list_usage(session, of_usage).items,
                         storage::list_transfers(session, of_transfers).items);
    });
    const bool is_paid = job.end == LedgerModel::End::completed && job.payer;
    const auto person = std::find_if(people_.begin(), people_.end(),
                                     [&](const Person& each) { return each.row.id == job.user; });
    if (usage.size() != (person->is_erased ? 0U : 1U)) {
        fault(of("was not written down once:", task.str()));
    } else if (!usage.empty() && (usage[0].deducted.micros != (is_paid ? job.price : 0) ||
                                  usage[0].charged_application != job.payer)) {
        fault(of("was written down with another price:", task.str()));
    }
    std::multiset<storage::TransferKind> kinds, wanted;
    for (const auto& transfer : transfers) {
        kinds.insert(transfer.kind);
        if (transfer.amount.micros != job.price || transfer.application_id != job.payer)
            fault(of("a transfer is of another amount or application:", transfer.id));
    }
    if (job.payer) {
        wanted = {storage::TransferKind::hold,
                  is_paid ? storage::TransferKind::capture : storage::TransferKind::release};
    }
    if (kinds != wanted) fault(of("has other transfers than it must:", task.str()));
}

}  // namespace kinora::test
