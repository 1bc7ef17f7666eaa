// tests/property/ledger_model.cpp: see ledger_model.hpp.
#include "property/ledger_model.hpp"

#include <algorithm>

namespace kinora::test {

void LedgerModel::give(ApplicationId application, Micros amount, bool is_free) {
    purses.at(application).available += amount;
    (is_free ? house.granted : house.deposited) += amount;
}

LedgerModel::Verdict LedgerModel::judge(CredentialId key, ApplicationId application) const {
    const auto found = keys.find(key);
    const auto purse = purses.find(application);
    if (found == keys.end() || purse == purses.end()) return {ErrorCode::invalid_token, {}};
    if (purse->second.disabled || !is_offered) return {ErrorCode::disabled, {}};
    if (price == 0) return {};
    const auto& [unused, limit, used, held] = found->second;
    if (limit && used + held + price > *limit) return {ErrorCode::used_up, {}};
    if (purse->second.available >= price) return {{}, application};
    if (purse->second.allows_general && !purse->second.is_global) {
        for (const auto& [id, other] : purses) {
            const bool pays = other.is_global && other.owner == purse->second.owner &&
                              !other.disabled && other.available >= price;
            if (pays) return {{}, id};
        }
    }
    return {ErrorCode::used_up, {}};
}

void LedgerModel::accept(TaskId task, CredentialId key, const Verdict& verdict) {
    const auto& owner = purses.at(keys.at(key).application).owner;
    jobs[task] = {owner, key, verdict.payer, verdict.payer ? price : 0, End::none};
    if (!verdict.payer) return;
    purses.at(*verdict.payer).available -= price;
    purses.at(*verdict.payer).held += price;
    keys.at(key).held += price;
}

void LedgerModel::end(TaskId task, End how) {
    auto& job = jobs.at(task);
    job.end = how;
    if (!job.payer) return;
    auto& purse = purses.at(*job.payer);
    const auto key = keys.find(job.key);
    purse.held -= job.price;
    if (key != keys.end()) key->second.held -= job.price;
    if (how == End::completed) {
        purse.used += job.price;
        house.earned += job.price;
        if (key != keys.end()) key->second.used += job.price;
    } else {
        purse.available += job.price;
    }
}

void LedgerModel::leave(UserId user) {
    for (const auto& task : unfinished()) {
        if (jobs.at(task).user == user) end(task, End::other);
    }
    std::erase_if(
        keys, [&](const auto& each) { return purses.at(each.second.application).owner == user; });
    forfeit(user);
}

void LedgerModel::erase(UserId user) {
    forfeit(user);
    std::erase_if(purses, [&](const auto& each) { return each.second.owner == user; });
}

void LedgerModel::forfeit(UserId user) {
    for (auto& [id, purse] : purses) {
        if (purse.owner != user) continue;
        house.forfeited += purse.available;
        purse.available = 0;
    }
}

std::vector<TaskId> LedgerModel::unfinished() const {
    std::vector<TaskId> all;
    for (const auto& [id, job] : jobs) {
        if (job.end == End::none) all.push_back(id);
    }
    return all;
}

}  // namespace kinora::test
