// storage/books.cpp: the audit of the ledger; see ledger_rows.hpp.
//
// What the program keeps as sums is compared with what the sums are of, each by one statement.
#include "storage/ledger_rows.hpp"
#include "storage/query.hpp"

#include <map>

namespace kinora::storage {

namespace {

using Sums = std::map<std::string, std::int64_t>;

Sums sums_of_transfers(Session& session) {
    Sums sums;
    std::string account;
    long long sum = 0;
    Query entries(session,
                  "SELECT account, CAST(sum(amount) AS BIGINT) FROM (SELECT from_account AS "
                  "account, -amount AS amount FROM transfers UNION ALL SELECT to_account AS "
                  "account, amount FROM transfers) entries GROUP BY account");
    entries.out(account).out(sum);
    for (bool more = entries.first(); more; more = entries.next()) sums[account] = sum;
    return sums;
}

// Takes what belongs to an application that is there out of `sums`.
void compare_balances(Session& session, Sums& sums, Books& books) {
    std::string id;
    long long free = 0, on_hold = 0;
    Query balances(session, "SELECT application_id, available, held FROM balances");
    balances.out(id).out(free).out(on_hold);
    const auto compare = [&](const std::string& name, long long cached) {
        const auto found = sums.find(name);
        const auto real = found == sums.end() ? 0 : found->second;
        if (real != cached) books.unbalanced.push_back(name + " is not the sum of its transfers");
        if (found != sums.end()) sums.erase(found);
    };
    for (bool more = balances.first(); more; more = balances.next()) {
        compare("available:" + id, free);
        compare("held:" + id, on_hold);
        books.available.micros += free;
        books.held.micros += on_hold;
    }
}

struct Rule {
    const char* text;  // Gives the ids of what breaks it.
    const char* before;
    const char* after;  // The id stands between the two.
};
constexpr Rule kRules[] = {
    {"SELECT h.task_id FROM holds h LEFT JOIN tasks t ON t.id = h.task_id AND t.state "
     "IN ('pending', 'processing') WHERE t.id IS NULL",
     "the hold of task ", " outlived it"},
    {"SELECT b.application_id FROM balances b LEFT JOIN (SELECT application_id, sum(amount) AS "
     "amount FROM holds GROUP BY application_id) h ON h.application_id = b.application_id "
     "WHERE b.held <> coalesce(h.amount, 0)",
     "what is held of ", " is not the sum of its holds"},
    {"SELECT b.application_id FROM balances b LEFT JOIN (SELECT application_id, sum(amount) AS "
     "amount FROM transfers WHERE kind = 'capture' GROUP BY application_id) c "
     "ON c.application_id = b.application_id WHERE b.used <> coalesce(c.amount, 0)",
     "what is used of ", " is not the sum of what was captured"},
    {"SELECT c.id FROM credentials c LEFT JOIN (SELECT credential_id, sum(amount) AS amount FROM "
     "holds GROUP BY credential_id) h ON h.credential_id = c.id "
     "WHERE c.held_amount <> coalesce(h.amount, 0)",
     "what is held of credential ", " is not the sum of its holds"},
    {"SELECT c.id FROM credentials c LEFT JOIN (SELECT credential_id, sum(deducted) AS amount FROM "
     "usage_records GROUP BY credential_id) u ON u.credential_id = c.id "
     "WHERE c.used_amount <> coalesce(u.amount, 0)",
     "what is used of credential ", " is not the sum of its usage"},
};

}  // namespace

Books read_books(Session& session) {
    Books books;
    auto sums = sums_of_transfers(session);
    std::int64_t total = 0;
    for (const auto& each : sums) total += each.second;
    if (total != 0) books.unbalanced.push_back("the books sum to " + std::to_string(total));
    compare_balances(session, sums, books);
    for (const auto& [name, balance] : sums) {
        const bool of_application = name.find(':') != std::string::npos;
        if (!of_application) books.house.push_back({name, balance});
        // Of an application that is gone.
        if (of_application && balance != 0)
            books.unbalanced.push_back(name + " has no owner and is not empty");
    }
    for (const auto& rule : kRules) {
        std::string id;
        Query query(session, rule.text);
        query.out(id);
        for (bool more = query.first(); more; more = query.next())
            books.unbalanced.push_back(rule.before + id + rule.after);
    }
    return books;
}

}  // namespace kinora::storage
